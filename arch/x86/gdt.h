/* Segments, the task state with its stacks, and the I/O port bitmap. */
#ifndef POSTERN_GDT_H
#define POSTERN_GDT_H
#include <stdint.h>
#include "layout.h"
#include "machine.h"

/* Where in the task state the bitmap of I/O ports begins. */
#define PORTS_CONSOLE 104
#define PORTS_NONE    0xffff /* behind its end: every port faults */

extern struct task_state task;
extern uint64_t gdt[7];
extern uint8_t stacks[STACKS * STACK_SIZE];

/* The task state: each stack's top in halves, and of the I/O ports only isa-debug-exit (0xf4
   to 0xf7) and COM1 (0x3f8 to 0x3ff), which at first nobody may use. */
/*@ logic integer top_of(integer stack) = address_of(&stacks[0]) + STACK_SIZE * (stack + 1);
    predicate halves(integer whole, integer low, integer high) =
      low == whole % 0x100000000 && high == whole / 0x100000000;
    predicate stacks_ok{L} = halves(top_of(STACK_KERNEL), task.stack0[0], task.stack0[1])
      && \forall integer s; 1 <= s < STACKS ==> halves(top_of(s), task.ist[2 * s - 2], task.ist[2 * s - 1]);
    predicate ports_ok{L} = task.end == 0xff && \forall integer i; 0 <= i < PORT_BYTES ==>
      task.ports[i] == (i == 30 ? 0x0f : i == 127 ? 0 : 0xff);
    // Its descriptor: limit, base in parts, type (present, available).
    predicate task_descriptor{L}(integer base) = gdt[6] == base / 0x100000000
      && gdt[5] == 232 + base % 0x1000000 * 0x10000 + 0x890000000000
                   + base / 0x1000000 % 0x100 * 0x100000000000000; */

/*@ logic integer tables_set(integer p) = load_task(load_ldt(load_gdt(p, &gdt[0], 55), 0), TASK_STATE); */

/*@ terminates \true;
    assigns task.stack0[0 .. 1], task.ist[0 .. 7], task.ports_base, task.ports[0 .. PORT_BYTES - 1],
            task.end, gdt[5 .. 6], processor;
    ensures task:  stacks_ok && ports_ok && task.ports_base == 0xffff;
    ensures names: task_descriptor(address_of_task(&task));
    ensures loads: processor == tables_set(\old(processor)); */
void gdt_init(void);
/* The I/O ports of the process that runs: COM1 and isa-debug-exit, or none. */
/*@ terminates \true; assigns task.ports_base;
    ensures set: task.ports_base == base; */
void gdt_set_ports(uint16_t base);
#endif
