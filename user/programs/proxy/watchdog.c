/* T waits for V's answer. A watchdog's call reaches R instead of T, and T is held;
   V answers meanwhile. After release T returns from its call with that answer. */
#include "scenes.h"

static volatile unsigned asked;

/* V keeps T waiting until told. */
static volatile unsigned answer_now;

static void slow_server(struct page *page, uint64_t answer)
{
	struct message m = { 0 };

	(void)page;
	pn_receive(CALLER, &m);
	asked++;
	while (!answer_now)
		pn_yield();
	m.w[0] = answer;
	pn_send(CALLER, 1, &m);
}

/* R does what a guardian is for: looks, answers the sender, releases T. */
static volatile unsigned may_answer, may_release;

static void receiver(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_receive(CALLER, &m);
	proxied_message = m;
	proxied++;
	while (!may_answer)
		pn_yield();
	check_is("watchdog/reply-is-stored", pn_take_reply(CALLER, STORED), PN_OK);
	m.w[0] = 4321;
	check_is("watchdog/reply-is-usable", pn_send(STORED, 1, &m), PN_OK);
	while (!may_release)
		pn_yield();
	check_is("watchdog/release", pn_release(CALLER, 0), PN_OK);
}

static void what_r_saw(void)
{
	const struct message *m = &proxied_message;

	check_is("watchdog/kind", PN_KIND(m->tag), PN_PROXIED);
	check_is("watchdog/badge-of-the-sender", m->badge, 0x77);
	check_is("watchdog/endpoint-of-the-target", PN_FROM(m->tag), NUMBER(T));
	check_is("watchdog/word", m->w[0], S);
	check_is("watchdog/process-capability", PN_HAS_REPLY(m->tag), 1);
}

void watchdog(void)
{
	clear_stage();
	forget_proxied();
	appoint(0x77);
	give_entry(T, DOOR, V, 0);
	play(V, slow_server, 1234);
	play(T, call_door, T);
	check("watchdog/target-waits", reaches(T, PN_CLOSED));
	play(R, receiver, 0);
	reaches(R, PN_OPEN);
	play(S, call_door, S);
	check("watchdog/sender-waits", reaches(S, PN_CLOSED));
	wait_a_while();
	check_is("watchdog/delivered", proxied, 1);
	what_r_saw();
	struct fault f = look(T);
	check("watchdog/held-in-its-wait", f.held == 1 && f.state == PN_CLOSED);

	answer_now = 1;
	check("watchdog/answer-is-accepted-while-held", reaches(T, PN_READY));
	wait_a_while();
	check("watchdog/does-not-run-while-held", passed[T] == 0 && state_of(T) == PN_READY);
	may_answer = 1;
	check("watchdog/sender-is-answered", finishes(S) && passed[S] == 4321);
	check_is("watchdog/still-held", look(T).held, 1);
	may_release = 1;
	check("watchdog/returns-with-the-answer", finishes(T) && passed[T] == 1234);
	check("watchdog/released", finishes(R) && look(T).held == 0);
}
