/* Notes what the micro-steps of a running core change: linked in with --wrap, so that each
   call of them comes here first. At the end a line for each change that was seen. */
#include <stdio.h>
#include "init.h"
#include "micro.h"

void __real_set_state(uint32_t p, uint32_t v);
void __real_set_held(uint32_t p, uint32_t v);
void __real_set_stored_reply(uint32_t p, struct cap c);
struct boot_result __real_core_init(void);
void __wrap_set_state(uint32_t p, uint32_t v);
void __wrap_set_held(uint32_t p, uint32_t v);
void __wrap_set_stored_reply(uint32_t p, struct cap c);
struct boot_result __wrap_core_init(void);

static unsigned long states[8][8], holds[4][4];
static int booting; /* then the tables hold what an earlier system left */

static unsigned hold_of(uint32_t p)
{
	return 2 * (procs[p].held != 0) + (procs[p].proxy_reply.kind != CAP_NULL);
}

void __wrap_set_state(uint32_t p, uint32_t v)
{
	states[procs[p].state & 7][v & 7] += !booting;
	__real_set_state(p, v);
}

void __wrap_set_held(uint32_t p, uint32_t v)
{
	unsigned before = hold_of(p);

	__real_set_held(p, v);
	holds[before][hold_of(p)] += !booting;
}

void __wrap_set_stored_reply(uint32_t p, struct cap c)
{
	unsigned before = hold_of(p);

	__real_set_stored_reply(p, c);
	holds[before][hold_of(p)] += !booting;
}

struct boot_result __wrap_core_init(void)
{
	booting = 1;
	struct boot_result r = __real_core_init();
	booting = 0;
	return r;
}

__attribute__((destructor)) static void tell(void)
{
	for (unsigned a = 0; a < 8; a++)
		for (unsigned b = 0; b < 8; b++)
			if (states[a][b])
				printf("state %u %u %lu\n", a, b, states[a][b]);
	for (unsigned a = 0; a < 4; a++)
		for (unsigned b = 0; b < 4; b++)
			if (holds[a][b])
				printf("hold %u %u %lu\n", a, b, holds[a][b]);
}
