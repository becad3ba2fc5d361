/* Every integer register, before and after a stay in the kernel (probe.S). */
#ifndef PROBE_H
#define PROBE_H

/* Which half of a value says whose it is. */
#define FILLERS 0x5ec2e7a1 /* upper half of what the filler puts into its registers */
#define MINE    0x0b5e27e2 /* and the observer */

/* Places in probe_in and probe_out. */
#define P_RAX 0
#define P_RDI 1
#define P_RSI 2
#define P_RDX 3
#define P_R8  4
#define P_R9  5
#define P_R10 6
#define P_RBX 7
#define P_RBP 8
#define P_RSP 9
#define P_RCX 10
#define P_R11 11
#define P_R12 12
#define P_R13 13
#define P_R14 14
#define P_R15 15
#define PROBED 16

#ifndef __ASSEMBLER__
#include <stdint.h>

extern uint64_t probe_in[PROBED], probe_out[PROBED];
extern uint64_t probe_flags, probe_segments[4]; /* ds es fs gs, after */
extern uint64_t probe_turns; /* how long probe_timer stays */

/* Each loads all registers from probe_in, leaves for the kernel in its way, and
   stores all of them in probe_out when it is back. */
void probe_syscall(void);
void probe_timer(void);
void probe_fault(void);
extern char probe_after_syscall[], probe_at_fault[];

/* Parts: fill all registers, the stack pointer and the segment registers too, and leave
   for the kernel; again and again. They use neither stack nor arguments. */
void fill_yield(void);
void fill_timer(void);
void fill_fault(void);
void fill_malformed(void);
void fill_nonblocking(void); /* to DOOR */
void fill_send(void);        /* to DOOR */
void fill_call(void);        /* to DOOR */
void fill_receive(void);
#endif
#endif
