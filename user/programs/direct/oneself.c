/* A process that holds itself stops inside that very system call, and is done with it
   when another one releases it. */
#include "scenes.h"

static volatile uint64_t status;
static volatile unsigned came_back;

static void holder(struct page *page, uint64_t unused)
{
	(void)page, (void)unused;
	status = pn_hold(SELF);
	came_back = 1;
}

void oneself(void)
{
	clear_stage();
	came_back = 0;
	play(T, holder, 0);
	for (unsigned i = 0; i < 100 && !look(T).held; i++)
		pn_yield();
	wait_a_while();
	struct fault f = look(T);
	check("oneself/stops", f.held == 1 && f.state == PN_READY && !came_back);
	pn_release(PROCESS(T), 0);
	check("oneself/goes-on-after-release", finishes(T) && came_back && status == PN_OK);
}
