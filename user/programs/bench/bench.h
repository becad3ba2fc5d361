/* The benchmark: what the client measures, and the parts that the others play. */
#ifndef BENCH_H
#define BENCH_H
#include "process.h"
#include "report.h"
#include "start.h"

/* Capability registers of the client. */
#define NEAR      2 /* Process in the client's own space */
#define FAR       3 /* Process in another one */
#define NEAR_DOOR 4 /* Entry */
#define FAR_DOOR  5 /* Entry */
#define SELF      6 /* Process */
#define TARGET    7 /* Entry with the proxy flag */

/* And of the others. */
#define CALLER 9
#define SPARE  10

/* Parts, each a loop without end. r12 and r13 hold the control word and descriptor of
   its system call, r14 its message page. */
void serve(void);  /* answers with as many words and receives */
void mend(void);   /* restarts a fault behind its two-byte instruction, and receives */
void attend(void); /* takes the reply of a proxied call, releases, answers, receives */
void alternate(void); /* yields */

/* The time-stamp counter: under -icount shift=0 it counts instructions. */
static inline uint64_t now(void)
{
	return __builtin_ia32_rdtsc();
}

/* Figures of one operation. */
void begin(void);
void record(uint64_t instructions);
void show(const char *operation);
extern uint64_t overhead;

/* Where a trace of the run sees that the measured part of an operation begins and
   ends (harness/bench.py). */
void mark(void);

#endif
