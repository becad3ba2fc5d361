/* The state of the machine. Nothing else in core/ is written. */
#ifndef POSTERN_TABLES_H
#define POSTERN_TABLES_H
#include "types.h"

#define NNODE (4 * NPROC + 2)

_Static_assert(1 <= NPROC && NPROC <= 65535, "config.h: NPROC must be 1 .. 65535");
_Static_assert(1 <= NENDP && NENDP <= 65535, "config.h: NENDP must be 1 .. 65535");
_Static_assert(sizeof(struct message) == 4096, "a message page is a page");

extern struct process  procs[NPROC];
extern struct endpoint endpoints[NENDP];
extern struct message  messages[NPROC];
extern struct link     links[NNODE];
extern uint32_t        current; /* the process that runs, or NONE */
#endif
