/* Hold and release by hand, and the same play in both designs. */
#include "scenes.h"

int main(void)
{
	curtain("direct");
	holding();
	oneself();
	resume_cannot();
	both_designs();
	end(0);
	return 0;
}
