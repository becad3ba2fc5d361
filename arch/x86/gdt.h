/* Segments, the task state with its stacks, and the I/O port bitmap. */
#ifndef POSTERN_GDT_H
#define POSTERN_GDT_H
#include <stdint.h>
#include "layout.h"

/* Where in the task state the bitmap of I/O ports begins. */
#define PORTS_CONSOLE 104
#define PORTS_NONE    0xffff /* behind its end: every port faults */

extern uint8_t stacks[STACKS * STACK_SIZE];

void gdt_init(void);
/* The I/O ports of the process that runs: COM1 and isa-debug-exit, or none. */
void gdt_set_ports(uint64_t ports);
#endif
