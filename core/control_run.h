/* Process methods: run state, hold and release, the end (spec/control_process.mlw). */
#ifndef POSTERN_CONTROL_RUN_H
#define POSTERN_CONTROL_RUN_H
#include "control_process.h"

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS, LINKS; ensures refines: abs{Post} == spec_start(abs{Pre}, p, t); */
void start(uint32_t p, uint32_t t);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_stop(abs{Pre}, p, t); */
void stop(uint32_t p, uint32_t t);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_hold_process(abs{Pre}, p, t); */
void hold_process(uint32_t p, uint32_t t);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_release(abs{Pre}, p, t); */
void release(uint32_t p, uint32_t t);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_take_reply(abs{Pre}, p, t); */
void take_reply(uint32_t p, uint32_t t);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_destroy(abs{Pre}, p, t); */
void destroy(uint32_t p, uint32_t t);

#endif
