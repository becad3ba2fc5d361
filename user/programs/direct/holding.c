/* Hold takes effect before it returns, counts once, and leaves a closed wait alone. */
#include "scenes.h"

static volatile uint64_t turns_of_t;

static void runner(struct page *page, uint64_t unused)
{
	(void)page, (void)unused;
	for (;;)
		turns_of_t++;
}

static void at_once(void)
{
	clear_stage();
	play(T, runner, 0);
	check("holding/target-runs", moves(&turns_of_t));
	check_is("holding/status", pn_hold(PROCESS(T)), PN_OK);
	uint64_t before = turns_of_t;
	spin();
	check_is("holding/stops-before-it-returns", turns_of_t, before);
	check_is("holding/state-is-as-before", state_of(T), PN_READY);
	check_is("holding/twice", pn_hold(PROCESS(T)), PN_OK);
	check_is("holding/release", pn_release(PROCESS(T), 0), PN_OK);
	check("holding/one-release-is-enough", moves(&turns_of_t));
	check_is("holding/release-of-the-free", pn_release(PROCESS(T), 0), PN_OK);
	check("holding/which-stays-free", moves(&turns_of_t) && look(T).held == 0);
}

static void client(struct page *page, uint64_t unused)
{
	struct message m = { .w = { 1 } };

	(void)page, (void)unused;
	pn_call(DOOR, 1, &m);
	passed[T] = m.w[0];
}

static void in_closed_wait(void)
{
	struct message m = { .w = { 909 } };

	clear_stage();
	forget();
	give_entry(T, DOOR, V, 0);
	play(V, note_faults, V);
	play(T, client, 0);
	reaches(T, PN_CLOSED);
	reaches(V, PN_OPEN);
	pn_hold(PROCESS(T));
	check("holding/keeps-the-wait", state_of(T) == PN_CLOSED && look(T).held == 1);
	pn_get_slot(PROCESS(V), CALLER, KEPT);
	check_is("holding/answer-is-accepted", pn_send(KEPT, 1, &m), PN_OK);
	wait_a_while();
	check("holding/answered-but-held", state_of(T) == PN_READY && passed[T] == 0);
	pn_release(PROCESS(T), 0);
	check("holding/returns-with-the-answer", finishes(T) && passed[T] == 909);
}

/* Started while held: ready, and not before released does it run. */
static void before_the_start(void)
{
	clear_stage();
	forget();
	rehearse(T, client, 0);
	pn_hold(PROCESS(T));
	check_is("holding/start-of-the-held", pn_start(PROCESS(T)), PN_OK);
	wait_a_while();
	check("holding/started-but-held", state_of(T) == PN_READY && look(T).held == 1);
	pn_stop(PROCESS(T));
	check("holding/stop-does-not-release", state_of(T) == PN_INACTIVE && look(T).held == 1);
	pn_release(PROCESS(T), 0);
	check_is("holding/release-does-not-start", state_of(T), PN_INACTIVE);
}

void holding(void)
{
	at_once();
	in_closed_wait();
	before_the_start();
}
