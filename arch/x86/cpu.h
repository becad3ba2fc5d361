/* Single processor instructions that C cannot say; cpu.c holds them. What they do
   to the machine is not a part of C's memory: hence `assigns \nothing`. */
#ifndef POSTERN_CPU_H
#define POSTERN_CPU_H
#include <stdint.h>
#include "frame.h"

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

/*@ requires valid: \valid_read(gdt);
    terminates \true; assigns \nothing; */
void cpu_load_gdt(const struct table_pointer *gdt);
/*@ requires valid: \valid_read(idt);
    terminates \true; assigns \nothing; */
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

/* The virtual address of an object of the kernel; linker.ld leaves room above. */
/*@ terminates \true; assigns \nothing;
    ensures below: \result < 0xffffffffff000000; */
uint64_t cpu_address(const void *object);
/* The physical address of a page of the kernel. */
/*@ terminates \true; assigns \nothing;
    ensures below: 0 < \result < 0x80000000;
    ensures page:  \result % 4096 == 0; */
uint64_t cpu_physical(const void *page);
/* `words` words of physical memory, which the boot tables map below 4 GB: what the
   boot loader left there, which is not the kernel's. */
/*@ requires below: address + 8 * words <= 0x100000000;
    terminates \true; assigns \result \from address;
    ensures mapped: \valid_read(\result + (0 .. words - 1));
    ensures apart:  \separated(\result + (0 .. words - 1), &frames[0 .. FRAMES - 1]); */
const uint64_t *cpu_memory(uint64_t address, uint64_t words);
#endif
