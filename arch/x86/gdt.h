/* Segments, the task state with its stacks, and the I/O port bitmap. */
#ifndef POSTERN_GDT_H
#define POSTERN_GDT_H
#include <stdint.h>
#include "layout.h"

extern uint8_t stacks[STACKS * STACK_SIZE];

void gdt_init(void);
/* Let the process that runs use COM1 and isa-debug-exit, or no port at all. */
void gdt_set_ports(uint32_t allowed);
#endif
