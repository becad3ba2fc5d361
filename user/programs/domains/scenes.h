/* The domain states of EROS (available, running, waiting) under their new names. */
#ifndef DOMAIN_SCENARIOS_H
#define DOMAIN_SCENARIOS_H
#include "incidents.h"

void waiting_queues(void);
void copies(void);
void returning(void);
void forking(void);
void self_call(void);
void declining(void);

#endif
