/* What the processor must have, and what makes it stricter when it has it. */
#ifndef POSTERN_FEATURES_H
#define POSTERN_FEATURES_H
#include "asm.h"
#include "machine.h"

/* 0: the processor lacks something without which the kernel cannot keep its
   promises; said on the log. */
/*@ // cpuid: SYSCALL and NX; SMEP, SMAP and UMIP, of a processor that can tell.
    predicate able = (cpuid_edx(0x80000001) >> 11 & 1) != 0 && (cpuid_edx(0x80000001) >> 20 & 1) != 0;
    logic integer if_bit(integer word, integer bit, integer value) = (word >> bit & 1) != 0 ? value : 0;
    logic integer strict = cpuid_eax(0) < 7 ? 0
      : if_bit(cpuid_ebx(7), 7, 0x100000) + if_bit(cpuid_ebx(7), 20, 0x200000) + if_bit(cpuid_ecx(7), 2, 0x800);
    // CR0: paging, alignment checks for ring 3, write protection for ring 0, native FPU errors,
    // task switched and monitor. CR4: PAE, global pages, FXSR, and what is strict. No breakpoints.
    logic integer registers_set(integer p) = set_dr7(set_cr4(set_cr0(p, 0x8005003b), 0x6a0 + strict), 0x400);
    // EFER: SYSCALL, long mode, NX. STAR: selectors of the kernel, of a process. LSTAR: the entry.
    // SFMASK: all flags but the reserved ones. SYSENTER faults.
    logic integer syscall_set(integer p) = set_msr(set_msr(set_msr(set_msr(set_msr(p, 0xc0000080, 0xd01),
        0xc0000081, 0x13000800000000),
        0xc0000082, address_of(&syscall_entry[0])), 0xc0000084, 0x3f7fd5), 0x174, 0); */

/*@ terminates \true; assigns ports, processor;
    ensures able: \result != 0 <==> able;
    ensures set:  \result != 0 ==> processor == syscall_set(registers_set(\old(processor)));
    ensures left: \result == 0 ==> processor == \old(processor); */
int features_init(void);
#endif
