#include "cpu.h"
#include "gdt.h"

#define PORT_BYTES (0x400 / 8)
#define TASK_LIMIT (PORTS_CONSOLE + PORT_BYTES) /* its last byte */

/* As the processor reads it; stack pointers as halves, for they are not aligned. */
struct task_state {
	uint32_t reserved0;
	uint32_t stack0[2];
	uint32_t reserved1[6];
	uint32_t ist[14];
	uint32_t reserved2[2];
	uint16_t reserved3;
	uint16_t ports_base;
	uint8_t  ports[PORT_BYTES]; /* a bit per port; 1: not allowed */
	uint8_t  end; /* all ones; the segment ends here, so that no padding allows a port */
};

uint8_t stacks[STACKS * STACK_SIZE] __attribute__((aligned(PAGE_SIZE)));

static struct task_state task;
static uint64_t gdt[7] = {
	[KERNEL_CODE / 8] = 0x00209b0000000000,
	[KERNEL_DATA / 8] = 0x0000930000000000,
	[USER_DATA / 8]   = 0x0000f30000000000,
	[USER_CODE / 8]   = 0x0020fb0000000000,
};

static void set_half(uint32_t *half, uint64_t value)
{
	half[0] = (uint32_t)(value % 0x100000000);
	half[1] = (uint32_t)(value / 0x100000000);
}

static uint64_t stack_top(uint32_t stack)
{
	return cpu_address(stacks) + STACK_SIZE * (stack + 1);
}

static void task_init(void)
{
	set_half(task.stack0, stack_top(STACK_KERNEL));
	for (uint32_t stack = 1; stack < STACKS; stack++)
		set_half(&task.ist[2 * (stack - 1)], stack_top(stack));
	for (uint32_t i = 0; i < PORT_BYTES; i++)
		task.ports[i] = 0xff;
	task.ports[0xf4 / 8] = 0x0f;  /* 0xf4 to 0xf7: isa-debug-exit */
	task.ports[0x3f8 / 8] = 0x00; /* 0x3f8 to 0x3ff: COM1 */
	task.end = 0xff;
	task.ports_base = PORTS_NONE;
}

void gdt_init(void)
{
	uint64_t base = cpu_address(&task);
	task_init();
	gdt[TASK_STATE / 8] = TASK_LIMIT | (base & 0xffffff) << 16
			      | (uint64_t)0x89 << 40 | (base >> 24 & 0xff) << 56;
	gdt[TASK_STATE / 8 + 1] = base >> 32;
	struct table_pointer pointer = { sizeof(gdt) - 1, cpu_address(gdt) };
	cpu_load_gdt(&pointer);
	cpu_load_ldt(0);
	cpu_load_task(TASK_STATE);
}

void gdt_set_ports(uint64_t ports)
{
	task.ports_base = (uint16_t)ports;
}
