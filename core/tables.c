#include "tables.h"

struct process  procs[NPROC];
struct endpoint endpoints[NENDP];
struct link     links[NNODE];
uint32_t        current = NONE;

/* Each is mapped into a process by itself, so each is exactly one page. */
struct message messages[NPROC] __attribute__((aligned(4096)));
