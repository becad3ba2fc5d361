/* The table of exceptions and interrupts. */
#ifndef POSTERN_IDT_H
#define POSTERN_IDT_H
#include <stdint.h>
#include "layout.h"

/* As the processor reads it. */
struct gate {
	uint16_t offset0;  /* bits 0 to 15 of the stub's address */
	uint16_t selector;
	uint8_t  stack;    /* of the task state; 0: the one that is in use */
	uint8_t  type;
	uint16_t offset16;
	uint32_t offset32;
	uint32_t reserved;
};

extern struct gate idt[VECTORS];

/*@ terminates \true; assigns idt[0 .. VECTORS - 1]; */
void idt_init(void);
#endif
