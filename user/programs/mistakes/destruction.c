/* Destroying the running process failed an assertion; and a destroyed process stayed in
   a queue. Here all six actors end, each in another state, the last one by itself. */
#include "scenes.h"

static volatile uint64_t status;

static void caller(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	status = pn_call(DOOR, 0, &m);
}

static void end_oneself(struct page *page, uint64_t me)
{
	(void)page;
	pn_destroy(SELF);
	passed[me] = 1; /* must not come to this */
}

static int gone(enum actor a)
{
	struct fault f;

	return pn_destroy(PROCESS(a)) == PN_INVALID_CAP && pn_read_fault(PROCESS(a), &f) == PN_INVALID_CAP
	       && pn_start(PROCESS(a)) == PN_INVALID_CAP;
}

static int destroys(enum actor a)
{
	return pn_destroy(PROCESS(a)) == PN_OK && gone(a);
}

/* E waits in B's queue; A waits behind it and must not be lost. */
static void a_sender(void)
{
	clear_stage();
	forget();
	give_entry(E, DOOR, B, 1);
	give_entry(A, DOOR, B, 2);
	play(E, caller, 0);
	reaches(E, PN_SENDING);
	play(A, caller, 0);
	reaches(A, PN_SENDING);
	check("destruction/a-sender", destroys(E));
	play(B, note_faults, B);
	check("destruction/the-next-in-the-queue-is-served", reaches(A, PN_CLOSED)
	      && reaches(B, PN_OPEN) && told[B].count == 1 && told[B].m.badge == 2);
}

/* A waits for B's answer. */
static void a_caller(void)
{
	struct message m = { 0 };

	pn_get_slot(PROCESS(B), CALLER, KEPT);
	check("destruction/a-caller", destroys(A));
	check_is("destruction/its-resume-is-void", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
}

/* F has a fault, delivered to B. */
static void a_faulter(void)
{
	struct message m = { 0 };

	give_entry(F, PN_HANDLER, B, 3);
	play(F, undefined, F);
	reaches(F, PN_DELIVERED);
	reaches(B, PN_OPEN);
	pn_get_slot(PROCESS(B), CALLER, KEPT);
	check("destruction/a-faulter", destroys(F));
	check_is("destruction/its-restart-is-void", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
}

/* B receives no more; who waits for it is told, with what it waits. */
static void a_receiver(void)
{
	give_entry(C, DOOR, B, 4);
	give_entry(D, PN_HANDLER, B, 5);
	pn_stop(PROCESS(B));
	status = ~0u;
	play(C, caller, 0);
	play(D, divide, D);
	check("destruction/two-wait", reaches(C, PN_SENDING) && reaches(D, PN_FAULTED));
	check("destruction/a-receiver", destroys(B));
	check("destruction/sender-is-told", finishes(C) && status == PN_INVALID_CAP);
	check_is("destruction/fault-is-kept", look(D).code, PN_VECTOR(PN_DIVIDE));
	check_is("destruction/entry-to-it-is-void",
	         (play(C, caller, 0), finishes(C), status), PN_INVALID_CAP);
}

static void a_held_one(void)
{
	pn_hold(PROCESS(D));
	check("destruction/a-held-one", destroys(D));
}

static void oneself(void)
{
	play(C, end_oneself, C);
	check("destruction/oneself", reaches(C, PN_UNUSED) && gone(C));
	wait_a_while();
	check_is("destruction/executes-nothing-after", passed[C], 0);
}

void destruction(void)
{
	a_sender();
	a_caller();
	a_faulter();
	a_receiver();
	a_held_one();
	oneself();
}
