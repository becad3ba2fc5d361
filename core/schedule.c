#include "schedule.h"

void wake(uint32_t w)
{
	if (w != NONE && !is_held(w))
		enqueue(READYQ, w);
}

void pick(void)
{
	uint32_t p = first(READYQ);

	if (p < NPROC) {
		remove_node(p);
		set_current(p);
	}
}

void complete(uint32_t p)
{
	if (receives(p)) {
		restart(p);
	} else {
		set_status(p, OK);
		set_state(p, ST_READY);
	}
}

void refuse(uint32_t p)
{
	set_status(p, INVALID_CAPABILITY);
	set_state(p, ST_READY);
	wake(p);
}
