/* The doors of the core: the trap code calls one of these and then loads the
   process that `current` names, or idles. */
#ifndef POSTERN_CORE_H
#define POSTERN_CORE_H
#include "types.h"

void core_syscall(void);
void core_fault(uint64_t code, uint64_t info);
void core_tick(void);
void core_irq(uint32_t line);
#endif
