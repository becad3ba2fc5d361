/* The processor changes hands (spec/choose.mlw). */
#ifndef POSTERN_CHOOSE_H
#define POSTERN_CHOOSE_H
#include "proxy.h"

/* Nobody runs: clean up one thing, then run the next process. */
/*@ requires wf: spec_wf(abs{Here}); terminates \true;
    assigns PROCS, MESSAGES, LINKS, current; ensures refines: abs{Post} == spec_choose(abs{Pre}); */
void choose(void);

/* The running process stops; w, if it is a process, runs unless it is held. */
/*@ requires wf: spec_wf(abs{Here}); requires range: w < NPROC || w == NONE;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_switch_to(abs{Pre}, w); */
void switch_to(uint32_t w);

/* p goes on if it still can. */
/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC;
    terminates \true; assigns PROCS, MESSAGES, LINKS, current;
    ensures refines: abs{Post} == spec_settle(abs{Pre}, p); */
void settle(uint32_t p);

#endif
