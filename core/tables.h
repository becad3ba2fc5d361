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
#endif
