#include "choose.h"

/*@ requires range: \true; terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_is_agent(n);
    ensures range: \result != 0 ==> 2 * NPROC <= n < 3 * NPROC; */
static int is_agent(uint32_t n)
{
	return 2 * NPROC <= n && n < 3 * NPROC;
}

/* x waits for a destroyed process. */
/*@ requires wf: spec_wf(abs{Here}); requires range: x < NNODE; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_evict(abs{Pre}, x); */
static void evict(uint32_t x)
{
	if (is_agent(x)) {
		repost(x - 2 * NPROC);
	} else if (x < NPROC && is_sending(x)) {
		remove_node(x);
		refuse(x);
	} else {
		remove_node(x);
	}
}

/* One of those that wait for d, destroyed, waits no longer. */
/*@ requires wf: spec_wf(abs{Here}); requires range: d < NPROC; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_drain(abs{Pre}, d); */
static void drain(uint32_t d)
{
	if (first(FIFO(d)) != FIFO(d))
		evict(first(FIFO(d)));
	else if (first(PROXYQ(d)) != PROXYQ(d))
		evict(first(PROXYQ(d)));
	else
		remove_node(d);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: n < NNODE; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_reap_node(abs{Pre}, n); */
static void reap_node(uint32_t n)
{
	if (n < NPROC)
		drain(n);
	else if (is_agent(n))
		repost(n - 2 * NPROC);
}

/*@ requires wf: spec_wf(abs{Here}); terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_reap(abs{Pre}); */
static void reap(void)
{
	uint32_t n = first(REAPQ);

	if (n != REAPQ)
		reap_node(n);
}

void choose(void)
{
	set_current(NONE);
	reap();
	pick();
}

void switch_to(uint32_t w)
{
	if (w == NONE || is_held(w))
		choose();
	else
		set_current(w);
}

void settle(uint32_t p)
{
	if (procs[p].state != ST_READY || procs[p].held != 0)
		choose();
}
