#include "receive.h"

/* x, waiting in p's queue, still means p. */
/*@ requires wf: spec_wf(abs{Here}); requires range: x < NPROC && p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_send_fresh(abs{Here}, x, p); */
static int send_fresh(uint32_t x, uint32_t p)
{
	return entry_owner(invoked(x), CAP_ENTRY) == p && (!calls(x) || fresh(x));
}

void deliver_call(uint32_t p, uint32_t x)
{
	struct cap c = invoked(x);

	call_message(p, x, tag(ctl(x), KIND_MESSAGE + WITH_REPLY, c.object), c.badge);
}

void deliver_send(uint32_t p, uint32_t x)
{
	struct cap c = invoked(x);

	send_message(p, x, tag(ctl(x), KIND_MESSAGE, c.object), c.badge);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && x < NPROC;
    requires fresh: spec_calls(abs{Here}, x) ==> spec_fresh(abs{Here}, x);
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_take_message(abs{Pre}, p, x); */
static void take_message(uint32_t p, uint32_t x)
{
	if (calls(x)) {
		deliver_call(p, x);
	} else {
		deliver_send(p, x);
		complete(x);
		wake(x);
	}
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && x < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_accept_sender(abs{Pre}, p, x); */
static void accept_sender(uint32_t p, uint32_t x)
{
	int take = send_fresh(x, p);

	remove_node(x);
	if (take) {
		take_message(p, x);
	} else {
		refuse(x);
		restart(p);
	}
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && x < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_accept_fault(abs{Pre}, p, x); */
static void accept_fault(uint32_t p, uint32_t x)
{
	uint32_t h = handler_owner(x);

	remove_node(x);
	if (h == p)
		deliver(p, x);
	else
		restart(p);
}

/* t's agent waits in p's queue, and there is something to deliver. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_notice_for(abs{Here}, p, t); */
static int notice_for(uint32_t p, uint32_t t)
{
	return has_notice(t) && proxy_target(t) == p && proxy_fresh(first(PROXYQ(t)), t);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_accept_notice(abs{Pre}, p, t); */
static void accept_notice(uint32_t p, uint32_t t)
{
	uint32_t y = first(PROXYQ(t));

	if (notice_for(p, t)) {
		remove_node(AGENT(t));
		proxy_deliver(y, t, p);
	} else {
		repost(t);
		restart(p);
	}
}

/*@ requires wf: spec_wf(abs{Here});
    requires range: p < NPROC && (x < NPROC || (2 * NPROC <= x && x < 3 * NPROC)); terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_accept(abs{Pre}, p, x); */
static void accept(uint32_t p, uint32_t x)
{
	if (x >= NPROC) {
		accept_notice(p, x - 2 * NPROC);
	} else if (has_fault(x)) {
		accept_fault(p, x);
	} else if (is_sending(x)) {
		accept_sender(p, x);
	} else {
		remove_node(x);
		restart(p);
	}
}

void receive(uint32_t p, uint32_t w)
{
	uint32_t x = first(FIFO(p));

	if (x < NPROC || (2 * NPROC <= x && x < 3 * NPROC)) {
		wake(w);
		accept(p, x);
	} else {
		set_state(p, ST_OPEN);
		switch_to(w);
	}
}

void proceed(uint32_t p, uint32_t w)
{
	if (receives(p)) {
		receive(p, w);
	} else {
		set_status(p, OK);
		wake(w);
	}
}
