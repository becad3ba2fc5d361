/* Tables as no run leaves them. */
#include "damage.h"
#include "dice.h"
#include "tables.h"

static uint64_t about(uint64_t value)
{
	switch (below(5)) {
	case 0:  return 0;
	case 1:  return value + 1;
	case 2:  return value - 1;
	case 3:  return below(NNODE + 2);
	default: return any();
	}
}

static void capability(struct cap *c)
{
	static const uint32_t kinds[] = { CAP_NULL, CAP_PROCESS, CAP_ENDPOINT, CAP_ENTRY, CAP_RESUME, CAP_PROXY };

	if (below(2))
		c->kind = kinds[below(6)];
	if (below(2))
		c->object = (uint32_t)about(c->object);
	if (below(2))
		c->version = about(c->version);
}

static void of_process(struct process *x)
{
	switch (below(8)) {
	case 0: x->state = (uint32_t)below(10); break;
	case 1: x->held = (uint32_t)below(3); break;
	case 2: x->version = about(x->version); break;
	case 3: x->epoch = about(x->epoch); break;
	case 4: x->fault_code = below(2); break;
	case 5: capability(&x->handler); break;
	case 6: capability(below(2) ? &x->proxy_receiver : &x->proxy_reply); break;
	case 7: capability(&x->caps.r[below(8) ? below(NCAP) : 0]); break;
	}
}

/* As if the node were in another queue, at its end, or in none. */
static void move(uint32_t n, uint32_t q)
{
	links[links[n].prev].next = links[n].next;
	links[links[n].next].prev = links[n].prev;
	links[n] = (struct link){ n, n, n, 0 };
	if (q >= NNODE)
		return;
	links[n] = (struct link){ q, links[q].prev, links[q].home, 0 };
	links[links[n].prev].next = n;
	links[q].prev = n;
}

static void of_link(uint32_t n)
{
	switch (below(5)) {
	case 0:  links[n].next = (uint32_t)below(NNODE + 1); break;
	case 1:  links[n].prev = (uint32_t)below(NNODE + 1); break;
	case 2:  links[n].home = (uint32_t)below(NNODE + 1); break;
	default: move(n, (uint32_t)below(NNODE + 8));
	}
}

void damage(void)
{
	uint32_t e = (uint32_t)below(NENDP);

	switch (below(8)) {
	case 0:  current = below(4) ? (uint32_t)below(NPROC + 1) : (uint32_t)any(); break;
	case 1:  endpoints[e].owner = (uint32_t)about(endpoints[e].owner); break;
	case 2:  endpoints[e].version = about(endpoints[e].version); break;
	case 3: case 4: of_link((uint32_t)below(NNODE)); break;
	default: of_process(&procs[below(NPROC)]);
	}
}
