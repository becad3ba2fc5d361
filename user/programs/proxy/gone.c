/* Somebody goes away in the middle: R faults, T is destroyed, R is destroyed. Whoever
   holds a Process capability to T can clear up. */
#include "scenes.h"

static void faulty_receiver(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	pn_receive(CALLER, &m);
	undefined(page, me);
}

static void receiver_faults(void)
{
	clear_stage();
	forget_proxied();
	appoint(0);
	play(T, bystander, 0);
	play(R, faulty_receiver, R);
	reaches(R, PN_OPEN);
	play(S, call_door, S);
	check("gone/receiver-faults", reaches(R, PN_FAULTED));
	check("gone/target-stays-held", look(T).held == 1 && !others_go_on());
	check_is("gone/anyone-can-release", pn_release(PROCESS(T), 1), PN_OK);
	check("gone/target-runs", others_go_on());
}

/* R = B stays, T = E is destroyed. */
static volatile uint64_t statuses[4];
static volatile unsigned destroyed;

static void surviving_receiver(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_receive(CALLER, &m);
	proxied++;
	while (!destroyed)
		pn_yield();
	statuses[0] = pn_release(CALLER, 1);
	statuses[1] = pn_take_reply(CALLER, STORED);
	statuses[2] = pn_plain(CALLER, PN_READ_FAULT, 0);
	statuses[3] = pn_send(STORED, 0, &m);
}

static void target_destroyed(void)
{
	clear_stage();
	forget_proxied();
	give_entry(E, PN_PROXY_RECEIVER, R, 0);
	give_proxy(S, DOOR, E, 0);
	play(R, surviving_receiver, 0);
	reaches(R, PN_OPEN);
	play(S, call_door, S);
	reaches(S, PN_CLOSED);
	check_is("gone/destroy-target", pn_destroy(PROCESS(E)), PN_OK);
	destroyed = 1;
	check("gone/receiver-is-unharmed", finishes(R));
	check("gone/its-process-capability-is-void", statuses[0] == PN_INVALID_CAP
	      && statuses[1] == PN_INVALID_CAP && statuses[2] == PN_INVALID_CAP);
	check_is("gone/stored-reply-is-gone", statuses[3], PN_INVALID_CAP);
	check_is("gone/sender-waits-on", state_of(S), PN_CLOSED);
	check_is("gone/controllers-capability-is-void", pn_release(PROCESS(E), 1), PN_INVALID_CAP);
	pn_stop(PROCESS(S));
	play(S, call_door, S);
	check("gone/entry-is-void", finishes(S));
}

/* R = F is destroyed after it got the message for T. */
static void receiver_destroyed(void)
{
	clear_stage();
	forget_proxied();
	give_entry(T, PN_PROXY_RECEIVER, F, 0);
	give_proxy(S, DOOR, T, 0);
	give_proxy(V, DOOR, T, 0);
	play(T, bystander, 0);
	play(F, receive_proxied, 0);
	reaches(F, PN_OPEN);
	play(S, send_door, S);
	finishes(S);
	play(V, call_door, V);
	reaches(V, PN_SENDING);
	pn_destroy(PROCESS(F));
	check("gone/held-without-receiver", look(T).held == 1 && !others_go_on());
	pn_release(PROCESS(T), 0);
	check("gone/released-without-receiver", others_go_on());
	check("gone/waiting-sender-is-told", finishes(V));
}

void gone(void)
{
	receiver_faults();
	target_destroyed();
	receiver_destroyed();
}
