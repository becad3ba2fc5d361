/* Who runs: yielding gives the others a turn, and so does the timer. */
#include "scenes.h"

static volatile uint64_t turns_of[4];

static void polite(struct page *page, uint64_t me)
{
	(void)page;
	for (;;) {
		turns_of[me]++;
		pn_yield();
	}
}

static void greedy(struct page *page, uint64_t me)
{
	(void)page;
	for (;;)
		turns_of[me]++;
}

static void start(part *what)
{
	clear_stage();
	for (unsigned i = 0; i < 4; i++)
		turns_of[i] = 0;
	for (enum actor a = A; a <= D; a++)
		play(a, what, a);
}

static int all_had_turns(void)
{
	return turns_of[0] && turns_of[1] && turns_of[2] && turns_of[3];
}

static int all_get_turns(void)
{
	return moves(&turns_of[0]) && moves(&turns_of[1]) && moves(&turns_of[2]) && moves(&turns_of[3]);
}

void turns(void)
{
	start(polite);
	wait_a_while();
	check("turns/yield", all_had_turns());
	start(greedy);
	check("turns/timer", all_get_turns());
	clear_stage();
	uint64_t before = turns_of[0];
	spin();
	check_is("turns/stopped-means-stopped", turns_of[0], before);
}
