#include "capability.h"

uint64_t ctl(uint32_t p)
{
	return procs[p].regs.r[R_CTL];
}

uint64_t desc(uint32_t p)
{
	return procs[p].regs.r[R_DESC];
}

struct cap slot(uint32_t p, uint32_t k)
{
	return procs[p].caps.r[k];
}

struct cap invoked(uint32_t p)
{
	return slot(p, invoked_of(desc(p)));
}

int calls(uint32_t p)
{
	return send_of(ctl(p)) == 2;
}

int receives(uint32_t p)
{
	return receive_of(ctl(p)) == 1;
}

int ready(uint32_t p)
{
	return procs[p].state == ST_OPEN;
}

int has_fault(uint32_t p)
{
	return procs[p].state == ST_FAULTED;
}

int is_sending(uint32_t p)
{
	return procs[p].state == ST_SENDING;
}

int is_held(uint32_t p)
{
	return procs[p].held != 0;
}

int fresh(uint32_t p)
{
	return procs[p].epoch < UINT64_MAX - 1;
}

int names_process(struct cap c)
{
	return c.kind == CAP_PROCESS && procs[c.object].state != ST_UNUSED
	    && procs[c.object].version == c.version;
}

int names_endpoint(struct cap c)
{
	return c.kind == CAP_ENDPOINT && endpoints[c.object].version == c.version;
}

uint32_t entry_owner(struct cap c, uint32_t kind)
{
	if (c.kind == kind && endpoints[c.object].version == c.version
	    && procs[endpoints[c.object].owner].state != ST_UNUSED)
		return endpoints[c.object].owner;
	return NONE;
}

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_answerable(spec_pr(abs{Here}, p)); */
static int answerable(uint32_t p)
{
	return procs[p].state == ST_CLOSED || procs[p].state == ST_DELIVERED;
}

int live(struct cap c)
{
	return c.kind == CAP_RESUME && answerable(c.object)
	    && c.version == procs[c.object].epoch && c.version < UINT64_MAX;
}

/*@ terminates \true; assigns \nothing;
    ensures is: acap(\result) == spec_mk_cap(kind, object, version, badge); */
static struct cap mk_cap(uint32_t kind, uint32_t object, uint64_t version, uint64_t badge)
{
	struct cap c = { kind, object, version, badge };
	return c;
}

struct cap null_cap(void)
{
	return mk_cap(CAP_NULL, 0, 0, 0);
}

struct cap process_cap(uint32_t p)
{
	return mk_cap(CAP_PROCESS, p, procs[p].version, 0);
}

struct cap resume_cap(uint32_t p)
{
	return mk_cap(CAP_RESUME, p, procs[p].epoch, 0);
}

struct cap entry_cap(uint32_t kind, uint32_t e, uint64_t badge)
{
	return mk_cap(kind, e, endpoints[e].version, badge);
}

void put_cap(uint32_t p, uint32_t k, struct cap c)
{
	if (k != 0)
		set_slot(p, k, c);
}
