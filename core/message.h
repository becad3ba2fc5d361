/* How a message gets from one process to another (spec/message.mlw). */
#ifndef POSTERN_MESSAGE_H
#define POSTERN_MESSAGE_H
#include "capability.h"

/* The reply capability goes where the receiver's descriptor says. */
/*@ requires range: dst < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_give_reply(abs{Pre}, dst, acap(c)); */
void give_reply(uint32_t dst, struct cap c);

/* Words 0 .. n-1. */
/*@ requires range: dst < NPROC && src < NPROC && n <= PAGE_WORDS;
    terminates \true; assigns PROCS, MESSAGES;
    ensures refines: abs{Post} == spec_copy_words(abs{Pre}, dst, src, n); */
void copy_words(uint32_t dst, uint32_t src, uint32_t n);

/* Capabilities 0 .. n-1, n at most 4. */
/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_pass_caps(abs{Pre}, dst, src, n); */
void pass_caps(uint32_t dst, uint32_t src, uint32_t n);

/* dst runs again and finds tag t and badge b. */
/*@ requires range: dst < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_finish(abs{Pre}, dst, t, b); */
void finish(uint32_t dst, uint64_t t, uint64_t b);

/*@ requires range: dst < NPROC && src < NPROC; terminates \true; assigns PROCS, MESSAGES;
    ensures refines: abs{Post} == spec_deliver_words(abs{Pre}, dst, src, t, b); */
void deliver_words(uint32_t dst, uint32_t src, uint64_t t, uint64_t b);

/* A message without reply capability. */
/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC;
    terminates \true; assigns PROCS, MESSAGES;
    ensures refines: abs{Post} == spec_send_message(abs{Pre}, dst, src, t, b); */
void send_message(uint32_t dst, uint32_t src, uint64_t t, uint64_t b);

/* src waits in state v for one answer, in a new epoch. */
/*@ requires range: src < NPROC && procs[src].epoch < UINT64_MAX; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_await(abs{Pre}, src, v); */
void await(uint32_t src, uint32_t v);

/* ... and dst gets the capability to give it. */
/*@ requires range: dst < NPROC && src < NPROC && procs[src].epoch < UINT64_MAX; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_grant_resume(abs{Pre}, dst, src, v); */
void grant_resume(uint32_t dst, uint32_t src, uint32_t v);

/*@ requires wf: spec_wf(abs{Here});
    requires range: dst < NPROC && src < NPROC && spec_fresh(abs{Here}, src);
    terminates \true; assigns PROCS, MESSAGES;
    ensures refines: abs{Post} == spec_call_message(abs{Pre}, dst, src, t, b); */
void call_message(uint32_t dst, uint32_t src, uint64_t t, uint64_t b);

/* The result of p's system call: an enum status. */
/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_status(abs{Pre}, p, v); */
void set_status(uint32_t p, uint32_t v);

/* p executes the receive phase of its system call again. */
/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_restart(abs{Pre}, p); */
void restart(uint32_t p);

#endif
