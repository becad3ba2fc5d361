/* The director sets each act going and says how things stand in between. */
#include "demo.h"

static const char *const states[] = {
	"not there", "not started", "ready", "waiting to send", "waiting for a message",
	"waiting for its answer", "stopped by a fault that nobody was told of",
	"stopped by a fault that its handler was told of" };

static struct fault look(unsigned process)
{
	struct fault f;

	pn_read_fault(process, &f);
	return f;
}

static void wait_for(unsigned process, enum pn_state state)
{
	while (look(process).state != state)
		pn_yield();
}

static void let_them(void)
{
	for (unsigned i = 0; i < 50; i++)
		pn_yield();
}

static void tell(unsigned door, uint64_t a, uint64_t b)
{
	struct message m = { .w = { a, b } };

	pn_send(door, 2, &m);
}

static void describe(const char *who, unsigned process)
{
	struct fault f = look(process);

	say("the %s is %s%s", who, states[f.state & 7], f.held ? ", and held" : "");
}

static void a_fault_is_a_message(void)
{
	say("--- 1. a fault is a message to a handler of one's own choice");
	tell(WORKERS_DOOR, 84, 2);
	wait_for(WORKER, PN_OPEN);
}

static void a_handler_may_come_late(void)
{
	say("--- 2. without a handler it stops; a handler that comes later is told then");
	pn_set_slot(WORKER, PN_HANDLER, 0);
	tell(WORKERS_DOOR, 99, 3);
	wait_for(WORKER, PN_FAULTED);
	describe("worker", WORKER);
	say("I install the keeper");
	pn_set_slot(WORKER, PN_HANDLER, KEEPERS_DOOR);
	wait_for(WORKER, PN_OPEN);
}

/* The client asks the server; before it has its answer, the watchdog barks. */
static void interrupt_a_wait(uint64_t by_proxy)
{
	tell(CLIENTS_DOOR, 0, 0);
	wait_for(CLIENT, PN_CLOSED);
	describe("client", CLIENT);
	tell(WATCHDOGS_DOOR, by_proxy, 0);
	let_them();
	describe("client", CLIENT);
	tell(SERVERS_DOOR, 0, 0);
	let_them();
	describe("client", CLIENT);
	wait_for(CLIENT, PN_OPEN);
}

PROCESS(director)
{
	introduce("director");
	a_fault_is_a_message();
	a_handler_may_come_late();
	say("--- 3. proxy entry: a notice for the client holds it and goes to its guardian");
	interrupt_a_wait(1);
	say("--- 4. the same without proxy entry: the guardian holds the client by hand");
	interrupt_a_wait(0);
	say("--- that was all");
	end(0);
}
