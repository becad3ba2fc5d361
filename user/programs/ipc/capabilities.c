/* Capabilities in messages: how many, in what order, where they land, what stays. */
#include "scenes.h"

#define GIVEN 8u  /* A's registers 8 to 11 hold Entries to C with badges 108 to 111 */
#define TAKEN 12u /* B puts what it gets into 12 to 15 */
#define BADGE 100u

static volatile uint64_t badges[32];
static volatile unsigned collected;

/* C notes the badges of those who knock. */
static void collector(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (;;) {
		pn_receive(0, &m);
		badges[collected++ % 32] = m.badge;
	}
}

static void giver(struct page *page, uint64_t n)
{
	struct message m = { 0 };

	(void)page;
	pn_do(PN_CALL | PN_CAPS(n), PN_INVOKED(DOOR) | PN_GIVE(0, GIVEN) | PN_GIVE(1, GIVEN + 1)
	      | PN_GIVE(2, GIVEN + 2) | PN_GIVE(3, GIVEN + 3), &m);
	pn_send(GIVEN, 0, &m); /* it still has what it gave */
}

static void taker(struct page *page, uint64_t first)
{
	struct message m = { 0 };

	(void)page;
	pn_do(PN_RECV, PN_REPLY(CALLER) | PN_TAKE(0, first) | PN_TAKE(1, TAKEN + 1)
	      | PN_TAKE(2, TAKEN + 2) | PN_TAKE(3, TAKEN + 3), &m);
	uint64_t n = PN_TAKEN(m.tag);
	for (unsigned i = 0; i < 4; i++)
		pn_send(TAKEN + i, 0, &m); /* where nothing came, nothing happens */
	m.w[0] = n;
	pn_send(CALLER, 1, &m);
}

static int transfer(unsigned n, unsigned first)
{
	clear_stage();
	collected = 0;
	for (unsigned i = 0; i < 4; i++)
		give_entry(A, GIVEN + i, C, BADGE + GIVEN + i);
	give_entry(A, DOOR, B, 0);
	play(C, collector, 0);
	play(B, taker, first);
	play(A, giver, n);
	int over = finishes(A) && finishes(B);
	wait_a_while(); /* for C to note the last one */
	return over;
}

/* The badges that came: those of GIVEN + from and on, then A's own knock. */
static int saw(unsigned from, unsigned n)
{
	for (unsigned i = from; i < n; i++)
		if (badges[i - from] != BADGE + GIVEN + i)
			return 0;
	return collected == n - from + 1 && badges[n - from] == BADGE + GIVEN;
}

/* An answer brings capabilities like any message. */
static void lender(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_receive(CALLER, &m);
	pn_do(PN_SEND | PN_CAPS(1), PN_INVOKED(CALLER) | PN_GIVE(0, OTHER), &m);
}

static void borrower(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_do(PN_CALL, PN_INVOKED(DOOR) | PN_TAKE(0, TAKEN), &m);
	check_is("caps/in-answer/count", PN_TAKEN(m.tag), 1);
	pn_send(TAKEN, 0, &m);
}

static void in_answer(void)
{
	clear_stage();
	collected = 0;
	give_entry(E, DOOR, B, 0);
	give_entry(B, OTHER, C, 55);
	play(C, collector, 0);
	play(B, lender, 0);
	play(E, borrower, 0);
	finishes(E);
	wait_a_while();
	check("caps/in-answer/usable", collected == 1 && badges[0] == 55);
}

void capabilities(void)
{
	check("caps/none", transfer(0, TAKEN) && saw(0, 0));
	check("caps/one", transfer(1, TAKEN) && saw(0, 1));
	check("caps/two", transfer(2, TAKEN) && saw(0, 2));
	check("caps/three", transfer(3, TAKEN) && saw(0, 3));
	check("caps/four", transfer(4, TAKEN) && saw(0, 4));
	check("caps/register-0-discards", transfer(4, 0) && saw(1, 4));
	in_answer();
}
