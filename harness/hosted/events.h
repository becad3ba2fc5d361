/* Systems and events at random: the same number, the same system and events. */
#ifndef HOSTED_EVENTS_H
#define HOSTED_EVENTS_H
#include <stdint.h>

enum entry { SYSCALL, FAULT, TICK, IRQ };
struct event {
	enum entry entry;
	uint64_t a, b; /* what a fault or an interrupt tells */
};

/* Fill the boot words. */
void make_image(uint64_t number);
/* Registers of the running process as it might have computed them, and what happens then. */
struct event next_event(void);
/* The kernel entry for it. */
void enter(struct event e);
#endif
