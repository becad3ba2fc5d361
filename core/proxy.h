/* Proxy entry: messages that a process gets in another's stead (spec/proxy.mlw). */
#ifndef POSTERN_PROXY_H
#define POSTERN_PROXY_H
#include "schedule.h"

/* t is not dispatched; nothing else of it changes. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns PROCS, LINKS; ensures refines: abs{Post} == spec_hold(abs{Pre}, t); */
void hold(uint32_t t);

/* The process that gets t's proxied messages, or NONE. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true; assigns \nothing;
    ensures is: \result == spec_proxy_target(abs{Here}, t);
    ensures range: \result < NPROC || \result == NONE; */
uint32_t proxy_target(uint32_t t);

/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_has_notice(abs{Here}, t); */
int has_notice(uint32_t t);

/* y still means t, and can wait for an answer if it asked for one. */
/*@ requires wf: spec_wf(abs{Here}); requires range: y < NPROC && t < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_proxy_fresh(abs{Here}, y, t); */
int proxy_fresh(uint32_t y, uint32_t t);

/* y's message to t reaches r, and t is held. */
/*@ requires wf: spec_wf(abs{Here});
    requires range: y < NPROC && t < NPROC && r < NPROC && (spec_calls(abs{Here}, y) ==> spec_fresh(abs{Here}, y));
    terminates \true; assigns PROCS, MESSAGES, LINKS;
    ensures refines: abs{Post} == spec_proxy_deliver(abs{Pre}, y, t, r); */
void proxy_deliver(uint32_t y, uint32_t t, uint32_t r);

/* t is no longer held, or has more senders: its agent looks for its place. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_post(abs{Pre}, t); */
void post(uint32_t t);

/* ... leaving the one it had. */
/*@ requires wf: spec_wf(abs{Here}); requires range: t < NPROC; terminates \true;
    assigns PROCS, MESSAGES, LINKS; ensures refines: abs{Post} == spec_repost(abs{Pre}, t); */
void repost(uint32_t t);

#endif
