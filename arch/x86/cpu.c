#include "cpu.h"
#include "layout.h"

void cpu_out8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

void cpu_out32(uint16_t port, uint32_t value)
{
	__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

uint8_t cpu_in8(uint16_t port)
{
	uint8_t value;
	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

void cpu_set_msr(uint32_t msr, uint64_t value)
{
	__asm__ volatile("wrmsr" : : "c"(msr), "a"((uint32_t)value), "d"((uint32_t)(value >> 32)));
}

void cpu_set_cr0(uint64_t value)
{
	__asm__ volatile("mov %0, %%cr0" : : "r"(value) : "memory");
}

uint64_t cpu_cr2(void)
{
	uint64_t value;
	__asm__ volatile("mov %%cr2, %0" : "=r"(value));
	return value;
}

void cpu_set_cr3(uint64_t value)
{
	__asm__ volatile("mov %0, %%cr3" : : "r"(value) : "memory");
}

void cpu_set_cr4(uint64_t value)
{
	__asm__ volatile("mov %0, %%cr4" : : "r"(value) : "memory");
}

void cpu_set_dr7(uint64_t value)
{
	__asm__ volatile("mov %0, %%dr7" : : "r"(value));
}

struct cpuid cpu_cpuid(uint32_t leaf)
{
	struct cpuid c;
	__asm__ volatile("cpuid" : "=a"(c.eax), "=b"(c.ebx), "=c"(c.ecx), "=d"(c.edx)
			 : "a"(leaf), "c"(0));
	return c;
}

/* What lgdt and lidt read. */
struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed));

void cpu_load_gdt(const uint64_t *table, uint16_t limit)
{
	struct table_pointer pointer = { limit, (uint64_t)table };
	/* Nothing needs cs reloaded: its descriptor is where boot.S had it. */
	__asm__ volatile("lgdt %0" : : "m"(pointer));
}

void cpu_load_idt(const struct gate *table, uint16_t limit)
{
	struct table_pointer pointer = { limit, (uint64_t)table };
	__asm__ volatile("lidt %0" : : "m"(pointer));
}

void cpu_load_ldt(uint16_t selector)
{
	__asm__ volatile("lldt %0" : : "r"(selector));
}

void cpu_load_task(uint16_t selector)
{
	__asm__ volatile("ltr %0" : : "r"(selector) : "memory");
}

void cpu_clear_segments(void)
{
	__asm__ volatile("mov %0, %%ds; mov %0, %%es; mov %0, %%fs; mov %0, %%gs" : : "r"(0));
}

void cpu_halt(void)
{
	for (;;)
		__asm__ volatile("cli; hlt");
}

uint64_t cpu_address(const uint8_t *object)
{
	return (uint64_t)object;
}

uint64_t cpu_task_address(const struct task_state *object)
{
	return (uint64_t)object;
}

uint64_t cpu_physical(const void *page)
{
	return (uint64_t)page - KERNEL_BASE;
}

const uint64_t *cpu_memory(uint64_t address, uint64_t words)
{
	(void)words;
	return (const uint64_t *)address;
}
