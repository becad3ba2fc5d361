#include "proxy.h"

void hold(uint32_t t)
{
	if (procs[t].state == ST_READY)
		remove_node(t);
	set_held(t, 1);
}

uint32_t proxy_target(uint32_t t)
{
	uint32_t r = entry_owner(procs[t].proxy_receiver, CAP_ENTRY);

	return r == t ? NONE : r;
}

int has_notice(uint32_t t)
{
	return procs[t].held == 0 && first(PROXYQ(t)) < NPROC;
}

int proxy_fresh(uint32_t y, uint32_t t)
{
	return entry_owner(invoked(y), CAP_PROXY) == t && (!calls(y) || fresh(y));
}

/* The tag that the receiver of y's message sees. */
/*@ requires wf: spec_wf(abs{Here}); requires range: y < NPROC; terminates \true;
    assigns \nothing; ensures is: \result == spec_proxy_tag(abs{Here}, y); */
static uint64_t proxy_tag(uint32_t y)
{
	return tag(ctl(y), KIND_PROXIED + WITH_REPLY, invoked(y).object);
}

/* y calls: the capability to answer it is stored in t. */
/*@ requires range: y < NPROC && t < NPROC && procs[y].epoch < UINT64_MAX; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_store_reply(abs{Pre}, y, t); */
static void store_reply(uint32_t y, uint32_t t)
{
	await(y, ST_CLOSED);
	set_stored_reply(t, resume_cap(y));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: y < NPROC && t < NPROC;
    requires fresh: spec_calls(abs{Here}, y) ==> spec_fresh(abs{Here}, y); terminates \true;
    assigns PROCS, LINKS; ensures refines: abs{Post} == spec_proxy_reply_phase(abs{Pre}, y, t); */
static void proxy_reply_phase(uint32_t y, uint32_t t)
{
	if (calls(y)) {
		store_reply(y, t);
	} else {
		complete(y);
		wake(y);
	}
}

/*@ requires wf: spec_wf(abs{Here}); requires range: y < NPROC && t < NPROC && r < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_proxy_message(abs{Pre}, y, t, r); */
static void proxy_message(uint32_t y, uint32_t t, uint32_t r)
{
	uint64_t g = proxy_tag(y), b = invoked(y).badge;
	struct cap c = process_cap(t);

	pass_caps(r, y, caps_of(ctl(y)));
	hold(t);
	give_reply(r, c);
	deliver_words(r, y, g, b);
}

void proxy_deliver(uint32_t y, uint32_t t, uint32_t r)
{
	remove_node(y);
	proxy_message(y, t, r);
	proxy_reply_phase(y, t);
}

/*@ requires wf: spec_wf(abs{Here});
    requires range: y < NPROC && t < NPROC && (r < NPROC || r == NONE);
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_attempt_first(abs{Pre}, y, t, r); */
static void attempt_first(uint32_t y, uint32_t t, uint32_t r)
{
	if (r == NONE || !proxy_fresh(y, t)) {
		remove_node(y);
		refuse(y);
		/*@ assert wf: spec_wf(abs{Here}); */
		enqueue(REAPQ, AGENT(t));
	} else if (ready(r)) {
		proxy_deliver(y, t, r);
		wake(r);
	} else {
		enqueue(FIFO(r), AGENT(t));
	}
}

/* t's agent, in no queue, looks for its place. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_attempt(abs{Pre}, t); */
static void attempt(uint32_t t)
{
	if (has_notice(t))
		attempt_first(first(PROXYQ(t)), t, proxy_target(t));
}

void post(uint32_t t)
{
	if (!queued(AGENT(t)))
		attempt(t);
}

void repost(uint32_t t)
{
	remove_node(AGENT(t));
	attempt(t);
}
