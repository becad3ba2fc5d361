#include "cpu.h"
#include "gdt.h"

#define TASK_TYPE  0x890000000000 /* present, available */
#define TASK_LIMIT (PORTS_CONSOLE + PORT_BYTES) /* its last byte */

uint8_t stacks[STACKS * STACK_SIZE] __attribute__((aligned(PAGE_SIZE)));

struct task_state task;
uint64_t gdt[7] = {
	[KERNEL_CODE / 8] = 0x00209b0000000000,
	[KERNEL_DATA / 8] = 0x0000930000000000,
	[USER_DATA / 8]   = 0x0000f30000000000,
	[USER_CODE / 8]   = 0x0020fb0000000000,
};

/*@ requires range: stack < STACKS;
    terminates \true; assigns \nothing;
    ensures is: \result == top_of(stack); */
static uint64_t stack_top(uint32_t stack)
{
	return cpu_address(stacks) + STACK_SIZE * (stack + 1);
}

/*@ terminates \true; assigns task.stack0[0 .. 1], task.ist[0 .. 7];
    ensures stacks: stacks_ok; */
static void stacks_init(void)
{
	uint64_t top = stack_top(STACK_KERNEL);
	task.stack0[0] = (uint32_t)(top % 0x100000000);
	task.stack0[1] = (uint32_t)(top / 0x100000000);
	/*@ loop invariant range: 1 <= stack <= STACKS;
	    loop invariant ist: \forall integer s; 1 <= s < stack ==>
	      halves(top_of(s), task.ist[2 * s - 2], task.ist[2 * s - 1]);
	    loop assigns   stack, top, task.ist[0 .. 7];
	    loop variant   STACKS - stack; */
	for (uint32_t stack = 1; stack < STACKS; stack++) {
		top = stack_top(stack);
		task.ist[2 * stack - 2] = (uint32_t)(top % 0x100000000);
		task.ist[2 * stack - 1] = (uint32_t)(top / 0x100000000);
	}
}

/*@ terminates \true; assigns task.ports_base, task.ports[0 .. PORT_BYTES - 1], task.end;
    ensures ports: ports_ok && task.ports_base == 0xffff; */
static void ports_init(void)
{
	/*@ loop invariant range: i <= PORT_BYTES;
	    loop invariant none:  \forall integer k; 0 <= k < i ==> task.ports[k] == 0xff;
	    loop assigns   i, task.ports[0 .. PORT_BYTES - 1];
	    loop variant   PORT_BYTES - i; */
	for (uint32_t i = 0; i < PORT_BYTES; i++)
		task.ports[i] = 0xff;
	task.ports[0xf4 / 8] = 0x0f;  /* 0xf4 to 0xf7: isa-debug-exit */
	task.ports[0x3f8 / 8] = 0x00; /* 0x3f8 to 0x3ff: COM1 */
	task.end = 0xff;
	task.ports_base = PORTS_NONE;
}

void gdt_init(void)
{
	uint64_t base = cpu_task_address(&task);
	stacks_init();
	ports_init();
	gdt[TASK_STATE / 8] = TASK_LIMIT + base % 0x1000000 * 0x10000 + TASK_TYPE
			      + base / 0x1000000 % 0x100 * 0x100000000000000;
	gdt[TASK_STATE / 8 + 1] = base / 0x100000000;
	cpu_load_gdt(gdt, sizeof(gdt) - 1);
	cpu_load_ldt(0);
	cpu_load_task(TASK_STATE);
}

void gdt_set_ports(uint16_t base)
{
	task.ports_base = base;
}
