/* A program that does nothing: systems/stage.toml by itself has no play to give. */
#include "ipc.h"
#include "report.h"

int main(void)
{
	end(0);
	return 0;
}
