/* Versions and epochs at their end: the object is retired, the counter never wraps. The
   system file sets them: A's epoch and the version of A's endpoint. */
#include "incidents.h"

static volatile uint64_t statuses[3];

static void caller(struct page *page, uint64_t unused)
{
	(void)page, (void)unused;
	for (unsigned i = 0; i < 3; i++) {
		struct message m = { .w = { i } };

		statuses[i] = pn_call(DOOR, 1, &m);
	}
}

static void server(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (pn_receive(CALLER, &m);; pn_answer_receive(CALLER, 1, &m))
		passed[B]++;
}

/* A call takes two epochs and one must be left over: two calls, no third. */
static void calls(void)
{
	clear_stage();
	give_entry(A, DOOR, B, 0);
	play(B, server, 0);
	play(A, caller, 0);
	check("counters/caller-goes-on", finishes(A));
	check_is("counters/first-call", statuses[0], PN_OK);
	check_is("counters/second-call", statuses[1], PN_OK);
	check_is("counters/third-call", statuses[2], PN_RETIRED);
	check_is("counters/calls-served", passed[B], 2);
}

/* Its faults are nobody's any more, but kept. */
static void faults(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, note_faults, B);
	reaches(B, PN_OPEN);
	play(A, divide, A);
	check("counters/fault-stays-pending", reaches(A, PN_FAULTED));
	wait_a_while();
	check_is("counters/handler-is-not-told", told[B].count, 0);
	divisor = 1;
	pn_start(PROCESS(A));
	check("counters/controller-can-restart-it", finishes(A) && passed[A] == 1);
}

/* A fault and its answer take two epochs as well: of B's, two faults, no third. */
static void thrice(struct page *page, uint64_t me)
{
	undefined(page, me);
	undefined(page, me);
	undefined(page, me);
}

static void handled_faults(void)
{
	clear_stage();
	forget();
	give_entry(B, PN_HANDLER, C, 0);
	play(C, skip_faults, C);
	play(B, thrice, B);
	check("counters/third-fault-stays-pending", reaches(B, PN_FAULTED));
	wait_a_while();
	check_is("counters/two-faults-handled", passed[B], 2);
	check_is("counters/two-faults-told", told[C].count, 2);
}

static void last_version(void)
{
	struct message m = { 0 };

	check_is("counters/entry", pn_make_entry(ENDPOINT(A), 1, 0, KEPT), PN_OK);
	check_is("counters/destroy-endpoint",
	         pn_plain(ENDPOINT(A), PN_DESTROY_ENDPOINT, 0), PN_OK);
	check_is("counters/entry-is-void", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
	check_is("counters/endpoint-is-void",
	         pn_make_entry(ENDPOINT(A), 1, 0, KEPT), PN_INVALID_CAP);
	check_is("counters/destroy-process", pn_destroy(PROCESS(A)), PN_OK);
	check_is("counters/process-is-void", pn_destroy(PROCESS(A)), PN_INVALID_CAP);
}

int main(void)
{
	curtain("counters");
	calls();
	faults();
	handled_faults();
	last_version();
	end(0);
	return 0;
}
