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

/*@ requires range: vector < VECTORS;
    terminates \true; assigns idt[vector]; */
static void set_gate(uint32_t vector, uint64_t stub, uint8_t stack, uint8_t type)
{
	idt[vector].offset0 = (uint16_t)(stub % 0x10000);
	idt[vector].selector = KERNEL_CODE;
	idt[vector].stack = stack;
	idt[vector].type = type;
	idt[vector].offset16 = (uint16_t)(stub / 0x10000 % 0x10000);
	idt[vector].offset32 = (uint32_t)(stub / 0x100000000);
}

void idt_init(void)
{
	uint64_t stubs = cpu_address(vectors);
	/*@ loop invariant range: v <= VECTORS;
	    loop assigns   v, idt[0 .. VECTORS - 1];
	    loop variant   VECTORS - v; */
	for (uint32_t v = 0; v < VECTORS; v++)
		set_gate(v, stubs + VECTOR_SIZE * v, 0, GATE);
	set_gate(VECTOR_DEBUG, cpu_address(debug_entry), STACK_DEBUG, GATE);
	set_gate(VECTOR_NMI, cpu_address(nmi_entry), STACK_NMI, GATE);
	set_gate(VECTOR_BREAKPOINT, stubs + VECTOR_SIZE * VECTOR_BREAKPOINT, 0, GATE_USER);
	set_gate(VECTOR_DOUBLE, stubs + VECTOR_SIZE * VECTOR_DOUBLE, STACK_DOUBLE, GATE);
	set_gate(VECTOR_CHECK, stubs + VECTOR_SIZE * VECTOR_CHECK, STACK_CHECK, GATE);
	struct table_pointer pointer = { sizeof(idt) - 1, cpu_address(idt) };
	cpu_load_idt(&pointer);
}
