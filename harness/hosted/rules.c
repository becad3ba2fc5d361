#include "rules.h"
#include <stddef.h>
#include "core.h"
#include "ring.h"

static int process_node(uint32_t n) { return n < NPROC; }
static int agent_node(uint32_t n) { return 2 * NPROC <= n && n < 3 * NPROC; }
static int fifo_node(uint32_t n) { return NPROC <= n && n < 2 * NPROC; }
static int proxyq_node(uint32_t n) { return 3 * NPROC <= n && n < 4 * NPROC; }
static int head_node(uint32_t n) { return !process_node(n) && !agent_node(n); }

/* Walk every ring from its head: all nodes have that home, none is met twice. */
static const char *rings(void)
{
	static uint8_t met[NNODE];
	for (uint32_t n = 0; n < NNODE; n++) {
		met[n] = 0;
		if (links[n].next >= NNODE || links[n].prev >= NNODE)
			return "a link leads out of the table";
		if (links[links[n].next].prev != n || links[links[n].prev].next != n)
			return "next and prev do not match";
	}
	for (uint32_t q = 0; q < NNODE; q++) {
		if (!head_node(q))
			continue;
		if (links[q].home != q)
			return "a head has another home";
		for (uint32_t n = links[q].next; n != q; n = links[n].next) {
			if (met[n]++ || head_node(n) || links[n].home != q)
				return "a queue holds what is not its own";
		}
	}
	for (uint32_t n = 0; n < NNODE; n++)
		if (!head_node(n) && !met[n] && (links[n].home != n || links[n].next != n))
			return "a node in no queue has a home or neighbours";
	return NULL;
}

/* Who is to be told of p's fault; NONE if nobody can be, or p's epochs are used up. */
static uint32_t handler(uint32_t p)
{
	struct cap h = procs[p].handler;

	if (procs[p].epoch >= UINT64_MAX - 1 || h.kind != CAP_ENTRY || endpoints[h.object].version != h.version
	    || procs[endpoints[h.object].owner].state == ST_UNUSED)
		return NONE;
	return endpoints[h.object].owner;
}

/* Where a process in its state may be queued. */
static int at_home(uint32_t p)
{
	uint32_t h = links[p].home;
	switch (procs[p].state) {
	case ST_READY:   return h == (procs[p].held || current == p ? p : READYQ);
	case ST_SENDING: return fifo_node(h) || proxyq_node(h);
	case ST_FAULTED: return handler(p) == NONE ? h == p || fifo_node(h) : h == FIFO(handler(p));
	case ST_UNUSED:  return h == p || h == REAPQ;
	default:         return h == p;
	}
}

static int agent_at_home(uint32_t p)
{
	uint32_t h = links[AGENT(p)].home;
	return h == AGENT(p) || h == REAPQ || (fifo_node(h) && h != FIFO(p));
}

static const char *capability(struct cap c)
{
	switch (c.kind) {
	case CAP_NULL: return NULL;
	case CAP_PROCESS:
		return c.object < NPROC && c.version <= procs[c.object].version ? NULL : "a Process capability from the future";
	case CAP_RESUME:
		return c.object < NPROC && c.version <= procs[c.object].epoch ? NULL : "a Resume capability from the future";
	case CAP_ENDPOINT: case CAP_ENTRY: case CAP_PROXY:
		return c.object < NENDP && c.version <= endpoints[c.object].version ? NULL : "an Entry capability from the future";
	default: return NULL;
	}
}

static const char *capabilities(const struct process *x)
{
	const struct cap *zero = &x->caps.r[0];
	const char *why = NULL;
	if (zero->kind != CAP_NULL || zero->object || zero->version || zero->badge)
		return "register 0 is not Null";
	for (uint32_t k = 0; k < NCAP && !why; k++)
		why = capability(x->caps.r[k]);
	if (!why) why = capability(x->handler);
	if (!why) why = capability(x->proxy_receiver);
	if (!why) why = capability(x->proxy_reply);
	return why;
}

static const char *process(uint32_t p)
{
	const struct process *x = &procs[p];
	int faulty = x->state == ST_FAULTED || x->state == ST_DELIVERED;
	if (x->state > ST_DELIVERED) return "a run state that does not exist";
	if (x->held > 1) return "held more than once";
	if (!at_home(p)) return "a process waits where its run state does not say";
	if (!agent_at_home(p)) return "an agent waits where none may";
	if ((x->state == ST_CLOSED || x->state == ST_DELIVERED) && x->epoch == UINT64_MAX)
		return "an answer that cannot be given is waited for";
	if ((x->fault_code != 0) != faulty) return "fault code and run state disagree";
	if (x->proxy_reply.kind != CAP_NULL && !x->held) return "a stored reply of a process that is not held";
	if (x->proxy_reply.kind != CAP_NULL && x->proxy_reply.kind != CAP_RESUME) return "a stored reply that is none";
	if (x->handler.kind != CAP_NULL && x->handler.kind != CAP_ENTRY) return "a handler that is none";
	if (x->proxy_receiver.kind != CAP_NULL && x->proxy_receiver.kind != CAP_ENTRY) return "a proxy receiver that is none";
	if (x->state == ST_OPEN && links[FIFO(p)].next != FIFO(p)) return "a receiver sleeps over a waiting sender";
	if (x->state != ST_UNUSED && !x->held && links[PROXYQ(p)].next != PROXYQ(p)
	    && links[AGENT(p)].home == AGENT(p)) return "a proxied sender that nobody speaks for";
	if (x->state == ST_UNUSED && links[p].home != REAPQ
	    && (links[FIFO(p)].next != FIFO(p) || links[PROXYQ(p)].next != PROXYQ(p)))
		return "senders to a destroyed process that nobody will tell";
	return NULL;
}

/* Each number that is used as an index is one. */
static const char *numbers(void)
{
	const char *why = NULL;
	for (uint32_t e = 0; e < NENDP; e++)
		if (endpoints[e].owner >= NPROC)
			return "an endpoint's owner does not exist";
	for (uint32_t p = 0; p < NPROC && !why; p++)
		why = capabilities(&procs[p]);
	return why;
}

static const char *running(void)
{
	if (current == NONE) return NULL;
	if (current >= NPROC) return "the running process does not exist";
	return procs[current].state == ST_READY && !procs[current].held ? NULL : "the running process may not run";
}

const char *broken_rule(void)
{
	const char *why = numbers();
	if (!why) why = running();
	if (!why) why = rings();
	for (uint32_t p = 0; p < NPROC && !why; p++)
		why = process(p);
	return why;
}

static int no_kind(struct cap c) { return c.kind > CAP_RESUME && c.kind != CAP_PROXY; }

const char *broken_habit(void)
{
	for (uint32_t p = 0; p < NPROC; p++) {
		const struct process *x = &procs[p];
		if (x->state == ST_UNUSED && links[AGENT(p)].home != AGENT(p))
			return "a destroyed process has an agent";
		for (uint32_t k = 0; k < NCAP; k++)
			if (no_kind(x->caps.r[k]))
				return "a capability of no kind";
	}
	return NULL;
}
