#include "control_slot.h"

/* ---- fault and registers */

/*@ requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_fault_report(abs{Pre}, p, t); */
static void fault_report(uint32_t p, uint32_t t)
{
	uint64_t code = procs[t].fault_code, info = procs[t].fault_info;
	uint32_t state = procs[t].state, held = procs[t].held;

	set_reg(p, R_WORD0 + 1, code);
	set_reg(p, R_WORD0 + 2, info);
	set_reg(p, R_WORD0 + 3, state);
	set_reg(p, R_WORD0 + 4, held);
}

void read_fault(uint32_t p, uint32_t t)
{
	fault_report(p, t);
	set_status(p, STATUS_FIVE);
}

void read_registers(uint32_t p, uint32_t t)
{
	store_regs(p, t);
	set_status(p, STATUS_REGS);
}

void write_registers(uint32_t p, uint32_t t)
{
	if (is_sending(t)) {
		fail(p, BUSY);
	} else {
		load_regs(t, p);
		done(p);
	}
}

/* ---- slots */

void get_slot(uint32_t p, uint32_t t, uint64_t k)
{
	if (k < NCAP)
		give(p, slot(t, (uint32_t)k));
	else if (k == SLOT_HANDLER)
		give(p, procs[t].handler);
	else if (k == SLOT_PROXY_RECEIVER)
		give(p, procs[t].proxy_receiver);
	else
		fail(p, BAD_ARGUMENT);
}

/* A fault that is pending goes to the new handler at once. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_reoffer(abs{Pre}, t); */
static void reoffer(uint32_t t)
{
	remove_node(t);
	wake(offer(t));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; requires ok: spec_cap_ok(acap(c));
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_install_handler(abs{Pre}, t, acap(c)); */
static void install_handler(uint32_t t, struct cap c)
{
	int again = has_fault(t);

	set_handler(t, c);
	if (again)
		reoffer(t);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; requires ok: spec_cap_ok(acap(c));
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_install_receiver(abs{Pre}, t, acap(c)); */
static void install_receiver(uint32_t t, struct cap c)
{
	set_receiver(t, c);
	repost(t);
}

/* The two slots that take only a Null or a plain Entry capability. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    requires ok: spec_cap_ok(acap(c)); terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_set_door(abs{Pre}, p, t, k, acap(c)); */
static void set_door(uint32_t p, uint32_t t, uint64_t k, struct cap c)
{
	if (c.kind != CAP_NULL && c.kind != CAP_ENTRY) {
		fail(p, BAD_ARGUMENT);
	} else if (k == SLOT_HANDLER) {
		done(p);
		install_handler(t, c);
	} else if (k == SLOT_PROXY_RECEIVER) {
		done(p);
		install_receiver(t, c);
		settle(p); /* t may be p, which is held now if a sender waited for it */
	} else {
		fail(p, BAD_ARGUMENT);
	}
}

/* A capability register; not of a process whose message waits, which stays as it is. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC && 0 < k < NCAP;
    requires ok: spec_cap_ok(acap(c)); terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_set_register(abs{Pre}, p, t, k, acap(c)); */
static void set_register(uint32_t p, uint32_t t, uint64_t k, struct cap c)
{
	if (is_sending(t)) {
		fail(p, BUSY);
	} else {
		set_slot(t, (uint32_t)k, c);
		done(p);
	}
}

void set_slot_of(uint32_t p, uint32_t t, uint64_t k, struct cap c)
{
	if (caps_of(ctl(p)) != 1 || k == 0) {
		fail(p, BAD_ARGUMENT);
	} else if (k < NCAP) {
		set_register(p, t, k, c);
	} else {
		set_door(p, t, k, c);
	}
}
