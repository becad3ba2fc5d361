/* Faults: who is told, when, and how the process goes on. */
#include "scenes.h"

int main(void)
{
	curtain("faults");
	pending();
	told_what();
	answers();
	queues();
	circles();
	stale();
	spaces();
	end(0);
	return 0;
}
