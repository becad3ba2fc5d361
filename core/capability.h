/* Which capability a process names, whether it is valid, and the capabilities
   that the kernel makes (spec/capability.mlw). */
#ifndef POSTERN_CAPABILITY_H
#define POSTERN_CAPABILITY_H
#include "abs.h"
#include "control.h"
#include "micro.h"

/* ---- what p asked for */

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result == spec_ctl(abs{Here}, p); */
uint64_t ctl(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result == spec_desc(abs{Here}, p); */
uint64_t desc(uint32_t p);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && k < NCAP; terminates \true;
    assigns \nothing; ensures is: acap(\result) == spec_slot(abs{Here}, p, k);
    ensures ok: spec_cap_ok(acap(\result)); */
struct cap slot(uint32_t p, uint32_t k);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC; terminates \true; assigns \nothing;
    ensures is: acap(\result) == spec_invoked(abs{Here}, p);
    ensures ok: spec_cap_ok(acap(\result)); */
struct cap invoked(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_calls(abs{Here}, p); */
int calls(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_receives(abs{Here}, p); */
int receives(uint32_t p);

/* ---- what a process is */

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_ready(abs{Here}, p); */
int ready(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_has_fault(abs{Here}, p); */
int has_fault(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_is_sending(abs{Here}, p); */
int is_sending(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_is_held(abs{Here}, p); */
int is_held(uint32_t p);

/* p can wait for another answer. */
/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_fresh(abs{Here}, p); */
int fresh(uint32_t p);

/* ---- what a capability leads to */

/*@ requires ok: spec_cap_ok(acap(c)); terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_names_process(abs{Here}, acap(c));
    ensures range: \result != 0 ==> c.object < NPROC; */
int names_process(struct cap c);

/*@ requires ok: spec_cap_ok(acap(c)); terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_names_endpoint(abs{Here}, acap(c));
    ensures range: \result != 0 ==> c.object < NENDP; */
int names_endpoint(struct cap c);

/* The process that an Entry of that kind leads to, or NONE. */
/*@ requires wf: spec_wf(abs{Here}); requires ok: spec_cap_ok(acap(c));
    requires range: kind == CAP_ENTRY || kind == CAP_PROXY; terminates \true; assigns \nothing;
    ensures is: \result == spec_entry_owner(abs{Here}, acap(c), kind);
    ensures range: \result < NPROC || \result == NONE; */
uint32_t entry_owner(struct cap c, uint32_t kind);

/* c is the capability to give the one answer that its process waits for. */
/*@ requires ok: spec_cap_ok(acap(c)); terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_live(abs{Here}, acap(c));
    ensures range: \result != 0 ==> c.object < NPROC && procs[c.object].epoch < UINT64_MAX; */
int live(struct cap c);

/* ---- capabilities made by the kernel */

/*@ terminates \true; assigns \nothing; ensures is: acap(\result) == spec_null_cap; */
struct cap null_cap(void);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: acap(\result) == spec_process_cap(abs{Here}, p); */
struct cap process_cap(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: acap(\result) == spec_resume_cap(abs{Here}, p); */
struct cap resume_cap(uint32_t p);

/*@ requires range: e < NENDP; terminates \true;
    assigns \nothing; ensures is: acap(\result) == spec_entry_cap(abs{Here}, kind, e, badge); */
struct cap entry_cap(uint32_t kind, uint32_t e, uint64_t badge);

/* Register 0 swallows what is put into it. */
/*@ requires range: p < NPROC && k < NCAP; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_put_cap(abs{Pre}, p, k, acap(c)); */
void put_cap(uint32_t p, uint32_t k, struct cap c);

#endif
