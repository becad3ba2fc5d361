/* The state of the machine. Nothing else in core/ is written. */
#ifndef POSTERN_TABLES_H
#define POSTERN_TABLES_H
#include "types.h"

#define NNODE (4 * NPROC + 2)

extern struct process  procs[NPROC];
extern struct endpoint endpoints[NENDP];
extern struct message  messages[NPROC];
extern struct link     links[NNODE];
extern uint32_t        current; /* the process that runs, or NONE */

/* The tables as a whole, for contracts. */
#define PROCS     procs[0 .. NPROC-1]
#define ENDPOINTS endpoints[0 .. NENDP-1]
#define MESSAGES  messages[0 .. NPROC-1]
#define LINKS     links[0 .. NNODE-1]
#endif
