/* Control words and descriptors that mean nothing: refused, and nothing else changes. */
#include "scenes.h"

static volatile unsigned heard;

static void listener(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (;;) {
		pn_receive(0, &m);
		heard++;
	}
}

static const uint64_t controls[] = {
	2, 3, 7, 8, 15,                         /* operations that there are not */
	PN_YIELD | PN_SEND, PN_YIELD | PN_WORDS(1), PN_YIELD | 1ull << 63,
	PN_SEND | PN_CALL,                      /* phase 3 */
	PN_NB, PN_NB | PN_RECV,                 /* nothing is sent */
	PN_CALL | PN_NB, PN_CALL | PN_RECV,     /* a call waits, and for its answer only */
	PN_SEND | PN_WORDS(65), PN_SEND | PN_WORDS(127),
	PN_SEND | PN_CAPS(5), PN_SEND | PN_CAPS(7),
	PN_SEND | 1 << 15, PN_SEND | 1 << 19,   /* bits without meaning */
	PN_SEND | 1 << 21, PN_SEND | 1u << 31, PN_SEND | 1ull << 32, PN_SEND | 1ull << 63,
	~0ull,
};

static const uint64_t descriptors[] = { 1ull << 50, 1ull << 55, 1ull << 63, ~0ull };

/* How much of what must happen did not: refused, the words as they were. */
static unsigned wrong(uint64_t control, uint64_t descriptor)
{
	struct message m = { .w = { 1, 2, 3, 4, 5, 6 } };
	unsigned bad = pn_do(control, descriptor, &m) != PN_MALFORMED || m.tag != PN_MALFORMED;

	for (unsigned i = 0; i < PN_REG_WORDS; i++)
		bad += m.w[i] != i + 1;
	return bad;
}

static void prober(struct page *page, uint64_t unused)
{
	unsigned bad = 0;

	(void)page, (void)unused;
	for (unsigned i = 0; i < sizeof controls / sizeof *controls; i++)
		bad += wrong(controls[i], PN_INVOKED(DOOR));
	check_is("forms/control", bad, 0);
	bad = 0;
	for (unsigned i = 0; i < sizeof descriptors / sizeof *descriptors; i++) {
		bad += wrong(PN_SEND, PN_INVOKED(DOOR) | descriptors[i]);
		bad += wrong(PN_RECV, descriptors[i]);
	}
	check_is("forms/descriptor", bad, 0);
}

void forms(void)
{
	clear_stage();
	heard = 0;
	give_entry(A, DOOR, B, 0);
	play(B, listener, 0);
	reaches(B, PN_OPEN);
	play(A, prober, 0);
	check("forms/caller-goes-on", finishes(A));
	check_is("forms/nothing-sent", heard, 0);
	check_is("forms/receiver-waits-on", state_of(B), PN_OPEN);
}
