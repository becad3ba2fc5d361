/* No register of one process reaches another. A filler fills every register and leaves
   for the kernel in one way, again and again; an observer does so in every way, and
   looks at what it finds afterwards. Two spaces, then one. */
#include "incidents.h"
#include "probe.h"

#define TURNS 6000000u /* of a loop: several time slices */

/* ---- the observer: its own space may hold other copies of all this */

static void prepare(uint64_t control, uint64_t descriptor)
{
	for (unsigned i = 0; i < PROBED; i++)
		probe_in[i] = (uint64_t)MINE << 32 | i;
	probe_in[P_RAX] = control;
	probe_in[P_RDI] = descriptor;
	probe_turns = TURNS;
}

static unsigned foreign(void)
{
	unsigned bad = 0;

	for (unsigned i = 0; i < PROBED; i++)
		bad += probe_out[i] >> 32 == FILLERS || (uint32_t)probe_out[i] == FILLERS;
	for (unsigned i = 0; i < 4; i++)
		bad += probe_segments[i] != 0;
	return bad;
}

/* Those that a system call without words keeps. */
static unsigned lost(void)
{
	unsigned bad = 0;

	for (unsigned i = P_RSI; i < PROBED; i++)
		if (i != P_RCX && i != P_R11)
			bad += probe_out[i] != probe_in[i];
	bad += probe_out[P_RCX] != ADDRESS(probe_after_syscall);
	bad += probe_out[P_R11] != probe_flags;
	return bad;
}

static unsigned lost_any(void)
{
	unsigned bad = 0;

	for (unsigned i = 0; i < PROBED; i++)
		bad += probe_out[i] != probe_in[i];
	return bad;
}

static unsigned by_syscall(uint64_t control, uint64_t descriptor)
{
	prepare(control, descriptor);
	probe_syscall();
	return foreign() + lost();
}

static unsigned by_timer(void)
{
	prepare((uint64_t)MINE << 32, (uint64_t)MINE << 32 | 1);
	probe_timer();
	return foreign() + lost_any();
}

static unsigned by_fault(void)
{
	prepare((uint64_t)MINE << 32, (uint64_t)MINE << 32 | 1);
	probe_fault();
	return foreign() + lost_any();
}

/* DOOR: a server; OTHER: nobody listens; the pinger and the filler send. */
static void observer(struct page *page, uint64_t name)
{
	unsigned bad = 0;

	(void)page;
	for (unsigned i = 0; i < 5; i++) {
		bad += by_syscall(PN_YIELD, (uint64_t)MINE << 32);
		bad += by_syscall(PN_RECV, PN_REPLY(CALLER));
		bad += by_syscall(PN_CALL, PN_INVOKED(DOOR));
		bad += by_syscall(PN_SEND | PN_NB, PN_INVOKED(OTHER));
		bad += by_syscall(~0ull, 0);
		bad += by_syscall(PN_SEND, 0);
		bad += by_fault();
	}
	bad += by_timer();
	check_is((const char *)name, bad, 0);
}

static void server(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (pn_receive(CALLER, &m);; pn_answer_receive(CALLER, 0, &m))
		;
}

static void pinger(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (;;)
		pn_send(DOOR, 0, &m);
}

/* ---- the judge */

struct pair { enum actor filler, observer, handler; };

static void play_pair(struct pair p, void (*fill)(void), const char *name)
{
	clear_stage();
	give_entry(p.filler, DOOR, p.observer, 0);
	give_entry(p.filler, PN_HANDLER, p.handler, 0);
	give_entry(p.observer, PN_HANDLER, p.handler, 0);
	give_entry(p.observer, DOOR, C, 0);
	give_entry(p.observer, OTHER, p.filler, 0);
	give_entry(D, DOOR, p.observer, 0);
	play(p.handler, skip_faults, p.handler);
	play(C, server, 0);
	play(D, pinger, 0);
	rehearse(p.filler, divide, 0);
	set_register(p.filler, PN_RIP, ADDRESS(fill));
	pn_start(PROCESS(p.filler));
	play(p.observer, observer, (uint64_t)(uintptr_t)name);
	finishes(p.observer);
}

static void all_ways(struct pair p, const char *const names[8])
{
	play_pair(p, fill_yield, names[0]);
	play_pair(p, fill_timer, names[1]);
	play_pair(p, fill_fault, names[2]);
	play_pair(p, fill_malformed, names[3]);
	play_pair(p, fill_nonblocking, names[4]);
	play_pair(p, fill_send, names[5]);
	play_pair(p, fill_call, names[6]);
	play_pair(p, fill_receive, names[7]);
}

int main(void)
{
	static const char *const two[8] = {
		"two-spaces/yield", "two-spaces/timer", "two-spaces/fault", "two-spaces/malformed",
		"two-spaces/nonblocking", "two-spaces/send", "two-spaces/call", "two-spaces/receive" };
	static const char *const one[8] = {
		"same-space/yield", "same-space/timer", "same-space/fault", "same-space/malformed",
		"same-space/nonblocking", "same-space/send", "same-space/call", "same-space/receive" };

	curtain("registers");
	all_ways((struct pair){ E, F, A }, two);
	all_ways((struct pair){ A, B, E }, one);
	clear_stage();
	end(0);
	return 0;
}
