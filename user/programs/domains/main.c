/* What EROS promised of domains: running, waiting, available. */
#include "scenes.h"

int main(void)
{
	curtain("domains");
	waiting_queues();
	copies();
	returning();
	forking();
	self_call();
	declining();
	end(0);
	return 0;
}
