/* A first handler declines a fault and passes it on, with the right to answer it, to a
   second one: the memory keeper and the process keeper of EROS. */
#include "scenes.h"

static void first_keeper(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	pn_receive(CALLER, &m);
	note((enum actor)me, &m, page);
	pn_do(PN_SEND | PN_WORDS(PN_FAULT_WORDS) | PN_CAPS(1),
	      PN_INVOKED(DOOR) | PN_GIVE(0, CALLER), &m);
}

static void second_keeper(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	pn_do(PN_RECV, PN_TAKE(0, CALLER), &m);
	note((enum actor)me, &m, page);
	answer_past(page, CALLER, (uint64_t)(undefined_past - undefined_here));
}

static unsigned same_story(void)
{
	unsigned bad = 0;

	for (unsigned i = 0; i < PN_REG_WORDS; i++)
		bad += told[B].m.w[i] != told[C].m.w[i];
	for (unsigned i = 0; i < PN_REGISTERS; i++)
		bad += told[B].registers[i] != told[C].registers[i];
	return bad;
}

void declining(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 1);
	give_entry(B, DOOR, C, 2);
	play(B, first_keeper, B);
	play(C, second_keeper, C);
	reaches(C, PN_OPEN);
	play(A, undefined, A);
	check("declining/second-keeper-restarts-it", finishes(A) && passed[A] == 1);
	check("declining/both-were-told", told[B].count == 1 && told[C].count == 1);
	check_is("declining/the-same-story", same_story(), 0);
	struct message m = { 0 };
	pn_get_slot(PROCESS(B), CALLER, KEPT);
	check_is("declining/first-keeper-has-nothing-left", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
}
