/* Handlers that wait for themselves or for each other stop, and nothing else does.
   Whoever holds a Process capability can repair them. */
#include "scenes.h"

static void restart_past(enum actor a, const char *past)
{
	set_register(a, PN_RIP, ADDRESS(past));
	pn_start(PROCESS(a));
}

static void self(void)
{
	clear_stage();
	forget();
	play(C, bystander, 0);
	give_entry(A, PN_HANDLER, A, 0);
	play(A, divide, A);
	check("self/stops", reaches(A, PN_FAULTED));
	check("self/others-go-on", others_go_on());
	check_is("self/stays", passed[A], 0);
	restart_past(A, divide_past);
	check("self/can-be-repaired", finishes(A) && passed[A] == 1);
	take_away(A, PN_HANDLER);
	play(B, skip_faults, B);
	give_entry(A, PN_HANDLER, A, 0);
	play(A, divide, A);
	reaches(A, PN_FAULTED);
	give_entry(A, PN_HANDLER, B, 0);
	check("self/can-get-another-handler", finishes(A) && passed[A] == 2);
}

/* B gets A's fault, and faults before it has answered. */
static void faults_on_receipt(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	pn_receive(CALLER, &m);
	note((enum actor)me, &m, page);
	divide(page, me);
	answer_past(page, CALLER, (uint64_t)(divide_past - divide_here));
}

static void enter_ring(void)
{
	clear_stage();
	forget();
	play(C, bystander, 0);
	give_entry(A, PN_HANDLER, B, 1);
	give_entry(B, PN_HANDLER, A, 2);
	play(B, faults_on_receipt, B);
	reaches(B, PN_OPEN);
	play(A, divide, A);
}

static void ring(void)
{
	enter_ring();
	check("ring/both-stop", reaches(B, PN_FAULTED) && reaches(A, PN_DELIVERED));
	check("ring/others-go-on", others_go_on());
	restart_past(B, divide_past);
	check("ring/repaired-at-the-handler", finishes(B) && finishes(A)
	      && passed[A] == 1 && passed[B] == 1);
	enter_ring();
	reaches(B, PN_FAULTED);
	restart_past(A, divide_past);
	check("ring/repaired-at-the-first", finishes(A) && passed[A] == 1);
	check_is("ring/the-other-still-waits", state_of(B), PN_FAULTED);
	restart_past(B, divide_past);
	check("ring/and-can-be-repaired", finishes(B));
}

void circles(void)
{
	self();
	ring();
}
