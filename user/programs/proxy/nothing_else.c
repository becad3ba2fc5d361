/* Held says only "not dispatched": T's place in a queue, its wait and its registers
   are as they were; it gets its messages, and other processes theirs. */
#include "scenes.h"

static volatile uint64_t order[3];
static volatile unsigned arrived;

static void collector(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (unsigned i = 0; i < 3; i++) {
		pn_receive(0, &m);
		order[arrived++ % 3] = m.w[0];
	}
}

/* T is the second of three in V's queue, and is held there by a proxied message. */
static void in_a_queue(void)
{
	clear_stage();
	forget_proxied();
	arrived = 0;
	appoint(0);
	give_entry(E, DOOR, V, 0);
	give_entry(T, DOOR, V, 0);
	give_entry(F, DOOR, V, 0);
	play(E, send_door, E);
	reaches(E, PN_SENDING);
	play(T, send_door, T);
	reaches(T, PN_SENDING);
	play(F, send_door, F);
	reaches(F, PN_SENDING);
	play(R, receive_proxied, 0);
	reaches(R, PN_OPEN);
	play(S, send_door, S);
	finishes(S);
	check("nothing-else/held-in-a-queue", look(T).held == 1 && state_of(T) == PN_SENDING);
	play(V, collector, 0);
	check("nothing-else/keeps-its-place",
	      finishes(V) && order[0] == E && order[1] == T && order[2] == F);
	check("nothing-else/sent-but-held", state_of(T) == PN_READY && passed[T] == 0);
	pn_release(PROCESS(T), 0);
	check("nothing-else/goes-on", finishes(T) && passed[T] == 1);
}

/* T waits openly and gets a message while held: it finds it after release. */
static void in_open_wait(void)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	give_entry(V, DOOR, T, 6);
	play(T, note_faults, T);
	reaches(T, PN_OPEN);
	play(R, receive_proxied, 0);
	reaches(R, PN_OPEN);
	play(S, send_door, S);
	finishes(S);
	wait_a_while();
	check("nothing-else/held-while-receiving", look(T).held == 1 && state_of(T) == PN_OPEN);
	play(V, send_door, V);
	check("nothing-else/sender-is-not-delayed", finishes(V) && state_of(T) == PN_READY);
	wait_a_while();
	check_is("nothing-else/not-seen-yet", told[T].count, 0);
	pn_release(PROCESS(T), 0);
	check("nothing-else/seen-after-release", reaches(T, PN_OPEN) && told[T].count == 1
	      && told[T].m.w[0] == V && told[T].m.badge == 6);
}

/* Words, the message page and capabilities come as in any message. */
static void sender_of_much(struct page *page, uint64_t unused)
{
	struct message m = { .w = { 1, 2, 3, 4, 5, 6 } };

	(void)unused;
	for (unsigned i = PN_REG_WORDS; i < 10; i++)
		page->w[i] = i + 1;
	pn_do(PN_SEND | PN_WORDS(10) | PN_CAPS(1), PN_INVOKED(DOOR) | PN_GIVE(0, EXTRA), &m);
}

static volatile unsigned good;

static void receiver_of_much(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)unused;
	pn_do(PN_RECV, PN_REPLY(CALLER) | PN_TAKE(0, EXTRA), &m);
	good = PN_COUNT(m.tag) == 10 && PN_TAKEN(m.tag) == 1 && PN_KIND(m.tag) == PN_PROXIED;
	for (unsigned i = 0; i < 10; i++)
		good = good && (i < PN_REG_WORDS ? m.w[i] : page->w[i]) == i + 1;
	m.w[0] = 88;
	pn_send(EXTRA, 1, &m);
}

static void whole_message(void)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	give_proxy(E, DOOR, T, 0);
	give_entry(E, EXTRA, V, 0);
	play(V, note_faults, V);
	play(R, receiver_of_much, 0);
	reaches(R, PN_OPEN);
	play(E, sender_of_much, 0);
	check("nothing-else/ten-words", finishes(R) && good);
	reaches(V, PN_OPEN);
	check_is("nothing-else/a-capability", told[V].m.w[0], 88);
}

void nothing_else(void)
{
	in_a_queue();
	in_open_wait();
	whole_message();
}
