/* Scenarios of faults and their handlers, one file a noun. */
#ifndef FAULT_SCENARIOS_H
#define FAULT_SCENARIOS_H
#include "incidents.h"

void pending(void);
void told_what(void);
void answers(void);
void queues(void);
void circles(void);
void stale(void);
void spaces(void);

#endif
