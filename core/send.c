#include "send.h"

void fail(uint32_t p, uint32_t v)
{
	set_status(p, v);
}

/* p waits in queue q. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && q < NNODE; terminates \true;
    assigns PROCS, LINKS; ensures refines: abs{Post} == spec_block(abs{Pre}, p, q); */
static void block(uint32_t p, uint32_t q)
{
	set_state(p, ST_SENDING);
	enqueue(q, p);
}

/* ---- Entry: r owns the endpoint */

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && r < NPROC;
    requires fresh: spec_calls(abs{Here}, p) ==> spec_fresh(abs{Here}, p);
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_send_now(abs{Pre}, p, r); */
static void send_now(uint32_t p, uint32_t r)
{
	if (calls(p)) {
		deliver_call(r, p);
		switch_to(r);
	} else {
		deliver_send(r, p);
		proceed(p, r);
	}
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && q < NNODE;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_send_later(abs{Pre}, p, q); */
static void send_later(uint32_t p, uint32_t q)
{
	if (nonblocking_of(ctl(p)) == 1) {
		proceed(p, NONE);
	} else {
		block(p, q);
		switch_to(NONE);
	}
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && r < NPROC;
    requires fresh: spec_calls(abs{Here}, p) ==> spec_fresh(abs{Here}, p);
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_send_to(abs{Pre}, p, r); */
static void send_to(uint32_t p, uint32_t r)
{
	if (ready(r))
		send_now(p, r);
	else
		send_later(p, FIFO(r));
}

void invoke_entry(uint32_t p)
{
	uint32_t r = entry_owner(invoked(p), CAP_ENTRY);

	if (r == NONE)
		fail(p, INVALID_CAPABILITY);
	else if (calls(p) && !fresh(p))
		fail(p, RETIRED);
	else
		send_to(p, r);
}

/* ---- Entry with the proxy flag: t owns the endpoint */

/* A message to t would be delivered at once. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC;
    requires target: spec_proxy_target(abs{Here}, t) != spec_none; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_notice_now(abs{Here}, t); */
static int notice_now(uint32_t t)
{
	return procs[t].held == 0 && !queued(PROXYQ(t)) && !queued(AGENT(t))
	    && ready(proxy_target(t));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_notify(abs{Pre}, p, t); */
static void notify(uint32_t p, uint32_t t)
{
	block(p, PROXYQ(t));
	post(t);
	switch_to(NONE);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_proxy_to(abs{Pre}, p, t); */
static void proxy_to(uint32_t p, uint32_t t)
{
	if (proxy_target(t) == NONE)
		fail(p, INVALID_CAPABILITY);
	else if (nonblocking_of(ctl(p)) == 1 && !notice_now(t))
		proceed(p, NONE);
	else
		notify(p, t);
}

void invoke_proxy(uint32_t p)
{
	uint32_t t = entry_owner(invoked(p), CAP_PROXY);

	if (t == NONE)
		fail(p, INVALID_CAPABILITY);
	else if (calls(p) && !fresh(p))
		fail(p, RETIRED);
	else
		proxy_to(p, t);
}

/* ---- Resume: w waits for one answer */

/*@ requires wf: spec_wf(abs{Here});
    requires range: p < NPROC && w < NPROC && procs[w].epoch < UINT64_MAX; terminates \true;
    assigns PROCS, MESSAGES; ensures refines: abs{Post} == spec_answer_call(abs{Pre}, p, w); */
static void answer_call(uint32_t p, uint32_t w)
{
	uint64_t t = tag(ctl(p), KIND_ANSWER, 0);

	raise_epoch(w);
	send_message(w, p, t, 0);
}

/*@ requires range: p < NPROC && w < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_replace_regs(abs{Pre}, p, w); */
static void replace_regs(uint32_t p, uint32_t w)
{
	if (regs_of(ctl(p)) == 1)
		load_regs(w, p);
}

/*@ requires range: p < NPROC && w < NPROC && procs[w].epoch < UINT64_MAX; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_end_fault(abs{Pre}, p, w); */
static void end_fault(uint32_t p, uint32_t w)
{
	replace_regs(p, w);
	/*@ assert epoch: procs[w].epoch == \at(procs[w].epoch, Pre); */
	raise_epoch(w);
	set_fault(w, 0, 0);
	set_state(w, ST_READY);
}

/*@ requires wf: spec_wf(abs{Here});
    requires range: p < NPROC && w < NPROC && procs[w].epoch < UINT64_MAX; terminates \true;
    assigns PROCS, MESSAGES; ensures refines: abs{Post} == spec_answer(abs{Pre}, p, w); */
static void answer(uint32_t p, uint32_t w)
{
	if (procs[w].state == ST_CLOSED)
		answer_call(p, w);
	else
		end_fault(p, w);
}

void invoke_resume(uint32_t p)
{
	struct cap c = invoked(p);

	if (!live(c)) {
		fail(p, INVALID_CAPABILITY);
	} else if (calls(p)) {
		fail(p, BAD_ARGUMENT);
	} else {
		answer(p, c.object);
		proceed(p, c.object);
	}
}
