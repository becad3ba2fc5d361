/* A second call by proxy entry while T is held: it waits, the first one's reply is not
   lost, and after release the second is delivered in its turn. */
#include "scenes.h"

static volatile unsigned step;
static volatile uint64_t words[4];

static void receiver(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (unsigned i = 0; i < 2; i++) {
		pn_receive(CALLER, &m);
		words[i] = m.w[0];
		while (step < 2 * i + 1)
			pn_yield();
		pn_take_reply(CALLER, STORED);
		m.w[0] += 100;
		pn_send(STORED, 1, &m);
		while (step < 2 * i + 2)
			pn_yield();
		pn_release(CALLER, 0);
	}
}

void second(void)
{
	clear_stage();
	forget_proxied();
	step = 0;
	appoint(1);
	give_proxy(E, DOOR, T, 2);
	give_proxy(V, DOOR, T, 3);
	play(R, receiver, 0);
	reaches(R, PN_OPEN);
	play(S, call_door, S);
	reaches(S, PN_CLOSED);
	play(V, call_door, V);
	check("second/waits", reaches(V, PN_SENDING));
	wait_a_while();
	check("second/still-waits", state_of(V) == PN_SENDING && state_of(S) == PN_CLOSED);
	check_is("second/target-is-held", look(T).held, 1);
	step = 1;
	check("second/first-is-answered", finishes(S) && passed[S] == S + 100);
	check_is("second/waits-for-the-release", state_of(V), PN_SENDING);
	step = 2;
	check("second/is-delivered-then", reaches(V, PN_CLOSED) && look(T).held == 1);
	step = 3;
	check("second/is-answered", finishes(V) && passed[V] == V + 100);
	step = 4;
	check("second/each-once-in-order", finishes(R) && words[0] == S && words[1] == V);
	check_is("second/target-is-free", look(T).held, 0);
}
