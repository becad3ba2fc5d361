/* A client asks a server to double a number. */
#include "ipc.h"
#include "report.h"

#define SERVER 2 /* the client's capability register that holds an Entry to the server */
#define CALLER 2 /* where the server keeps the Resume of whoever called it */

static void client(void)
{
	struct message m = { .w = { 21 } };

	pn_call(SERVER, 1, &m);
	say("the server says %u", m.w[0]);
	end(m.w[0] != 42);
}

static void server(void)
{
	struct message m = { 0 };

	for (pn_receive(CALLER, &m);; pn_answer_receive(CALLER, 1, &m))
		m.w[0] *= 2;
}

int main(struct page *page, uint64_t argument)
{
	(void)page;
	argument ? server() : client();
	return 0;
}
