/* User code could make the kernel assert. A process with many capabilities makes system
   calls at random; the kernel and everybody whom it cannot name go on. */
#include "scenes.h"

#define ROUNDS 40
#define CALLS  500

static uint64_t chance;

static uint64_t any(void)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return chance;
}

static uint64_t below(uint64_t n) { return any() % n; }

/* Well formed for the most part, so that it gets past the first test. */
static uint64_t some_control(void)
{
	uint64_t phase = below(3) << 4, rest = PN_WORDS(below(65)) | PN_CAPS(below(5));

	if (below(16) == 0)
		return any() >> below(64);
	if (phase == PN_SEND)
		rest |= (below(4) ? PN_NB : 0) | (below(8) ? 0 : PN_RECV);
	return phase | rest | (below(4) ? 0 : PN_REGS);
}

static uint64_t some_descriptor(void)
{
	uint64_t fields = any() >> 14; /* ten of five bits */

	return below(16) ? (fields & ~31ull) | (DOOR + below(12)) : any();
}

static void monkey(struct page *page, uint64_t seed)
{
	chance = seed;
	for (unsigned i = 0; i < CALLS; i++) {
		struct message m;

		for (unsigned k = 0; k < PN_REG_WORDS; k++)
			m.w[k] = below(2) ? below(PN_DESTROY) : any();
		for (unsigned k = PN_REG_WORDS; k < PN_MAX_WORDS; k++)
			page->w[k] = any();
		pn_do(some_control(), some_descriptor(), &m);
	}
}

/* What it can name: B's, D's and E's doors, E itself, its own process and endpoint. */
static void arm(void)
{
	give_entry(A, DOOR, B, 1);
	give_entry(A, DOOR + 1, E, 2);
	give_entry(A, DOOR + 2, A, 3);
	give_process(A, DOOR + 3, E);
	give(A, DOOR + 4, ENDPOINT(E));
	give_proxy(A, DOOR + 5, E, 4);
	give_proxy(A, DOOR + 6, A, 5);
	give_process(A, DOOR + 7, A);
	give_entry(E, PN_PROXY_RECEIVER, B, 6);
	give_entry(E, PN_HANDLER, A, 7);
	give_entry(A, PN_HANDLER, B, 8);
}

static void caller(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (;;)
		pn_call(DOOR, 0, &m);
}

void fuzzing(void)
{
	unsigned over = 0;

	/* the reporter must not hear what a monkey writes */
	pn_get_slot(PROCESS(A), REPORT, KEPT);
	pn_get_slot(PROCESS(E), REPORT, KEPT + 1);
	take_away(A, REPORT);
	take_away(E, REPORT);
	for (unsigned round = 0; round < ROUNDS; round++) {
		clear_stage();
		forget();
		arm();
		give_entry(D, DOOR, A, 9);
		play(B, skip_faults, B);
		play(C, bystander, 0);
		play(D, caller, 0);
		play(A, monkey, 0x9e3779b97f4a7c15 * (round + 1));
		wait_a_while();
		over += others_go_on() && look(C).held == 0;
	}
	give(A, REPORT, KEPT);
	give(E, REPORT, KEPT + 1);
	check_is("fuzzing/others-go-on", over, ROUNDS);
}
