#include "asm.h"
#include "cpu.h"
#include "idt.h"

#define VECTOR_DEBUG      1
#define VECTOR_NMI        2
#define VECTOR_BREAKPOINT 3
#define VECTOR_DOUBLE     8
#define VECTOR_CHECK      18

#define GATE      0x8e /* an interrupt gate: interrupts go off */
#define GATE_USER 0xee /* the same, and a process may name it with `int` */

struct gate idt[VECTORS];

/* These exceptions may come when the stack that is in use cannot be trusted. */
static const uint8_t stack[VECTORS] = {
	[VECTOR_DEBUG] = STACK_DEBUG, [VECTOR_NMI] = STACK_NMI,
	[VECTOR_DOUBLE] = STACK_DOUBLE, [VECTOR_CHECK] = STACK_CHECK,
};

/*@ requires range: vector < VECTORS;
    terminates \true; assigns \nothing;
    ensures is: \result == stub_of(vector); */
static uint64_t stub(uint32_t vector)
{
	if (vector == VECTOR_DEBUG)
		return cpu_address(debug_entry);
	if (vector == VECTOR_NMI)
		return cpu_address(nmi_entry);
	return cpu_address(vectors) + VECTOR_SIZE * vector;
}

/*@ requires range: vector < VECTORS;
    terminates \true; assigns idt[vector];
    ensures gate: gate_ok(vector); */
static void set_gate(uint32_t vector)
{
	uint64_t to = stub(vector);
	idt[vector].offset0 = (uint16_t)(to % 0x10000);
	idt[vector].selector = KERNEL_CODE;
	idt[vector].stack = stack[vector];
	idt[vector].type = vector == VECTOR_BREAKPOINT ? GATE_USER : GATE;
	idt[vector].offset16 = (uint16_t)(to / 0x10000 % 0x10000);
	idt[vector].offset32 = (uint32_t)(to / 0x100000000);
}

void idt_init(void)
{
	/*@ loop invariant range: v <= VECTORS;
	    loop invariant gates: \forall integer w; 0 <= w < v ==> gate_ok(w);
	    loop assigns   v, idt[0 .. VECTORS - 1];
	    loop variant   VECTORS - v; */
	for (uint32_t v = 0; v < VECTORS; v++)
		set_gate(v);
	cpu_load_idt(idt, sizeof(idt) - 1);
}
