/* Random events against the core, compiled for the host with sanitizers: after each one
   the whole invariant (rules.c) is evaluated. Arguments: steps, seed. */
#include <stdio.h>
#include <stdlib.h>
#include "rules.h"
#include "core.h"
#include "events.h"

static uint64_t counts[4];
static int run(uint64_t number, uint64_t steps, uint64_t *done)
{
	if (!start_system(number)) {
		printf("hosted: the image was refused\n");
		return 1;
	}
	for (uint64_t n = 0, idle = 0; n < steps; n++, ++*done) {
		const char *why = broken_rule();
		if (!why)
			why = broken_habit();
		if (why) {
			printf("hosted: after %llu events: %s\n", (unsigned long long)n, why);
			return 1;
		}
		struct event e = next_event();
		counts[e.entry]++;
		for (uint32_t k = 0; k < e.changed; k++)
			change(e.changes[k]);
		enter(e);
		idle = current == NONE ? idle + 1 : 0;
		if (idle == 4)
			break; /* all wait for each other: start another system */
	}
	return 0;
}

int main(int argc, char **argv)
{
	uint64_t steps = argc > 1 ? strtoull(argv[1], NULL, 0) : 100000, done = 0;
	uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	for (uint64_t round = 0; done < steps; round++) {
		if (run(first + round, 2000, &done)) {
			printf("hosted: replay with: random 2000 %llu\n", (unsigned long long)(first + round));
			return 1;
		}
	}
	printf("hosted: %llu events (%llu system calls, %llu faults, %llu ticks, %llu interrupts), every rule kept after each\n",
	       (unsigned long long)done, (unsigned long long)counts[SYSCALL], (unsigned long long)counts[FAULT],
	       (unsigned long long)counts[TICK], (unsigned long long)counts[IRQ]);
	return 0;
}
