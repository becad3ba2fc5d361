#include "check.h"
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

/* Where a process in its state may be queued. */
static int at_home(uint32_t p)
{
	uint32_t h = links[p].home;
	switch (procs[p].state) {
	case ST_READY:   return h == (procs[p].held || current == p ? p : READYQ);
	case ST_SENDING: return fifo_node(h) || proxyq_node(h);
	case ST_FAULTED: return h == p || fifo_node(h);
	case ST_UNUSED:  return h == p || h == REAPQ;
	default:         return h == p;
	}
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
	default: return "a capability of no kind";
	}
}

static const char *capabilities(const struct process *x)
{
	const char *why = NULL;
	if (x->caps.r[0].kind != CAP_NULL)
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
	if (!at_home(p)) return "a process waits where its run state does not say";
	if ((x->fault_code != 0) != faulty) return "fault code and run state disagree";
	if (x->proxy_reply.kind != CAP_NULL && !x->held) return "a stored reply of a process that is not held";
	if (x->proxy_reply.kind != CAP_NULL && x->proxy_reply.kind != CAP_RESUME) return "a stored reply that is none";
	if (x->handler.kind != CAP_NULL && x->handler.kind != CAP_ENTRY) return "a handler that is none";
	if (x->proxy_receiver.kind != CAP_NULL && x->proxy_receiver.kind != CAP_ENTRY) return "a proxy receiver that is none";
	if (x->state == ST_OPEN && links[FIFO(p)].next != FIFO(p)) return "a receiver sleeps over a waiting sender";
	if (x->state != ST_UNUSED && !x->held && links[PROXYQ(p)].next != PROXYQ(p)
	    && links[AGENT(p)].home == AGENT(p)) return "a proxied sender that nobody speaks for";
	if (x->state == ST_UNUSED && links[AGENT(p)].home != AGENT(p)) return "a destroyed process has an agent";
	if (x->state == ST_UNUSED && links[p].home != REAPQ
	    && (links[FIFO(p)].next != FIFO(p) || links[PROXYQ(p)].next != PROXYQ(p)))
		return "senders to a destroyed process that nobody will tell";
	return capabilities(x);
}

static const char *running(void)
{
	if (current == NONE) return NULL;
	if (current >= NPROC) return "the running process does not exist";
	return procs[current].state == ST_READY && !procs[current].held ? NULL : "the running process may not run";
}

const char *broken_rule(void)
{
	const char *why = running();
	if (!why) why = rings();
	for (uint32_t p = 0; p < NPROC && !why; p++)
		why = process(p);
	return why;
}
