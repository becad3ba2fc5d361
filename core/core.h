/* The doors of the core: the trap code saves the registers of the running process
   into its table entry, calls one of these, and then loads the process that
   `current` names, or idles when it is NONE.

   Each does exactly what the abstract machine does (spec/step.mlw) and keeps the
   invariant (spec/inv.mlw). Nothing is assumed about the values of registers,
   of message pages, or of the arguments. */
#ifndef POSTERN_CORE_H
#define POSTERN_CORE_H
#include "abs.h"

/* The running process executed a system call. */
/*@ requires inv: spec_inv(abs{Here}); terminates \true;
    assigns PROCS, MESSAGES, ENDPOINTS, LINKS, current;
    ensures refines: abs{Post} == spec_syscall(abs{Pre}); ensures inv: spec_inv(abs{Post}); */
void core_syscall(void);

/* The running process has a fault; code 0 is recorded as 1. */
/*@ requires inv: spec_inv(abs{Here}); terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_fault(abs{Pre}, code, info);
    ensures inv: spec_inv(abs{Post}); */
void core_fault(uint64_t code, uint64_t info);

/* The time slice is over. */
/*@ requires inv: spec_inv(abs{Here}); terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_tick(abs{Pre}); ensures inv: spec_inv(abs{Post}); */
void core_tick(void);

/* A device asks for attention; nothing can wait for one yet. */
/*@ requires inv: spec_inv(abs{Here}); terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_irq(abs{Pre}, line); ensures inv: spec_inv(abs{Post}); */
void core_irq(uint32_t line);
#endif
