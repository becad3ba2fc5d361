/* A send phase and a receive phase in one system call. When the send has to wait,
   the receive phase comes after it all the same. */
#include "scenes.h"

static volatile unsigned open_gate;

static void gatekeeper(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	while (!open_gate)
		pn_yield();
	pn_receive(0, &m);
	check_is("phases/first-message", m.w[0], 31);
	m.w[0] = 32;
	pn_send(DOOR, 1, &m);
}

static void visitor(struct page *page, uint64_t unused)
{
	struct message m = { .w = { 31, 7, 7 } };

	(void)page, (void)unused;
	pn_do(PN_SEND | PN_RECV | PN_WORDS(1), PN_INVOKED(DOOR) | PN_REPLY(CALLER), &m);
	check_is("phases/second-message", m.w[0], 32);
	check_is("phases/its-badge", m.badge, 44);
	check_is("phases/its-kind", PN_KIND(m.tag), PN_MESSAGE);
	check("phases/other-words-kept", m.w[1] == 7 && m.w[2] == 7);
}

static void delayed(void)
{
	clear_stage();
	open_gate = 0;
	give_entry(A, DOOR, B, 0);
	give_entry(B, DOOR, A, 44);
	play(B, gatekeeper, 0);
	play(A, visitor, 0);
	check("phases/waits-to-send", reaches(A, PN_SENDING));
	open_gate = 1;
	check("phases/both-done", finishes(A) && finishes(B));
}

/* A server answers and receives in one system call, for three clients. */
static void server(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (pn_receive(CALLER, &m);; pn_answer_receive(CALLER, 1, &m))
		m.w[0] = m.w[0] * m.w[0] + m.badge;
}

static void client(struct page *page, uint64_t n)
{
	uint64_t bad = 0;

	(void)page;
	for (uint64_t i = 0; i < 50; i++) {
		struct message m = { .w = { i } };

		bad += pn_call(DOOR, 1, &m) != PN_OK || m.w[0] != i * i + n;
	}
	check_is(n == 1 ? "phases/client-1" : n == 2 ? "phases/client-2" : "phases/client-3", bad, 0);
}

static void answer_and_receive(void)
{
	static const enum actor clients[3] = { A, C, E };

	clear_stage();
	for (unsigned i = 0; i < 3; i++)
		give_entry(clients[i], DOOR, F, i + 1);
	play(F, server, 0);
	for (unsigned i = 0; i < 3; i++)
		play(clients[i], client, i + 1);
	for (unsigned i = 0; i < 3; i++)
		finishes(clients[i]);
}

void phases(void)
{
	delayed();
	answer_and_receive();
}
