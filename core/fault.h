/* A fault is a call that the kernel makes in the process's name (spec/fault.mlw). */
#ifndef POSTERN_FAULT_H
#define POSTERN_FAULT_H
#include "choose.h"

/* The process to be told about x's faults, or NONE. */
/*@ requires wf: spec_wf(abs{Here}); requires range: x < NPROC; terminates \true; assigns \nothing;
    ensures is: \result == spec_handler_owner(abs{Here}, x);
    ensures range: \result < NPROC || \result == NONE;
    ensures fresh: \result != NONE ==> spec_fresh(abs{Here}, x); */
uint32_t handler_owner(uint32_t x);

/* h is told x's fault. */
/*@ requires wf: spec_wf(abs{Here});
    requires range: h < NPROC && x < NPROC && spec_fresh(abs{Here}, x); terminates \true;
    assigns PROCS, MESSAGES; ensures refines: abs{Post} == spec_deliver(abs{Pre}, h, x); */
void deliver(uint32_t h, uint32_t x);

/* x, in no queue, has a fault: its handler is told, or x waits for it.
   Returns the handler that was told, or NONE. */
/*@ requires wf: spec_wf(abs{Here}); requires range: x < NPROC; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_offer(abs{Pre}, x);
    ensures woken: \result == spec_offered(abs{Pre}, x);
    ensures range: \result < NPROC || \result == NONE; */
uint32_t offer(uint32_t x);

/* The running process has a fault. */
/*@ requires wf: spec_wf(abs{Here}); requires running: current != NONE;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_incur(abs{Pre}, code, info); */
void incur(uint64_t code, uint64_t info);

#endif
