/* A non-blocking send: delivered at once or dropped, and the sender cannot tell. */
#include "scenes.h"

static volatile uint64_t status, heard;
static volatile unsigned count;

static void listener(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (;;) {
		pn_receive(CALLER, &m);
		heard = m.w[0];
		count++;
	}
}

static void knocker(struct page *page, uint64_t word)
{
	struct message m = { .w = { word } };

	(void)page;
	status = pn_send_nb(DOOR, 1, &m);
}

static void waiter(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_call(OTHER, 0, &m);
}

static void knock(uint64_t word)
{
	status = ~0u;
	play(A, knocker, word);
	check("nonblocking/sender-goes-on", finishes(A));
	check_is("nonblocking/status", status, PN_OK);
}

void nonblocking(void)
{
	clear_stage();
	count = 0;
	give_entry(A, DOOR, B, 0);
	play(B, listener, 0);
	reaches(B, PN_OPEN);
	play(A, knocker, 5);
	check("nonblocking/delivered", finishes(A) && reaches(B, PN_OPEN) && count == 1 && heard == 5);

	/* a receiver in a closed wait does not take it, then or later */
	give_entry(B, OTHER, C, 0);
	play(C, listener, 0);
	reaches(C, PN_OPEN);
	pn_stop(PROCESS(B));
	play(B, waiter, 0);
	reaches(B, PN_CLOSED);
	count = 0;
	knock(6);
	check_is("nonblocking/receiver-waits-on", state_of(B), PN_CLOSED);
	pn_stop(PROCESS(B));
	play(B, listener, 0);
	reaches(B, PN_OPEN);
	wait_a_while();
	check_is("nonblocking/dropped", count, 0);
}
