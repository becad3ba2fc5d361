/* The handler in another space than the process; and a handler that goes away. */
#include "scenes.h"

static void two_spaces(void)
{
	clear_stage();
	forget();
	give_entry(E, PN_HANDLER, F, 0);
	play(F, skip_faults, F);
	play(E, undefined, E);
	check("spaces/two/goes-on", finishes(E));
	give_entry(E, PN_HANDLER, B, 5);
	play(B, skip_faults, B);
	play(E, undefined, E);
	check("spaces/here/goes-on", finishes(E) && told[B].count == 1);
	check_is("spaces/here/badge", told[B].m.badge, 5);
}

/* The handler does not run while it is held, and hears of the fault then. */
static void held_handler(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, skip_faults, B);
	reaches(B, PN_OPEN);
	pn_hold(PROCESS(B));
	play(A, divide, A);
	check("spaces/held-handler/is-told", reaches(A, PN_DELIVERED));
	wait_a_while();
	check_is("spaces/held-handler/does-not-run", told[B].count, 0);
	pn_release(PROCESS(B), 0);
	check("spaces/held-handler/runs-after", finishes(A) && told[B].count == 1);
}

void spaces(void)
{
	two_spaces();
	held_handler();
}
