/* Single processor instructions that C cannot say; cpu.c holds them. */
#ifndef POSTERN_CPU_H
#define POSTERN_CPU_H
#include <stdint.h>

/* For lgdt and lidt. */
struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed));

struct cpuid { uint32_t eax, ebx, ecx, edx; };

/*@ terminates \true; assigns \nothing; */
void cpu_out8(uint16_t port, uint8_t value);
/*@ terminates \true; assigns \nothing; */
void cpu_out32(uint16_t port, uint32_t value);
/*@ terminates \true; assigns \nothing; */
uint8_t cpu_in8(uint16_t port);

/*@ terminates \true; assigns \nothing; */
void cpu_set_msr(uint32_t msr, uint64_t value);
/*@ terminates \true; assigns \nothing; */
uint64_t cpu_msr(uint32_t msr);
/*@ terminates \true; assigns \nothing; */
void cpu_set_cr0(uint64_t value);
/*@ terminates \true; assigns \nothing; */
uint64_t cpu_cr2(void);
/*@ terminates \true; assigns \nothing; */
void cpu_set_cr3(uint64_t value);
/*@ terminates \true; assigns \nothing; */
void cpu_set_cr4(uint64_t value);
/*@ terminates \true; assigns \nothing; */
void cpu_set_dr7(uint64_t value);
/*@ terminates \true; assigns \nothing; */
struct cpuid cpu_cpuid(uint32_t leaf);

/*@ terminates \true; assigns \nothing; */
void cpu_load_gdt(const struct table_pointer *gdt);
/*@ terminates \true; assigns \nothing; */
void cpu_load_idt(const struct table_pointer *idt);
/*@ terminates \true; assigns \nothing; */
void cpu_load_ldt(uint16_t selector);
/*@ terminates \true; assigns \nothing; */
void cpu_load_task(uint16_t selector);
/* ds, es, fs and gs, which a process may set to several harmless values that
   the next one must not see; also makes the bases of fs and gs 0. */
/*@ terminates \true; assigns \nothing; */
void cpu_clear_segments(void);

/* Stop for ever: nothing wakes the processor. */
/*@ terminates \false; assigns \nothing; ensures \false; */
void cpu_halt(void) __attribute__((noreturn));

/* The virtual address of an object, as a number. */
/*@ terminates \true; assigns \nothing; */
uint64_t cpu_address(const void *object);
/* The physical address of an object of the kernel, or of what the boot loader
   left, which is below 4 GB. */
/*@ terminates \true; assigns \nothing;
    ensures below: \result < 0x100000000;
    ensures page:  \result % 4096 == 0; */
uint64_t cpu_physical(const void *page);
/* What lies at a physical address below 4 GB, while the boot tables are in use. */
/*@ terminates \true; assigns \nothing; */
const uint64_t *cpu_memory(uint64_t address);
#endif
