/* Process methods: fault, registers, slots (spec/control_process.mlw). */
#ifndef POSTERN_CONTROL_SLOT_H
#define POSTERN_CONTROL_SLOT_H
#include "control_process.h"

/*@ requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_read_fault(abs{Pre}, p, t); */
void read_fault(uint32_t p, uint32_t t);

/*@ requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS, MESSAGES; ensures refines: abs{Post} == spec_read_registers(abs{Pre}, p, t); */
void read_registers(uint32_t p, uint32_t t);

/*@ requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_write_registers(abs{Pre}, p, t); */
void write_registers(uint32_t p, uint32_t t);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_get_slot(abs{Pre}, p, t, k); */
void get_slot(uint32_t p, uint32_t t, uint64_t k);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC && t < NPROC;
    requires ok: spec_cap_ok(acap(c)); terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_set_slot_of(abs{Pre}, p, t, k, acap(c)); */
void set_slot_of(uint32_t p, uint32_t t, uint64_t k, struct cap c);

#endif
