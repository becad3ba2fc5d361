#include "micro.h"

void set_current(uint32_t p)
{
	current = p;
}

void set_state(uint32_t p, uint32_t v)
{
	procs[p].state = v;
}

void set_held(uint32_t p, uint32_t v)
{
	procs[p].held = v;
}

void set_fault(uint32_t p, uint64_t code, uint64_t info)
{
	procs[p].fault_code = code;
	procs[p].fault_info = info;
}

void set_handler(uint32_t p, struct cap c)
{
	procs[p].handler = c;
}

void set_receiver(uint32_t p, struct cap c)
{
	procs[p].proxy_receiver = c;
}

void set_stored_reply(uint32_t p, struct cap c)
{
	procs[p].proxy_reply = c;
}

void set_slot(uint32_t p, uint32_t k, struct cap c)
{
	procs[p].caps.r[k] = c;
}

void set_reg(uint32_t p, uint32_t k, uint64_t v)
{
	procs[p].regs.r[k] = v;
}

void set_word(uint32_t p, uint32_t k, uint64_t v)
{
	messages[p].w[k] = v;
}

void raise_epoch(uint32_t p)
{
	procs[p].epoch++;
}

void raise_version(uint32_t p)
{
	procs[p].version++;
}

void raise_endpoint(uint32_t e)
{
	endpoints[e].version++;
}
