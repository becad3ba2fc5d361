/* Segments, the task state with its stacks, and the I/O port bitmap. */
#ifndef POSTERN_GDT_H
#define POSTERN_GDT_H
#include <stdint.h>
#include "layout.h"

/* Where in the task state the bitmap of I/O ports begins. */
#define PORTS_CONSOLE 104
#define PORTS_NONE    0xffff /* behind its end: every port faults */

#define PORT_BYTES (0x400 / 8)

/* As the processor reads it; stack pointers as halves, for they are not aligned. */
struct task_state {
	uint32_t reserved0;
	uint32_t stack0[2];
	uint32_t reserved1[6];
	uint32_t ist[14];
	uint32_t reserved2[2];
	uint16_t reserved3;
	uint16_t ports_base;
	uint8_t  ports[PORT_BYTES]; /* a bit per port; 1: not allowed */
	uint8_t  end; /* all ones; the segment ends here, so that no padding allows a port */
};

extern struct task_state task;
extern uint64_t gdt[7];
extern uint8_t stacks[STACKS * STACK_SIZE];

/*@ terminates \true; assigns task, gdt[0 .. 6]; */
void gdt_init(void);
/* The I/O ports of the process that runs: COM1 and isa-debug-exit, or none. */
/*@ terminates \true; assigns task.ports_base; */
void gdt_set_ports(uint16_t ports);
#endif
