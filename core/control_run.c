#include "control_run.h"

/*@ requires range: t < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_startable(abs{Here}, t); */
static int startable(uint32_t t)
{
	return procs[t].state == ST_INACTIVE || procs[t].state == ST_FAULTED
	    || procs[t].state == ST_DELIVERED;
}

/* Whatever t waited for, it waits no longer. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns PROCS, LINKS; ensures refines: abs{Post} == spec_rouse(abs{Pre}, t, v); */
static void rouse(uint32_t t, uint32_t v)
{
	remove_node(t);
	set_fault(t, 0, 0);
	set_state(t, v);
}

void start(uint32_t p, uint32_t t)
{
	if (startable(t)) {
		done(p);
		rouse(t, ST_READY);
		wake(t);
	} else {
		fail(p, BUSY);
	}
}

void stop(uint32_t p, uint32_t t)
{
	done(p);
	rouse(t, ST_INACTIVE);
	settle(p);
}

void hold_process(uint32_t p, uint32_t t)
{
	done(p);
	hold(t);
	settle(p);
}

/*@ requires range: t < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_let_go(abs{Pre}, t); */
static void let_go(uint32_t t)
{
	set_stored_reply(t, null_cap());
	set_held(t, 0);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns PROCS, LINKS; ensures refines: abs{Post} == spec_unhold(abs{Pre}, t); */
static void unhold(uint32_t t)
{
	int runs = procs[t].state == ST_READY;

	let_go(t);
	if (runs)
		enqueue(READYQ, t);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_release_held(abs{Pre}, p, t); */
static void release_held(uint32_t p, uint32_t t)
{
	if (procs[t].proxy_reply.kind != CAP_NULL && argument(p, 1) != 1) {
		fail(p, BUSY);
	} else {
		done(p);
		unhold(t);
		post(t);
	}
}

void release(uint32_t p, uint32_t t)
{
	if (is_held(t))
		release_held(p, t);
	else
		done(p);
}

void take_reply(uint32_t p, uint32_t t)
{
	give(p, procs[t].proxy_reply);
	set_stored_reply(t, null_cap());
}

/* t exists no more; what waits for it is told later, one at a time. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC && procs[t].version < UINT64_MAX;
    terminates \true; assigns PROCS, LINKS; ensures refines: abs{Post} == spec_bury(abs{Pre}, t); */
static void bury(uint32_t t)
{
	raise_version(t);
	remove_node(AGENT(t));
	rouse(t, ST_UNUSED);
	let_go(t);
	enqueue(REAPQ, t);
}

void destroy(uint32_t p, uint32_t t)
{
	if (procs[t].version == UINT64_MAX) {
		fail(p, RETIRED);
	} else {
		bury(t);
		done(p);
		settle(p);
	}
}
