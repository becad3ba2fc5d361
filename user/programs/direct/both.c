/* The same play in both designs, act by act: T waits for V; S calls; R gets the call
   and has T held; V answers T; R answers S and releases T. The only difference is who
   keeps S's reply capability meanwhile, so both traces must be the same. */
#include "scenes.h"

enum design { PROXY, DIRECT, DESIGNS };
#define LONGEST 32

struct trace {
	volatile unsigned length;
	uint64_t events[LONGEST];
};
static struct trace traces[DESIGNS];
static volatile enum design now;
static volatile unsigned act;

static void event(char who, uint64_t what)
{
	struct trace *t = &traces[now];

	if (t->length < LONGEST)
		t->events[t->length++] = (uint64_t)(unsigned char)who << 56 | what;
}

static void wait_for_act(unsigned n)
{
	while (act < n)
		pn_yield();
}

static void target(struct page *page, uint64_t unused)
{
	struct message m = { .w = { 10 } };

	(void)page, (void)unused;
	event('T', 10);
	pn_call(DOOR, 1, &m);
	event('T', m.w[0]);
	event('T', PN_KIND(m.tag));
}

static void server(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_receive(CALLER, &m);
	event('V', m.w[0]);
	wait_for_act(2);
	m.w[0] = 20;
	event('V', pn_send(CALLER, 1, &m));
}

static void watchdog(struct page *page, uint64_t unused)
{
	struct message m = { .w = { 30, 31 } };

	(void)page, (void)unused;
	event('S', 30);
	pn_call(DOOR, 2, &m);
	event('S', m.w[0]);
	event('S', PN_KIND(m.tag));
}

/* The two designs differ here: where T and the reply come from. */
static unsigned target_cap(void) { return now == PROXY ? CALLER : TARGET; }

static unsigned reply_cap(void)
{
	if (now == DIRECT)
		return CALLER;
	pn_take_reply(CALLER, EXTRA);
	return EXTRA;
}

static void receiver(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_receive(CALLER, &m);
	if (now == DIRECT)
		pn_hold(TARGET);
	event('R', m.badge);
	event('R', m.w[0]);
	event('R', m.w[1]);
	event('R', PN_COUNT(m.tag));
	wait_for_act(3);
	m.w[0] = 40;
	event('R', pn_send(reply_cap(), 1, &m));
	wait_for_act(4);
	event('R', pn_release(target_cap(), 0));
}

static void note_target(void)
{
	struct fault f = look(T);

	event('J', f.held << 8 | f.state);
	event('J', state_of(S));
}

static void cast(enum design d)
{
	clear_stage();
	now = d;
	act = 0;
	traces[d].length = 0;
	give_entry(T, DOOR, V, 0);
	give_entry(T, PN_PROXY_RECEIVER, R, 0);
	give_process(R, TARGET, T);
	if (d == PROXY)
		give_proxy(S, DOOR, T, 77);
	else
		give_entry(S, DOOR, R, 77);
}

static void perform(enum design d)
{
	cast(d);
	play(V, server, 0);
	play(R, receiver, 0);
	reaches(R, PN_OPEN);
	play(T, target, 0);
	reaches(T, PN_CLOSED);
	note_target();
	play(S, watchdog, 0);
	reaches(S, PN_CLOSED);
	for (act = 1; act <= 4; act++) {
		wait_a_while();
		note_target();
	}
	finishes(R);
	finishes(T);
	note_target();
}

/* The next event of `who` from place i on. Who of two ready processes comes first is
   the timer's affair, so each one's events are compared by themselves. */
static unsigned next(const struct trace *t, char who, unsigned i)
{
	while (i < t->length && t->events[i] >> 56 != (unsigned char)who)
		i++;
	return i;
}

static unsigned differences(char who)
{
	const struct trace *p = &traces[PROXY], *d = &traces[DIRECT];
	unsigned i = next(p, who, 0), j = next(d, who, 0), count = 0;

	while (i < p->length && j < d->length) {
		count += p->events[i] != d->events[j];
		i = next(p, who, i + 1);
		j = next(d, who, j + 1);
	}
	return count + (i < p->length) + (j < d->length);
}

void both_designs(void)
{
	perform(PROXY);
	perform(DIRECT);
	check_is("both/length", traces[PROXY].length, 26);
	check_is("both/same-to-the-target", differences('T'), 0);
	check_is("both/same-to-the-server", differences('V'), 0);
	check_is("both/same-to-the-sender", differences('S'), 0);
	check_is("both/same-to-the-receiver", differences('R'), 0);
	check_is("both/same-from-outside", differences('J'), 0);
}
