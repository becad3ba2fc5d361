/* When R cannot take the message now, or ever: T is untouched. */
#include "scenes.h"

static volatile uint64_t status;
static volatile unsigned ready;

static void knock(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	status = pn_send_nb(DOOR, 0, &m);
}

static void call(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	status = pn_call(DOOR, 0, &m);
}

static void busy(struct page *page, uint64_t unused)
{
	while (!ready)
		pn_yield();
	receive_proxied(page, unused);
}

static void receiver_busy(void)
{
	clear_stage();
	forget_proxied();
	ready = 0;
	appoint(0);
	play(T, bystander, 0);
	play(R, busy, 0);
	play(S, knock, 0);
	check("refused/nb/sender-goes-on", finishes(S) && status == PN_OK);
	check("refused/nb/target-is-not-held", look(T).held == 0 && others_go_on());
	ready = 1;
	reaches(R, PN_OPEN);
	wait_a_while();
	check_is("refused/nb/dropped", proxied, 0);
	play(S, knock, 0);
	finishes(S);
	wait_a_while();
	check("refused/nb/delivered-when-ready", proxied == 1 && look(T).held == 1);
	check("refused/nb/target-is-held", !others_go_on());
	play(S, knock, 0);
	check("refused/nb/dropped-while-held", finishes(S) && status == PN_OK && proxied == 1);
	pn_release(PROCESS(T), 0);
	wait_a_while();
	check_is("refused/nb/and-not-kept", proxied, 1);
}

static void blocking_waits(void)
{
	clear_stage();
	forget_proxied();
	ready = 0;
	appoint(0);
	play(T, bystander, 0);
	play(R, busy, 0);
	play(S, send_door, S);
	check("refused/blocking/waits", reaches(S, PN_SENDING));
	check("refused/blocking/target-runs", look(T).held == 0 && others_go_on());
	ready = 1;
	check("refused/blocking/delivered", finishes(S));
	wait_a_while();
	check("refused/blocking/target-is-held", proxied == 1 && look(T).held == 1);
}

static void no_receiver(const char *name)
{
	status = PN_OK;
	play(T, bystander, 0);
	play(S, call, 0);
	finishes(S);
	check_is(name, status, PN_INVALID_CAP);
}

void refused(void)
{
	receiver_busy();
	blocking_waits();
	clear_stage();
	give_proxy(S, DOOR, T, 0);
	no_receiver("refused/without-receiver");
	give_entry(T, PN_PROXY_RECEIVER, T, 0);
	no_receiver("refused/receiver-is-the-target");
	check("refused/target-runs", look(T).held == 0 && others_go_on());
}
