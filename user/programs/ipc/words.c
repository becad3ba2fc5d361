/* Calls and answers of every length, within a space and between two. Each side
   checks what came, and that what was not sent is as it was. */
#include "scenes.h"

#define QUESTION 0x1100000000000000u
#define ANSWER   0x2200000000000000u
#define OLD      0x3300000000000000u /* what stands there before */

static uint64_t word(uint64_t kind, unsigned n, unsigned i) { return kind | n << 8 | i; }

static void fill(struct message *m, struct page *page, uint64_t kind, unsigned n)
{
	for (unsigned i = 0; i < PN_MAX_WORDS; i++)
		if (i < PN_REG_WORDS)
			m->w[i] = word(kind, n, i);
		else
			page->w[i] = word(kind, n, i);
}

/* How many words are not what they must be: n that came, the rest as it was. */
static unsigned wrong(const struct message *m, const struct page *page, unsigned n,
                      uint64_t came, uint64_t was)
{
	unsigned count = PN_COUNT(m->tag) != n;

	for (unsigned i = 0; i < PN_MAX_WORDS; i++)
		count += (i < PN_REG_WORDS ? m->w[i] : page->w[i]) != word(i < n ? came : was, n, i);
	return count;
}

static void client(struct page *page, uint64_t name)
{
	struct message m;
	unsigned bad = 0;

	for (unsigned n = 0; n <= PN_MAX_WORDS; n++) {
		fill(&m, page, QUESTION, n);
		bad += pn_call(DOOR, n, &m) != PN_OK || PN_KIND(m.tag) != PN_ANSWER || m.badge != 0;
		bad += wrong(&m, page, n, ANSWER, QUESTION);
	}
	check_is((const char *)name, bad, 0);
}

static void server(struct page *page, uint64_t name)
{
	struct message m;
	unsigned bad = 0;

	fill(&m, page, OLD, 0);
	pn_receive(CALLER, &m);
	for (unsigned n = 0; n <= PN_MAX_WORDS; n++) {
		bad += wrong(&m, page, n, QUESTION, OLD);
		bad += PN_KIND(m.tag) != PN_MESSAGE || !PN_HAS_REPLY(m.tag) || m.badge != 99;
		fill(&m, page, ANSWER, n);
		pn_do(PN_SEND | PN_WORDS(n), PN_INVOKED(CALLER), &m);
		fill(&m, page, OLD, n + 1);
		if (n < PN_MAX_WORDS)
			pn_receive(CALLER, &m);
	}
	check_is((const char *)name, bad, 0);
}

static void exchange(enum actor from, enum actor to, const char *asks, const char *serves)
{
	clear_stage();
	give_entry(from, DOOR, to, 99);
	play(to, server, (uint64_t)(uintptr_t)serves);
	play(from, client, (uint64_t)(uintptr_t)asks);
	finishes(from);
	finishes(to);
}

void words(void)
{
	exchange(A, B, "words/same-space/client", "words/same-space/server");
	exchange(E, F, "words/two-spaces/client", "words/two-spaces/server");
}
