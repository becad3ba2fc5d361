#include "core.h"
#include "control_process.h"
#include "control_endpoint.h"

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC; terminates \true;
    assigns PROCS, MESSAGES, ENDPOINTS, LINKS, current;
    ensures refines: abs{Post} == spec_invoke(abs{Pre}, p); */
static void invoke(uint32_t p)
{
	switch (invoked(p).kind) {
	case CAP_ENTRY:    invoke_entry(p); break;
	case CAP_RESUME:   invoke_resume(p); break;
	case CAP_PROCESS:  invoke_process(p); break;
	case CAP_PROXY:    invoke_proxy(p); break;
	case CAP_ENDPOINT: invoke_endpoint(p); break;
	default:           fail(p, INVALID_CAPABILITY);
	}
}

/* p, running, goes to the end of the ready queue. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_rotate(abs{Pre}, p); */
static void rotate(uint32_t p)
{
	enqueue(READYQ, p);
	choose();
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC; terminates \true;
    assigns PROCS, MESSAGES, ENDPOINTS, LINKS, current;
    ensures refines: abs{Post} == spec_invocation(abs{Pre}, p); */
static void invocation(uint32_t p)
{
	if (!invoke_form(ctl(p)) || !desc_form(desc(p)))
		fail(p, MALFORMED);
	else if (send_of(ctl(p)) == 0)
		proceed(p, NONE);
	else
		invoke(p);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC; terminates \true;
    assigns PROCS, MESSAGES, ENDPOINTS, LINKS, current;
    ensures refines: abs{Post} == spec_system_call(abs{Pre}, p); */
static void system_call(uint32_t p)
{
	if (ctl(p) == 1) {
		set_status(p, OK);
		rotate(p);
	} else {
		invocation(p);
	}
}

void core_syscall(void)
{
	if (current == NONE)
		choose();
	else
		system_call(current);
}

void core_fault(uint64_t code, uint64_t info)
{
	if (current == NONE)
		choose();
	else
		incur(code, info);
}

void core_tick(void)
{
	if (current == NONE)
		choose();
	else
		rotate(current);
}

void core_irq(uint32_t line)
{
	(void)line;
	if (current == NONE)
		choose();
}
