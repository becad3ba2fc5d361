/* The handler is busy: the process waits like any sender, and whoever is the handler
   when delivery comes gets the fault. */
#include "scenes.h"

static volatile unsigned go;

/* Busy until told, then a handler like any other. */
static void busy_then_skip(struct page *page, uint64_t me)
{
	while (!go)
		pn_yield();
	skip_faults(page, me);
}

static void faults_then_handles(struct page *page, uint64_t me)
{
	undefined(page, me);
	skip_faults(page, me);
}

static void replaced(void)
{
	clear_stage();
	forget();
	go = 0;
	give_entry(A, PN_HANDLER, B, 1);
	play(B, busy_then_skip, B);
	play(C, note_faults, C);
	reaches(C, PN_OPEN);
	play(A, divide, A);
	check("replaced/waits-for-the-busy-one", reaches(A, PN_FAULTED));
	wait_a_while();
	check_is("replaced/still-waits", state_of(A), PN_FAULTED);
	give_entry(A, PN_HANDLER, C, 2);
	check("replaced/new-one-is-told", state_of(A) == PN_DELIVERED && reaches(C, PN_OPEN));
	check_is("replaced/new-one-sees-its-badge", told[C].m.badge, 2);
	go = 1;
	reaches(B, PN_OPEN);
	wait_a_while();
	check_is("replaced/old-one-never-hears", told[B].count, 0);
	check_is("replaced/new-one-hears-once", told[C].count, 1);
}

/* The handler has faulted itself, and its own handler takes its time. */
static void slow_keeper(void)
{
	clear_stage();
	forget();
	go = 0;
	give_entry(A, PN_HANDLER, B, 1);
	give_entry(B, PN_HANDLER, C, 2);
	play(C, busy_then_skip, C);
	play(B, faults_then_handles, B);
	check("slow/handler-has-a-fault", reaches(B, PN_FAULTED));
	play(A, divide, A);
	check("slow/process-waits", reaches(A, PN_FAULTED));
	wait_a_while();
	check("slow/still-waits", state_of(A) == PN_FAULTED && told[B].count == 0);
	go = 1;
	check("slow/all-go-on", finishes(A) && passed[A] == 1 && passed[B] == 1);
	check("slow/each-was-told-once", told[B].count == 1 && told[C].count == 1);
}

/* One handler for many: in the order of the faults, told apart by their badges. */
static volatile uint64_t badges[4];

static void collect(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (unsigned i = 0; i < 3; i++) {
		pn_receive(CALLER, &m);
		badges[i] = m.badge;
	}
}

static void many(void)
{
	static const enum actor who[3] = { D, A, C };
	int waiting = 1;

	clear_stage();
	forget();
	for (unsigned i = 0; i < 3; i++) {
		give_entry(who[i], PN_HANDLER, B, 50 + who[i]);
		play(who[i], divide, who[i]);
		waiting = waiting && reaches(who[i], PN_FAULTED);
	}
	check("many/all-wait", waiting);
	play(B, collect, 0);
	check("many/in-order", finishes(B) && badges[0] == 50 + D && badges[1] == 50 + A
	      && badges[2] == 50 + C);
}

/* Faults and messages share the queue. */
static void caller(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_call(DOOR, 0, &m);
}

static void among_senders(void)
{
	clear_stage();
	forget();
	give_entry(A, DOOR, B, 61);
	give_entry(C, PN_HANDLER, B, 62);
	give_entry(D, DOOR, B, 63);
	play(A, caller, 0);
	reaches(A, PN_SENDING);
	play(C, divide, C);
	reaches(C, PN_FAULTED);
	play(D, caller, 0);
	reaches(D, PN_SENDING);
	play(B, collect, 0);
	check("many/fault-between-messages",
	      finishes(B) && badges[0] == 61 && badges[1] == 62 && badges[2] == 63);
}

void queues(void)
{
	replaced();
	slow_keeper();
	many();
	among_senders();
}
