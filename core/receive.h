/* The receive phase (spec/receive.mlw). */
#ifndef POSTERN_RECEIVE_H
#define POSTERN_RECEIVE_H
#include "fault.h"

/* The message of x, a call, reaches p. */
/*@ requires wf: spec_wf(abs{Here});
    requires range: p < NPROC && x < NPROC && spec_fresh(abs{Here}, x); terminates \true;
    assigns PROCS, MESSAGES; ensures refines: abs{Post} == spec_deliver_call(abs{Pre}, p, x); */
void deliver_call(uint32_t p, uint32_t x);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && x < NPROC; terminates \true;
    assigns PROCS, MESSAGES; ensures refines: abs{Post} == spec_deliver_send(abs{Pre}, p, x); */
void deliver_send(uint32_t p, uint32_t x);

/* p, running, receives; w, if it is a process, was woken by p's send phase. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && (w < NPROC || w == NONE);
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_receive(abs{Pre}, p, w); */
void receive(uint32_t p, uint32_t w);

/* The send phase of p is over. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && (w < NPROC || w == NONE);
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_proceed(abs{Pre}, p, w); */
void proceed(uint32_t p, uint32_t w);

#endif
