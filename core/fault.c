#include "fault.h"

uint32_t handler_owner(uint32_t x)
{
	return fresh(x) ? entry_owner(procs[x].handler, CAP_ENTRY) : NONE;
}

/*@ requires range: h < NPROC && x < NPROC; terminates \true;
    assigns PROCS, MESSAGES; ensures refines: abs{Post} == spec_fault_words(abs{Pre}, h, x); */
static void fault_words(uint32_t h, uint32_t x)
{
	uint64_t code = procs[x].fault_code, info = procs[x].fault_info;

	store_regs(h, x);
	set_reg(h, R_WORD0, code);
	set_reg(h, R_WORD0 + 1, info);
}

/* The registers that a handler looks at first, at hand in its own. */
/*@ requires range: h < NPROC && x < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_fault_regs(abs{Pre}, h, x); */
static void fault_regs(uint32_t h, uint32_t x)
{
	uint64_t pc = procs[x].regs.r[R_PC], sp = procs[x].regs.r[R_SP];
	uint64_t flags = procs[x].regs.r[R_FLAGS], ax = procs[x].regs.r[R_CTL];

	set_reg(h, R_WORD0 + 2, pc);
	set_reg(h, R_WORD0 + 3, sp);
	set_reg(h, R_WORD0 + 4, flags);
	set_reg(h, R_WORD0 + 5, ax);
}

/*@ requires range: x < NPROC; terminates \true;
    assigns \nothing; ensures is: \result == spec_fault_tag_of(abs{Here}, x); */
static uint64_t fault_tag_of(uint32_t x)
{
	return tag(FAULT_TAG, KIND_FAULT + WITH_REPLY, procs[x].handler.object);
}

void deliver(uint32_t h, uint32_t x)
{
	uint64_t t = fault_tag_of(x), b = procs[x].handler.badge;

	grant_resume(h, x, ST_DELIVERED);
	fault_words(h, x);
	fault_regs(h, x);
	finish(h, t, b);
}

/*@ requires wf: spec_wf(abs{Here});
    requires range: x < NPROC && (h == NONE || (h < NPROC && spec_fresh(abs{Here}, x)));
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_offer_to(abs{Pre}, h, x);
    ensures told: h != NONE && spec_ready(abs{Pre}, h) ==> \result == h;
    ensures quiet: h == NONE || !spec_ready(abs{Pre}, h) ==> \result == NONE; */
static uint32_t offer_to(uint32_t h, uint32_t x)
{
	if (h == NONE)
		return NONE;
	if (ready(h)) {
		deliver(h, x);
		return h;
	}
	enqueue(FIFO(h), x);
	return NONE;
}

uint32_t offer(uint32_t x)
{
	return offer_to(handler_owner(x), x);
}

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_record_fault(abs{Pre}, p, code, info); */
static void record_fault(uint32_t p, uint64_t code, uint64_t info)
{
	set_fault(p, code, info);
	set_state(p, ST_FAULTED);
}

void incur(uint64_t code, uint64_t info)
{
	uint32_t p = current;

	record_fault(p, code == 0 ? 1 : code, info);
	switch_to(offer(p));
}
