/* The known defects of an ancestor kernel, each as a scenario of its own. Those that
   other systems show already:

     a handler that is the process itself, stuck for good      faults, self/
     a handler installed later, never told                     faults, pending/later-handler
     a bad opcode reported as another exception                faults, told/code; hardening
     a process that was not started at boot, unstartable       every actor of systems/stage.toml
     a type test after the use of what it protects             ipc, refusals/null */
#include "scenes.h"

int main(void)
{
	curtain("mistakes");
	dropping();
	stale_reply();
	kernel_objects();
	nowhere();
	entry_rights();
	unblocking();
	revocation();
	fuzzing();
	destruction(); /* last: nobody is left */
	end(0);
	return 0;
}
