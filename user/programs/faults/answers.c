/* What a handler's answer does: try again, or go on with other registers. Only that
   process waits for it, and an answer counts once. */
#include "scenes.h"

static void again(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, retry_faults, B);
	play(A, divide, A);
	check("answers/tries-again", finishes(A) && passed[A] == 1 && told[B].count == 1);
	check_is("answers/fault-is-gone", look(A).code, 0);
}

static void with_registers(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, skip_faults, B);
	play(A, undefined, A);
	check("answers/goes-on-behind", finishes(A) && passed[A] == 1 && told[B].count == 1);
}

/* A handler may change all of them. */
static volatile uint64_t seen[3];

__attribute__((noipa)) static void three_registers(struct page *page, uint64_t unused)
{
	register uint64_t x __asm__("r12") = 1, y __asm__("r15") = 2, z __asm__("rax") = 3;

	(void)page, (void)unused;
	__asm__ volatile("ud2" : "+r"(x), "+r"(y), "+r"(z));
	seen[0] = x;
	seen[1] = y;
	seen[2] = z;
}

static void replacer(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)unused;
	pn_receive(CALLER, &m);
	page->w[PN_REGISTER_WORD + PN_R12] = 1001;
	page->w[PN_REGISTER_WORD + PN_R15] = 1002;
	page->w[PN_REGISTER_WORD + PN_RAX] = 1003;
	answer_past(page, CALLER, 2);
}

static void replaced(void)
{
	clear_stage();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, replacer, 0);
	play(A, three_registers, 0);
	check("answers/replaces-registers",
	      finishes(A) && seen[0] == 1001 && seen[1] == 1002 && seen[2] == 1003);
}

/* It never answers: nobody else minds. */
static void never(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, note_faults, B);
	play(C, bystander, 0);
	play(A, divide, A);
	reaches(A, PN_DELIVERED);
	check("answers/never/only-that-process-waits", others_go_on() && passed[A] == 0);
	check_is("answers/never/handler-serves-on", state_of(B), PN_OPEN);
	check_is("answers/never/fault-is-kept", look(A).code, PN_VECTOR(PN_DIVIDE));
}

/* The same Resume twice: the second time it is nothing. */
static void twice(void)
{
	struct message m = { 0 };

	pn_get_slot(PROCESS(B), CALLER, KEPT);
	pn_get_slot(PROCESS(B), CALLER, KEPT + 1);
	divisor = 1;
	check_is("answers/once", pn_send(KEPT, 0, &m), PN_OK);
	check("answers/once/goes-on", finishes(A));
	check_is("answers/twice", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
	check_is("answers/twice/by-copy", pn_send(KEPT + 1, 0, &m), PN_INVALID_CAP);
}

void answers(void)
{
	again();
	with_registers();
	replaced();
	never();
	twice();
}
