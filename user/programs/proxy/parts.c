#include "scenes.h"

volatile unsigned proxied;
struct message proxied_message;

void forget_proxied(void)
{
	forget();
	proxied = 0;
	proxied_message = (struct message){ 0 };
}

void receive_proxied(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (;;) {
		pn_receive(CALLER, &m);
		proxied_message = m;
		proxied++;
	}
}

void call_door(struct page *page, uint64_t word)
{
	struct message m = { .w = { word } };

	(void)page;
	pn_call(DOOR, 1, &m);
	passed[word % ACTORS] = m.w[0];
}

void send_door(struct page *page, uint64_t word)
{
	struct message m = { .w = { word } };

	(void)page;
	pn_send(DOOR, 1, &m);
	passed[word % ACTORS]++;
}

void appoint(uint64_t badge)
{
	give_entry(T, PN_PROXY_RECEIVER, R, 9);
	give_proxy(S, DOOR, T, badge);
}
