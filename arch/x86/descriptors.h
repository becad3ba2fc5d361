/* Tables that the processor reads, in its format. */
#ifndef POSTERN_DESCRIPTORS_H
#define POSTERN_DESCRIPTORS_H
#include <stdint.h>

/* Where an exception or interrupt leads. */
struct gate {
	uint16_t offset0;  /* bits 0 to 15 of the stub's address */
	uint16_t selector;
	uint8_t  stack;    /* of the task state; 0: the one that is in use */
	uint8_t  type;
	uint16_t offset16;
	uint32_t offset32;
	uint32_t reserved;
};

#define PORT_BYTES (0x400 / 8)

/* Stacks, and the I/O ports of ring 3; stack pointers as halves, for they are not aligned. */
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
#endif
