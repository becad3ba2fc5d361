/* Proxy entry: a message to T that R gets in T's stead, while T is held. */
#include "scenes.h"

int main(void)
{
	curtain("proxy");
	watchdog();
	second();
	twice();
	compose();
	refused();
	nothing_else();
	gone(); /* last: it destroys actors */
	end(0);
	return 0;
}
