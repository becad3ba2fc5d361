/* The micro-steps: each changes one thing. No other function stores into a
   table, but for the links of ring.h. */
#ifndef POSTERN_MICRO_H
#define POSTERN_MICRO_H
#include "abs.h"

/*@ terminates \true; assigns current;
    ensures refines: abs{Post} == spec_set_current(abs{Pre}, p); */
void set_current(uint32_t p);

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_state(abs{Pre}, p, v); */
void set_state(uint32_t p, uint32_t v);

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_held(abs{Pre}, p, v); */
void set_held(uint32_t p, uint32_t v);

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_fault(abs{Pre}, p, code, info); */
void set_fault(uint32_t p, uint64_t code, uint64_t info);

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_handler(abs{Pre}, p, acap(c)); */
void set_handler(uint32_t p, struct cap c);

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_receiver(abs{Pre}, p, acap(c)); */
void set_receiver(uint32_t p, struct cap c);

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_stored_reply(abs{Pre}, p, acap(c)); */
void set_stored_reply(uint32_t p, struct cap c);

/*@ requires range: p < NPROC && k < NCAP; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_slot(abs{Pre}, p, k, acap(c)); */
void set_slot(uint32_t p, uint32_t k, struct cap c);

/*@ requires range: p < NPROC && k < NREG; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_set_reg(abs{Pre}, p, k, v); */
void set_reg(uint32_t p, uint32_t k, uint64_t v);

/*@ requires range: p < NPROC && k < PAGE_WORDS; terminates \true;
    assigns MESSAGES; ensures refines: abs{Post} == spec_set_word(abs{Pre}, p, k, v); */
void set_word(uint32_t p, uint32_t k, uint64_t v);

/*@ requires range: p < NPROC && procs[p].epoch < UINT64_MAX; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_raise_epoch(abs{Pre}, p); */
void raise_epoch(uint32_t p);

/*@ requires range: p < NPROC && procs[p].version < UINT64_MAX; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_raise_version(abs{Pre}, p); */
void raise_version(uint32_t p);

/*@ requires range: e < NENDP && endpoints[e].version < UINT64_MAX; terminates \true;
    assigns ENDPOINTS; ensures refines: abs{Post} == spec_raise_endpoint(abs{Pre}, e); */
void raise_endpoint(uint32_t e);

/* ---- words in bulk */

/*@ requires range: dst < NPROC && src < NPROC && n <= NMSG; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_copy_regs(abs{Pre}, dst, src, n); */
void copy_regs(uint32_t dst, uint32_t src, uint32_t n);

/*@ requires range: dst < NPROC && src < NPROC && NMSG <= n <= PAGE_WORDS; terminates \true;
    assigns MESSAGES; ensures refines: abs{Post} == spec_copy_page(abs{Pre}, dst, src, n); */
void copy_page(uint32_t dst, uint32_t src, uint32_t n);

/* All integer registers of src into words 6 .. 23 of dst's page. */
/*@ requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns MESSAGES; ensures refines: abs{Post} == spec_store_regs(abs{Pre}, dst, src, NREG); */
void store_regs(uint32_t dst, uint32_t src);

/* Words 6 .. 23 of src's page into the integer registers of dst. */
/*@ requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_load_regs(abs{Pre}, dst, src, NREG); */
void load_regs(uint32_t dst, uint32_t src);

#endif
