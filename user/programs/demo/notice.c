/* The client waits for the server's answer and for nothing else. The watchdog has a
   notice for it all the same: the guardian gets it, while the client is held. */
#include "demo.h"

PROCESS(client)
{
	struct message m = { 0 };

	introduce("client");
	for (;;) {
		pn_receive(0, &m);
		say("I ask the server, and wait for its answer only");
		pn_call(ASK_SERVER, 0, &m);
		say("I run again, and have the server's answer: %u", m.w[0]);
	}
}

/* Takes its time: answers when the director says so. */
PROCESS(server)
{
	struct message m = { 0 };

	introduce("server");
	for (;;) {
		pn_receive(CALLER, &m);
		pn_receive(0, &m);
		say("I answer the client");
		m.w[0] = 1234;
		pn_send(CALLER, 1, &m);
	}
}

PROCESS(watchdog)
{
	struct message m = { 0 };

	introduce("watchdog");
	for (;;) {
		pn_receive(0, &m);
		int by_proxy = m.w[0] != 0;
		say(by_proxy ? "I call the client, by proxy entry" : "I call the guardian");
		m.w[0] = 77;
		pn_call(by_proxy ? PROXY_TO_CLIENT : ASK_GUARDIAN, 1, &m);
		say("I am answered: %u", m.w[0]);
	}
}

static void take_your_time(void)
{
	for (unsigned i = 0; i < 200; i++)
		pn_yield();
}

/* What it got tells it where the client and the reply capability are. */
static void attend(unsigned client, unsigned reply, uint64_t notice)
{
	struct message m = { .w = { notice + 1 } };

	take_your_time();
	say("I answer %u, and release the client", m.w[0]);
	pn_send(reply, 1, &m);
	pn_release(client, 0);
}

PROCESS(guardian)
{
	struct message m = { 0 };

	introduce("guardian");
	for (;;) {
		pn_receive(CALLER, &m);
		if (PN_KIND(m.tag) == PN_PROXIED) {
			say("I get notice %u in the client's stead; the kernel holds it", m.w[0]);
			pn_take_reply(CALLER, SPARE);
			attend(CALLER, SPARE, m.w[0]);
		} else {
			pn_hold(CLIENT_BY_HAND);
			say("I get notice %u, and hold the client", m.w[0]);
			attend(CLIENT_BY_HAND, CALLER, m.w[0]);
		}
	}
}
