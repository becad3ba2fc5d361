/* Held and faulted: clearing one alone does not let T run. And held in every other
   state: nothing but running is taken from it. */
#include "scenes.h"

static void hold_by_proxy(void)
{
	play(R, receive_proxied, 0);
	reaches(R, PN_OPEN);
	proxied = 0;
	play(S, send_door, S);
	finishes(S);
	wait_a_while();
}

static void faulted_and_held(const char *both, const char *first, const char *then, int release_first)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	play(T, divide, T);
	reaches(T, PN_FAULTED);
	hold_by_proxy();
	struct fault f = look(T);
	check(both, proxied == 1 && f.held == 1 && f.state == PN_FAULTED
	      && f.code == PN_VECTOR(PN_DIVIDE));
	divisor = 1;
	if (release_first)
		pn_release(PROCESS(T), 0);
	else
		pn_start(PROCESS(T));
	wait_a_while();
	check_is(first, passed[T], 0);
	if (release_first)
		pn_start(PROCESS(T));
	else
		pn_release(PROCESS(T), 0);
	check(then, finishes(T) && passed[T] == 1);
}

/* T waits for its handler, is held, and its handler restarts it meanwhile. */
static void handled_while_held(void)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	give_entry(T, PN_HANDLER, V, 0);
	play(V, note_faults, V);
	reaches(V, PN_OPEN);
	play(T, divide, T);
	reaches(T, PN_DELIVERED);
	hold_by_proxy();
	check("compose/told-and-held", look(T).held == 1 && state_of(T) == PN_DELIVERED);
	reaches(V, PN_OPEN);
	pn_get_slot(PROCESS(V), CALLER, KEPT);
	divisor = 1;
	struct message m = { 0 };
	check_is("compose/handler-answers", pn_send(KEPT, 0, &m), PN_OK);
	wait_a_while();
	check("compose/answered-but-held", passed[T] == 0 && state_of(T) == PN_READY);
	pn_release(PROCESS(T), 0);
	check("compose/runs-after-release", finishes(T) && passed[T] == 1);
}

/* T faults while held? It does not run, so it cannot; but its pending fault is still
   delivered when a handler comes. */
static void delivered_while_held(void)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	play(T, divide, T);
	reaches(T, PN_FAULTED);
	hold_by_proxy();
	play(V, skip_faults, V);
	reaches(V, PN_OPEN);
	give_entry(T, PN_HANDLER, V, 0);
	check("compose/delivered-while-held", reaches(T, PN_READY) && told[V].count == 1);
	wait_a_while();
	check_is("compose/held-all-the-same", passed[T], 0);
	pn_release(PROCESS(T), 0);
	check("compose/and-then-goes-on", finishes(T) && passed[T] == 1);
}

void compose(void)
{
	faulted_and_held("compose/fault-then-held", "compose/release-alone-is-not-enough",
	                 "compose/release-and-start", 1);
	faulted_and_held("compose/held-again", "compose/start-alone-is-not-enough",
	                 "compose/start-and-release", 0);
	handled_while_held();
	delivered_while_held();
}
