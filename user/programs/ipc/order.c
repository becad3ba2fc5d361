/* Several senders to one receiver: first come, first served; the badge and the
   endpoint say by which way each came. */
#include "scenes.h"

#define MANY 4u

struct arrival { uint64_t badge, endpoint, word, kind, reply; };
static struct arrival arrivals[8];
static volatile unsigned arrived;

static void note(const struct message *m)
{
	arrivals[arrived++ % 8] = (struct arrival){
		m->badge, PN_FROM(m->tag), m->w[0], PN_KIND(m->tag), PN_HAS_REPLY(m->tag) };
}

static void receiver(struct page *page, uint64_t n)
{
	struct message m = { 0 };

	(void)page;
	for (uint64_t i = 0; i < n; i++) {
		pn_receive(CALLER, &m);
		note(&m);
	}
}

static void sender(struct page *page, uint64_t word)
{
	struct message m = { .w = { word } };

	(void)page;
	pn_send(DOOR, 1, &m);
}

static void caller(struct page *page, uint64_t word)
{
	struct message m = { .w = { word } };

	(void)page;
	pn_call(DOOR, 1, &m);
}

/* Each waits in B's queue before the next one comes. */
static int line_up(const enum actor *who)
{
	int waiting = 1;

	for (unsigned i = 0; i < MANY; i++) {
		give_entry(who[i], DOOR, B, 70 + who[i]);
		play(who[i], sender, who[i]);
		waiting = waiting && reaches(who[i], PN_SENDING);
	}
	return waiting;
}

static int came(unsigned place, enum actor who)
{
	return arrivals[place].badge == 70u + who && arrivals[place].word == who
	       && arrivals[place].endpoint == NUMBER(B);
}

static void first_come_first_served(void)
{
	static const enum actor who[MANY] = { D, A, F, C };

	clear_stage();
	arrived = 0;
	check("order/senders-wait", line_up(who));
	play(B, receiver, MANY);
	finishes(B);
	check("order/first-come-first-served", arrived == 4 && came(0, D) && came(1, A)
	      && came(2, F) && came(3, C));
	check("order/all-go-on", finishes(A) && finishes(C) && finishes(D) && finishes(F));
}

static void one_leaves(void)
{
	static const enum actor who[MANY] = { A, C, D, E };

	clear_stage();
	arrived = 0;
	line_up(who);
	pn_stop(PROCESS(C));
	play(B, receiver, MANY - 1);
	finishes(B);
	check("order/stopped-sender-leaves-the-queue",
	      arrived == 3 && came(0, A) && came(1, D) && came(2, E));
}

static void two_endpoints(void)
{
	clear_stage();
	arrived = 0;
	give_entry(A, DOOR, B, 1);
	pn_make_entry(SECOND_ENDPOINT, 0xfedcba9876543210, 0, KEPT);
	give(C, DOOR, KEPT);
	play(A, caller, 11);
	reaches(A, PN_SENDING);
	play(C, sender, 12);
	reaches(C, PN_SENDING);
	play(B, receiver, 2);
	finishes(B);
	check_is("order/endpoint", arrivals[0].endpoint, NUMBER(B));
	check_is("order/other-endpoint", arrivals[1].endpoint, SECOND_NUMBER);
	check_is("order/badge-of-64-bits", arrivals[1].badge, 0xfedcba9876543210);
	check("order/kind", arrivals[0].kind == PN_MESSAGE && arrivals[1].kind == PN_MESSAGE);
	check("order/only-a-call-brings-a-reply", arrivals[0].reply && !arrivals[1].reply);
	check_is("order/caller-waits-on", state_of(A), PN_CLOSED);
}

void order(void)
{
	first_come_first_served();
	one_leaves();
	two_endpoints();
}
