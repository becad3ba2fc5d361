/* Thousands of processes: each calls the server, faults, is restarted by the keeper,
   and calls once more. The server checks that each came twice. */
#include "report.h"
#include "start.h"

#define SERVER 2
#define CALLER 3
#define MOST   5000u

static unsigned char came[MOST];

PROCESS(person)
{
	struct message m = { .w = { argument } };

	if (pn_call(SERVER, 1, &m) != PN_OK || m.w[0] != argument + 1)
		return;
	__asm__ volatile("ud2" : : : "memory"); /* the keeper lets it go on behind */
	m.w[0] = argument;
	pn_call(SERVER, 1, &m);
}

PROCESS(keeper)
{
	struct message m = { 0 };

	pn_receive(CALLER, &m);
	for (;;) {
		page->w[PN_REGISTER_WORD + PN_RIP] += 2;
		pn_do(PN_SEND | PN_RECV | PN_REGS, PN_INVOKED(CALLER) | PN_REPLY(CALLER), &m);
	}
}

static void check_all(uint64_t people)
{
	uint64_t twice = 0;

	for (uint64_t i = 1; i <= people; i++)
		twice += came[i] == 2;
	check_is("crowd/each-came-twice", twice, people);
	end(0);
}

PROCESS(server)
{
	struct message m = { 0 };
	uint64_t wrong = 0;

	introduce("crowd");
	pn_receive(CALLER, &m);
	for (uint64_t calls = 1; calls < 2 * argument; calls++) {
		came[m.w[0] % MOST]++;
		wrong += PN_KIND(m.tag) != PN_MESSAGE || m.badge != 5;
		m.w[0]++;
		pn_answer_receive(CALLER, 1, &m);
	}
	came[m.w[0] % MOST]++;
	check_is("crowd/all-messages-right", wrong, 0);
	check_all(argument);
}
