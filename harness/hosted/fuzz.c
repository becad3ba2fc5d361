/* One input of the fuzzer: two bytes choose the system, the others its events. After each event
   every rule must hold (rules.c). (alone.c has a main for it.) */
#include <stdio.h>
#include <stdlib.h>
#include "core.h"
#include "dice.h"
#include "events.h"
#include "rules.h"

static void check(void)
{
	const char *why = broken_rule();

	if (!why)
		why = broken_habit();
	if (why) {
		fprintf(stderr, "fuzz: %s\n", why);
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (!start_system(size < 2 ? 0 : bytes[0] + 256u * bytes[1]))
		return 0;
	read_bytes(bytes + 2, size < 2 ? 0 : size - 2);
	check();
	for (int idle = 0; bytes_left() && idle < 4; idle = current == NONE ? idle + 1 : 0) {
		struct event e = next_event();
		for (uint32_t k = 0; k < e.changed; k++)
			change(e.changes[k]);
		enter(e);
		check();
	}
	return 0;
}
