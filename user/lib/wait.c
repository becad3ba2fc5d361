#include "ipc.h"

_Noreturn void pn_wait_for_ever(void)
{
	struct message m = { 0 };

	for (;;)
		pn_receive(0, &m);
}
