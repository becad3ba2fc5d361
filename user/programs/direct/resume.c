/* The right to answer is not the right to hold: a Resume has no methods. */
#include "scenes.h"

static void client(struct page *page, uint64_t unused)
{
	struct message m = { .w = { 1 } };

	(void)page, (void)unused;
	pn_call(DOOR, 1, &m);
}

void resume_cannot(void)
{
	clear_stage();
	forget();
	give_entry(T, DOOR, V, 0);
	play(V, note_faults, V);
	play(T, client, 0);
	reaches(T, PN_CLOSED);
	reaches(V, PN_OPEN);
	pn_get_slot(PROCESS(V), CALLER, KEPT);
	check_is("resume/hold", pn_hold(KEPT), PN_BAD_ARGUMENT);
	check_is("resume/start", pn_start(KEPT), PN_BAD_ARGUMENT);
	check_is("resume/read-registers", pn_read_registers(KEPT), PN_BAD_ARGUMENT);
	check("resume/target-is-untouched", look(T).held == 0 && state_of(T) == PN_CLOSED);
	struct message m = { 0 };
	check_is("resume/still-good-for-the-answer", pn_send(KEPT, 0, &m), PN_OK);
	check("resume/answered", finishes(T));
}
