/* The table of exceptions and interrupts. */
#ifndef POSTERN_IDT_H
#define POSTERN_IDT_H
#include <stdint.h>
#include "asm.h"
#include "layout.h"
#include "machine.h"

extern struct gate idt[VECTORS];

/* Where each vector leads, on which stack, and by which type of gate: an interrupt gate, which
   turns interrupts off; that of the breakpoint exception a process may name with `int`. */
/*@ logic integer stub_of(integer v) = v == 1 ? address_of(&debug_entry[0])
      : v == 2 ? address_of(&nmi_entry[0]) : address_of(&vectors[0]) + 16 * v;
    logic integer stack_of(integer v) = v == 1 ? STACK_DEBUG : v == 2 ? STACK_NMI
      : v == 8 ? STACK_DOUBLE : v == 18 ? STACK_CHECK : 0;
    logic integer type_of(integer v) = v == 3 ? 0xee : 0x8e;
    predicate gate_ok{L}(integer v) = idt[v].selector == KERNEL_CODE
      && idt[v].offset0 == stub_of(v) % 0x10000 && idt[v].offset16 == stub_of(v) / 0x10000 % 0x10000
      && idt[v].offset32 == stub_of(v) / 0x100000000
      && idt[v].stack == stack_of(v) && idt[v].type == type_of(v); */

/*@ terminates \true; assigns idt[0 .. VECTORS - 1], processor;
    ensures gates: \forall integer v; 0 <= v < VECTORS ==> gate_ok(v);
    ensures limit: processor == load_idt(\old(processor), &idt[0], 16 * VECTORS - 1); */
void idt_init(void);
#endif
