/* Who runs next: one queue, first come, first served (spec/schedule.mlw). */
#ifndef POSTERN_SCHEDULE_H
#define POSTERN_SCHEDULE_H
#include "message.h"
#include "ring.h"

/* What a system call can answer. */
enum status {
	OK                 = 0,
	INVALID_CAPABILITY = 1,
	MALFORMED          = 2,
	UNKNOWN_METHOD     = 3,
	BAD_ARGUMENT       = 4,
	BUSY               = 5,
	RETIRED            = 6,
};

/* w, if it is a process, has just become ready. */
/*@ requires wf: spec_wf(abs{Here}); requires range: w < NPROC || w == NONE; terminates \true;
    assigns LINKS; ensures refines: abs{Post} == spec_wake(abs{Pre}, w); */
void wake(uint32_t w);

/* The longest waiting ready process gets the processor. */
/*@ requires wf: spec_wf(abs{Here}); terminates \true;
    assigns LINKS, current; ensures refines: abs{Post} == spec_pick(abs{Pre}); */
void pick(void);

/* p, a waiting sender, is done with its send phase. */
/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_complete(abs{Pre}, p); */
void complete(uint32_t p);

/* p, in no queue, learns that its message will never arrive. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC; terminates \true;
    assigns PROCS, LINKS; ensures refines: abs{Post} == spec_refuse(abs{Pre}, p); */
void refuse(uint32_t p);

#endif
