/* What instructions do to the processor and to devices, as contracts may speak of it.

   Each name below is one instruction with its operands, and means nothing else: no property
   of any of them is assumed. `ports` stands for all that devices have been told and asked so
   far, `processor` for its control, debug and model specific registers, segments and tables.
   A contract `ports == out8(out8(\old(ports), 0x43, 0x34), 0x40, 0x9c)` can thus be proved
   only of code with these two instructions, in this order, and no other on a port. The objects
   exist in contracts alone: nothing defines them, so code that used one would not link. */
#ifndef POSTERN_MACHINE_H
#define POSTERN_MACHINE_H
#include <stdint.h>
#include "descriptors.h"

extern uint64_t ports, processor;
extern uint64_t cr3; /* which page tables are in use: the physical address of their root */

/*@ axiomatic machine {
      // On a port: out and in, and what is read.
      logic integer out8(integer ports, integer port, integer value);
      logic integer out32(integer ports, integer port, integer value);
      logic integer in8(integer ports, integer port);
      logic integer heard(integer ports, integer port);

      // On the processor.
      logic integer set_msr(integer processor, integer register, integer value);
      logic integer set_cr0(integer processor, integer value);
      logic integer set_cr4(integer processor, integer value);
      logic integer set_dr7(integer processor, integer value);
      logic integer load_gdt(integer processor, uint64_t *table, integer limit);
      logic integer load_idt(integer processor, struct gate *table, integer limit);
      logic integer load_ldt(integer processor, integer selector);
      logic integer load_task(integer processor, integer selector);
      logic integer clear_segments(integer processor);
      logic integer cr2(integer processor);

      // What cpuid tells of a leaf.
      logic integer cpuid_eax(integer leaf);
      logic integer cpuid_ebx(integer leaf);
      logic integer cpuid_ecx(integer leaf);
      logic integer cpuid_edx(integer leaf);

      // The word that the boot loader left at a physical address.
      logic integer memory_word(integer address);

      // The virtual address of an object of the kernel.
      logic integer address_of(uint8_t *object);
      logic integer address_of_task(struct task_state *object);
    } */
#endif
