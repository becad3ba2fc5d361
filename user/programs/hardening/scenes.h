/* What a process might try against the kernel and against others, one file a noun. */
#ifndef HARDENING_SCENARIOS_H
#define HARDENING_SCENARIOS_H
#include "incidents.h"

/* A single instruction at an address, and the fault that it must end in. */
struct attempt {
	const char *name;
	const char *at;
	unsigned vector;
	uint64_t error;
};
#define ANY_ERROR ~0ull

/* A tries it without handler; checks code and info. `info` is the address at fault, or
   0 for that of the instruction. */
void attempt(enum actor a, const struct attempt *what, uint64_t info);

void privileged(void);
void vectors(void);
void floating(void);
void pages(void);
void ports(void);
void flags(void);
void foreign_flags(void);
void steps(void);
void addresses(void);
void stacks(void);
void restored(void);

#endif
