/* What a Process capability can do (spec/control_process.mlw, docs/abi.md). */
#ifndef POSTERN_CONTROL_PROCESS_H
#define POSTERN_CONTROL_PROCESS_H
#include "send.h"

/* Methods: word 0 of an invocation. */
enum process_method {
	P_START           = 1,
	P_STOP            = 2,
	P_HOLD            = 3,
	P_RELEASE         = 4,
	P_READ_FAULT      = 5,
	P_READ_REGISTERS  = 6,
	P_WRITE_REGISTERS = 7,
	P_GET_SLOT        = 8,
	P_SET_SLOT        = 9,
	P_TAKE_REPLY      = 10,
	P_DESTROY         = 11,
};

/* Slots beyond the capability registers. */
#define SLOT_HANDLER        32u
#define SLOT_PROXY_RECEIVER 33u

/* Tags of answers: status OK, and how much came with it. */
#define STATUS_FIVE (5u * 256u)  /* words 0 to 4 */
#define STATUS_REGS (24u * 256u) /* words up to the registers */
#define STATUS_CAP  65536u       /* one capability */

/* Word i of p's message. */
/*@ requires range: p < NPROC && i < NMSG; terminates \true;
    assigns \nothing; ensures is: \result == spec_argument(abs{Here}, p, i); */
uint64_t argument(uint32_t p, uint32_t i);

/* p is answered: OK. */
/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_done_(abs{Pre}, p); */
void done(uint32_t p);

/* p is answered: OK, and gets a capability. */
/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_give(abs{Pre}, p, acap(c)); */
void give(uint32_t p, struct cap c);

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_invoke_process(abs{Pre}, p); */
void invoke_process(uint32_t p);

#endif
