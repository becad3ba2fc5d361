/* Sends that could get stuck or go astray. */
#include "scenes.h"

static volatile uint64_t status;

static void knocker(struct page *page, uint64_t words)
{
	struct message m = { .w = { 1, 2, 3 } };

	(void)page;
	status = pn_send_nb(DOOR, (unsigned)words, &m);
}

/* A non-blocking send slept on the endpoint, or was taken for a request to the kernel. */
void dropping(void)
{
	clear_stage();
	give_entry(A, DOOR, B, 0);
	status = ~0u;
	play(A, knocker, 0);
	check("dropping/without-words", finishes(A) && status == PN_OK);
	status = ~0u;
	play(A, knocker, 3);
	check("dropping/with-words", finishes(A) && status == PN_OK);
	give_entry(A, DOOR, A, 0);
	status = ~0u;
	play(A, knocker, 1);
	check("dropping/to-oneself", finishes(A) && status == PN_OK);
}

static void caller(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_call(DOOR, 0, &m);
}

/* A stale reply became a request to the kernel, and an innocent third party, named by
   a capability in it, was sent the result. */
void stale_reply(void)
{
	struct message m = { 0 };

	clear_stage();
	forget();
	give_entry(A, DOOR, B, 0);
	play(B, note_faults, B);
	play(C, note_faults, C);
	reaches(B, PN_OPEN);
	play(A, caller, 0);
	reaches(A, PN_CLOSED);
	reaches(B, PN_OPEN);
	pn_get_slot(PROCESS(B), CALLER, KEPT);
	pn_make_entry(ENDPOINT(C), 0, 0, KEPT + 1);
	pn_send(KEPT, 0, &m);
	finishes(A);
	check_is("stale-reply/status",
	         pn_do(PN_SEND | PN_CAPS(1), PN_INVOKED(KEPT) | PN_GIVE(0, KEPT + 1), &m),
	         PN_INVALID_CAP);
	wait_a_while();
	check_is("stale-reply/third-party-hears-nothing", told[C].count, 0);
	check_is("stale-reply/and-waits-on", state_of(C), PN_OPEN);
}

/* An invocation of a kernel object could block the invoker for good. */
static void every_form(struct page *page, uint64_t unused)
{
	static const uint64_t forms[] = {
		PN_SEND, PN_SEND | PN_NB, PN_SEND | PN_RECV, PN_SEND | PN_NB | PN_RECV, PN_CALL };
	unsigned bad = 0;

	(void)page, (void)unused;
	for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct message m = { .w = { PN_READ_FAULT } };

		bad += pn_do(forms[i] | PN_WORDS(1), PN_INVOKED(DOOR) | PN_GIVE(0, OTHER), &m) != PN_OK;
		bad += PN_KIND(m.tag) != PN_NOTHING || m.w[3] != PN_INACTIVE;
	}
	check_is("kernel-objects/answer-at-once", bad, 0);
}

void kernel_objects(void)
{
	clear_stage();
	give_process(A, DOOR, D);
	give_entry(A, OTHER, A, 0);
	play(A, every_form, 0);
	check("kernel-objects/never-block", finishes(A));
}

/* A handler that named no place for the capability: a store through a null pointer. */
static void careless(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	for (;;) {
		pn_receive(0, &m);
		note((enum actor)me, &m, page);
	}
}

void nowhere(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, careless, B);
	reaches(B, PN_OPEN);
	play(A, undefined, A);
	check("nowhere/delivered", reaches(A, PN_DELIVERED) && reaches(B, PN_OPEN));
	check_is("nowhere/told", told[B].count, 1);
	pn_get_slot(PROCESS(B), 0, KEPT);
	check_is("nowhere/resume-is-discarded", pn_start(KEPT), PN_INVALID_CAP);
	pn_stop(PROCESS(A));
	play(A, undefined, A);
	check("nowhere/serves-on", reaches(A, PN_DELIVERED) && reaches(B, PN_OPEN)
	      && told[B].count == 2);
}

/* Methods that ignored the restrictions of the capability. An Entry lets its holder
   send messages: whatever is in them, it is no right to the endpoint behind it. */
static void meddler(struct page *page, uint64_t unused)
{
	(void)page, (void)unused;
	for (uint64_t method = 0; method < 16; method++) {
		struct message m = { .w = { method, 1, 1 } };

		pn_do(PN_SEND | PN_WORDS(3), PN_INVOKED(DOOR) | PN_TAKE(0, OTHER), &m);
	}
}

void entry_rights(void)
{
	struct message m = { 0 };

	clear_stage();
	forget();
	give_entry(A, DOOR, B, 3);
	play(B, note_faults, B);
	play(A, meddler, 0);
	finishes(A);
	reaches(B, PN_OPEN);
	check_is("entry-rights/only-messages", told[B].count, 16);
	check("entry-rights/owner-is-untouched", look(B).held == 0 && state_of(B) == PN_OPEN);
	pn_get_slot(PROCESS(A), OTHER, KEPT);
	check_is("entry-rights/nothing-made", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
	check_is("entry-rights/endpoint-is-alive", pn_make_entry(ENDPOINT(B), 4, 0, KEPT), PN_OK);
}

/* Starting a process that waits did nothing, or woke it without its queue knowing. */
void unblocking(void)
{
	clear_stage();
	forget();
	give_entry(A, DOOR, B, 0);
	play(A, caller, 0);
	reaches(A, PN_SENDING);
	check_is("unblocking/start-is-refused", pn_start(PROCESS(A)), PN_BUSY);
	check_is("unblocking/it-waits-on", state_of(A), PN_SENDING);
	pn_stop(PROCESS(A));
	play(A, bystander, 0);
	check("unblocking/stop-and-start-frees-it", others_go_on());
	play(B, note_faults, B);
	reaches(B, PN_OPEN);
	wait_a_while();
	check_is("unblocking/message-was-withdrawn", told[B].count, 0);
	struct fault f = look(C);
	check("unblocking/no-fault-reads-as-none", f.code == 0 && f.info == 0);
}
