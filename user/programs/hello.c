/* A client asks a server to double a number. */
#include "report.h"
#include "start.h"

#define SERVER 2 /* the client's capability register that holds an Entry to the server */
#define CALLER 2 /* where the server keeps the capability to answer whoever called it */

PROCESS(client)
{
	struct message m = { .w = { 21 } };

	pn_call(SERVER, 1, &m);
	say("the server says %u", m.w[0]);
	end(m.w[0] != 42);
}

PROCESS(server)
{
	struct message m = { 0 };

	for (pn_receive(CALLER, &m);; pn_answer_receive(CALLER, 1, &m))
		m.w[0] *= 2;
}
