/* The stored reply: fetched once, dropped only on purpose, and none after a plain send. */
#include "scenes.h"

static void hold_with_reply(void)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	play(R, receive_proxied, 0);
	reaches(R, PN_OPEN);
	play(S, call_door, S);
	reaches(S, PN_CLOSED);
}

static uint64_t use(unsigned cap)
{
	struct message m = { .w = { 55 } };

	return pn_send(cap, 1, &m);
}

static void fetched_twice(void)
{
	hold_with_reply();
	check_is("twice/first-fetch", pn_take_reply(PROCESS(T), KEPT), PN_OK);
	check_is("twice/second-fetch", pn_take_reply(PROCESS(T), KEPT + 1), PN_OK);
	check_is("twice/second-is-null", use(KEPT + 1), PN_INVALID_CAP);
	check_is("twice/first-is-the-reply", use(KEPT), PN_OK);
	check("twice/sender-goes-on", finishes(S) && passed[S] == 55);
	check_is("twice/release-needs-nothing", pn_release(PROCESS(T), 0), PN_OK);
}

static void dropped(void)
{
	hold_with_reply();
	check_is("dropped/release-with-a-reply-is-refused", pn_release(PROCESS(T), 0), PN_BUSY);
	struct fault f = look(T);
	check("dropped/still-held", f.held == 1 && state_of(S) == PN_CLOSED);
	check_is("dropped/release-that-drops-it", pn_release(PROCESS(T), 1), PN_OK);
	check_is("dropped/target-is-free", look(T).held, 0);
	pn_take_reply(PROCESS(T), KEPT);
	check_is("dropped/reply-is-gone", use(KEPT), PN_INVALID_CAP);
	wait_a_while();
	check_is("dropped/sender-waits-on", state_of(S), PN_CLOSED);
}

static void none(void)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	play(R, receive_proxied, 0);
	reaches(R, PN_OPEN);
	play(S, send_door, S);
	check("none/sender-goes-on", finishes(S) && passed[S] == 1);
	wait_a_while();
	check("none/delivered-and-held", proxied == 1 && look(T).held == 1);
	pn_take_reply(PROCESS(T), KEPT);
	check_is("none/no-reply", use(KEPT), PN_INVALID_CAP);
	check_is("none/release", pn_release(PROCESS(T), 0), PN_OK);
}

void twice(void)
{
	fetched_twice();
	dropped();
	none();
}
