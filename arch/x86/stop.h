/* The ways in which the kernel ends. */
#ifndef POSTERN_STOP_H
#define POSTERN_STOP_H
#include "machine.h"

/* Written to isa-debug-exit; QEMU's exit status is then 2 * value + 1. Programs
   use the first two (docs/image.md). */
enum stop_code {
	STOP_PASSED  = 0x10, /* status 33 */
	STOP_FAILED  = 0x11, /* status 35 */
	STOP_TRAP    = 0x12, /* status 37: an exception in the kernel */
	STOP_REFUSED = 0x13, /* status 39: the boot image or the processor */
};

/*@ terminates \false; assigns ports; ensures \false; */
void machine_stop(enum stop_code code) __attribute__((noreturn));
#endif
