#include "control_process.h"
#include "control_run.h"
#include "control_slot.h"

uint64_t argument(uint32_t p, uint32_t i)
{
	return procs[p].regs.r[R_WORD0 + i];
}

void done(uint32_t p)
{
	set_status(p, OK);
}

void give(uint32_t p, struct cap c)
{
	put_cap(p, take0_of(desc(p)), c);
	set_status(p, STATUS_CAP);
}

/* The capability that p sent along. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC; terminates \true; assigns \nothing;
    ensures is: acap(\result) == spec_sent(abs{Here}, p); ensures ok: spec_cap_ok(acap(\result)); */
static struct cap sent(uint32_t p)
{
	return slot(p, sent0_of(desc(p)));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_process_state_method(abs{Pre}, p, t, m); */
static void process_state_method(uint32_t p, uint32_t t, uint64_t m)
{
	switch (m) {
	case P_START:      start(p, t); break;
	case P_STOP:       stop(p, t); break;
	case P_HOLD:       hold_process(p, t); break;
	case P_RELEASE:    release(p, t); break;
	case P_TAKE_REPLY: take_reply(p, t); break;
	case P_DESTROY:    destroy(p, t); break;
	default:           fail(p, UNKNOWN_METHOD);
	}
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_process_method(abs{Pre}, p, t, m); */
static void process_method(uint32_t p, uint32_t t, uint64_t m)
{
	switch (m) {
	case P_READ_FAULT:      read_fault(p, t); break;
	case P_READ_REGISTERS:  read_registers(p, t); break;
	case P_WRITE_REGISTERS: write_registers(p, t); break;
	case P_GET_SLOT:        get_slot(p, t, argument(p, 1)); break;
	case P_SET_SLOT:        set_slot_of(p, t, argument(p, 1), sent(p)); break;
	default:                process_state_method(p, t, m);
	}
}

void invoke_process(uint32_t p)
{
	struct cap c = invoked(p);

	if (names_process(c))
		process_method(p, c.object, argument(p, 0));
	else
		fail(p, INVALID_CAPABILITY);
}
