/* Single processor instructions that C cannot say; cpu.c holds them. What each does to the
   machine it does under its name in machine.h. */
#ifndef POSTERN_CPU_H
#define POSTERN_CPU_H
#include <stdint.h>
#include "frame.h"
#include "machine.h"

struct cpuid { uint32_t eax, ebx, ecx, edx; };

/*@ terminates \true; assigns ports;
    ensures told: ports == out8(\old(ports), port, value); */
void cpu_out8(uint16_t port, uint8_t value);
/*@ terminates \true; assigns ports;
    ensures told: ports == out32(\old(ports), port, value); */
void cpu_out32(uint16_t port, uint32_t value);
/*@ terminates \true; assigns ports;
    ensures asked: ports == in8(\old(ports), port);
    ensures heard: \result == heard(\old(ports), port); */
uint8_t cpu_in8(uint16_t port);

/*@ terminates \true; assigns processor;
    ensures set: processor == set_msr(\old(processor), msr, value); */
void cpu_set_msr(uint32_t msr, uint64_t value);
/*@ terminates \true; assigns processor;
    ensures set: processor == set_cr0(\old(processor), value); */
void cpu_set_cr0(uint64_t value);
/*@ terminates \true; assigns \nothing;
    ensures is: \result == cr2(processor); */
uint64_t cpu_cr2(void);
/*@ terminates \true; assigns cr3;
    ensures set: cr3 == value; */
void cpu_set_cr3(uint64_t value);
/*@ terminates \true; assigns processor;
    ensures set: processor == set_cr4(\old(processor), value); */
void cpu_set_cr4(uint64_t value);
/*@ terminates \true; assigns processor;
    ensures set: processor == set_dr7(\old(processor), value); */
void cpu_set_dr7(uint64_t value);
/*@ terminates \true; assigns \nothing;
    ensures a: \result.eax == cpuid_eax(leaf);
    ensures b: \result.ebx == cpuid_ebx(leaf);
    ensures c: \result.ecx == cpuid_ecx(leaf);
    ensures d: \result.edx == cpuid_edx(leaf); */
struct cpuid cpu_cpuid(uint32_t leaf);

/* limit: the offset of the table's last byte. */
/*@ terminates \true; assigns processor;
    ensures set: processor == load_gdt(\old(processor), (uint64_t *)table, limit); */
void cpu_load_gdt(const uint64_t *table, uint16_t limit);
/*@ terminates \true; assigns processor;
    ensures set: processor == load_idt(\old(processor), (struct gate *)table, limit); */
void cpu_load_idt(const struct gate *table, uint16_t limit);
/*@ terminates \true; assigns processor;
    ensures set: processor == load_ldt(\old(processor), selector); */
void cpu_load_ldt(uint16_t selector);
/*@ terminates \true; assigns processor;
    ensures set: processor == load_task(\old(processor), selector); */
void cpu_load_task(uint16_t selector);
/* ds, es, fs and gs, which a process may set to several harmless values that
   the next one must not see; also makes the bases of fs and gs 0. */
/*@ terminates \true; assigns processor;
    ensures set: processor == clear_segments(\old(processor)); */
void cpu_clear_segments(void);

/* Stop for ever: nothing wakes the processor. */
/*@ terminates \false; assigns \nothing; ensures \false; */
void cpu_halt(void) __attribute__((noreturn));

/* The virtual address of an object of the kernel; linker.ld leaves room above. */
/*@ terminates \true; assigns \nothing;
    ensures is:    \result == address_of(object);
    ensures below: \result < 0xffffffffff000000; */
uint64_t cpu_address(const uint8_t *object);
/*@ terminates \true; assigns \nothing;
    ensures is:    \result == address_of_task(object);
    ensures below: \result < 0xffffffffff000000; */
uint64_t cpu_task_address(const struct task_state *object);
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
    ensures words:  \forall integer i; 0 <= i < words ==> \result[i] == memory_word(address + 8 * i);
    ensures apart:  \separated(\result + (0 .. words - 1), &frames[0 .. FRAMES - 1]); */
const uint64_t *cpu_memory(uint64_t address, uint64_t words);
#endif
