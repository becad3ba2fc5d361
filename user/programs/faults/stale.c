/* A Resume that a handler kept is good for nothing later: neither for another fault
   nor for a call that the process waits in. */
#include "scenes.h"

static void faults_twice(struct page *page, uint64_t me)
{
	divide(page, me);
	undefined(page, me);
}

static void caller(struct page *page, uint64_t me)
{
	struct message m = { .w = { 1 } };

	(void)page;
	pn_call(DOOR, 1, &m);
	passed[me] += 100;
}

static uint64_t use(unsigned cap)
{
	struct message m = { .w = { 666 } };

	return pn_send(cap, 1, &m);
}

void stale(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, note_faults, B);
	play(A, faults_twice, A);
	reaches(A, PN_DELIVERED);
	reaches(B, PN_OPEN);
	pn_get_slot(PROCESS(B), CALLER, KEPT);
	divisor = 1;
	check_is("stale/first-use", use(KEPT), PN_OK);
	check("stale/second-fault", reaches(A, PN_DELIVERED) && passed[A] == 1);
	check_is("stale/refused-for-another-fault", use(KEPT), PN_INVALID_CAP);
	check_is("stale/fault-stays", look(A).code, PN_VECTOR(PN_OPCODE));

	/* dropped by the controller: the Resume of the second fault is void too */
	pn_get_slot(PROCESS(B), CALLER, KEPT);
	pn_stop(PROCESS(A));
	check_is("stale/refused-after-stop", use(KEPT), PN_INVALID_CAP);
	give_entry(A, DOOR, C, 0);
	play(C, note_faults, C);
	reaches(C, PN_OPEN);
	play(A, caller, A);
	reaches(A, PN_CLOSED);
	check_is("stale/refused-for-a-call", use(KEPT), PN_INVALID_CAP);
	check_is("stale/call-waits-on", state_of(A), PN_CLOSED);

	/* and the other way round */
	reaches(C, PN_OPEN);
	pn_get_slot(PROCESS(C), CALLER, KEPT);
	pn_stop(PROCESS(A));
	play(A, undefined, A);
	reaches(A, PN_DELIVERED);
	check_is("stale/reply-refused-for-a-fault", use(KEPT), PN_INVALID_CAP);
	check_is("stale/it-stays", state_of(A), PN_DELIVERED);
}
