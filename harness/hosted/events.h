/* Systems and events of them: of the same dice, the same ones. */
#ifndef HOSTED_EVENTS_H
#define HOSTED_EVENTS_H
#include <stdint.h>
#include "tables.h"

enum entry { SYSCALL, FAULT, TICK, IRQ };

/* The running process computes: a word of its registers, or of a message page, changes. */
#define REGISTERS NPROC
#define MOST_CHANGES (NREG + 8 + PAGE_WORDS)
struct change {
	uint32_t page; /* or REGISTERS */
	uint32_t word;
	uint64_t value;
};

/* What is computed until the kernel is entered, and why it is. */
struct event {
	enum entry entry;
	uint64_t a, b; /* what a fault or an interrupt tells */
	const struct change *changes;
	uint32_t changed;
};

/* Fill the boot words; boot from them, 0 if they were refused. Of every fourth system some
   versions and epochs are near their end then, where no image and no short run gets them. */
void make_image(uint64_t number);
void make_image_with_dice(void); /* the one that the dice give next */
int boot_system(uint64_t number);
int start_system(uint64_t number); /* both */
/* The next event; its changes, one by one; the kernel entry. */
struct event next_event(void);
void change(struct change c);
void enter(struct event e);
#endif
