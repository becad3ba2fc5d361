/* Message passing: what gets through, in what order, and what is refused. */
#include "scenes.h"

int main(void)
{
	curtain("ipc");
	words();
	capabilities();
	order();
	nonblocking();
	phases();
	forms();
	refusals();
	turns();
	end(0);
	return 0;
}
