/* Nobody is told: the process executes nothing more, its fault stays, and a handler
   that is installed later learns of it at once, and once. */
#include "scenes.h"

static void without_handler(void)
{
	play(C, bystander, 0);
	play(A, divide, A);
	check("pending/stops", reaches(A, PN_FAULTED));
	int alive = others_go_on();
	struct fault f = look(A);
	check_is("pending/code", f.code, PN_VECTOR(PN_DIVIDE));
	check_is("pending/info", f.info, ADDRESS(divide_here));
	check_is("pending/state", f.state, PN_FAULTED);
	check_is("pending/executes-nothing", passed[A], 0);
	check_is("pending/stays-at-the-instruction", register_of(A, PN_RIP), ADDRESS(divide_here));
	check("pending/others-go-on", alive);
	check_is("pending/others-have-no-fault", look(C).code, 0);
}

static void handler_later(void)
{
	play(B, note_faults, B);
	reaches(B, PN_OPEN);
	give_entry(A, PN_HANDLER, B, 77);
	check("pending/later-handler-is-told-at-once", state_of(A) == PN_DELIVERED);
	reaches(B, PN_OPEN);
	wait_a_while();
	check_is("pending/told-once", told[B].count, 1);
	check_is("pending/told-the-code", told[B].m.w[0], PN_VECTOR(PN_DIVIDE));
	check_is("pending/told-the-info", told[B].m.w[1], ADDRESS(divide_here));
	give_entry(A, PN_HANDLER, B, 78);
	wait_a_while();
	check_is("pending/new-handler-is-not-told-again", told[B].count, 1);
	check_is("pending/still-executes-nothing", passed[A], 0);
}

/* The controller's own ways to end a fault. */
static void dropped(void)
{
	play(A, divide, A);
	reaches(A, PN_FAULTED);
	divisor = 1;
	pn_start(PROCESS(A));
	check("dropped/start-ends-the-fault", finishes(A) && passed[A] == 1);
	divisor = 0;
	play(A, divide, A);
	reaches(A, PN_FAULTED);
	pn_stop(PROCESS(A));
	struct fault f = look(A);
	check("dropped/stop-ends-the-fault", f.state == PN_INACTIVE && f.code == 0);
	play(B, note_faults, B);
	reaches(B, PN_OPEN);
	give_entry(A, PN_HANDLER, B, 0);
	wait_a_while();
	check_is("dropped/nobody-is-told-later", told[B].count, 0);
}

void pending(void)
{
	clear_stage();
	forget();
	without_handler();
	handler_later();
	clear_stage();
	forget();
	dropped();
}
