/* The send phase: Entry, proxy Entry, and Resume capabilities (spec/send.mlw). */
#ifndef POSTERN_SEND_H
#define POSTERN_SEND_H
#include "receive.h"

/* The system call ends with an error, and nothing else changed. */
/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_fail(abs{Pre}, p, v); */
void fail(uint32_t p, uint32_t v);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_invoke_entry(abs{Pre}, p); */
void invoke_entry(uint32_t p);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_invoke_proxy(abs{Pre}, p); */
void invoke_proxy(uint32_t p);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_invoke_resume(abs{Pre}, p); */
void invoke_resume(uint32_t p);

#endif
