/* Scenarios of the other design: senders get an Entry to R itself, and R holds T by
   hand with its Process capability. The cast is as in programs/proxy. */
#ifndef DIRECT_SCENARIOS_H
#define DIRECT_SCENARIOS_H
#include "incidents.h"

#define T A
#define R B
#define S C
#define V D

/* R's capability to T, when it is not given one by a proxied message. */
#define TARGET OTHER

void holding(void);
void oneself(void);
void resume_cannot(void);
void both_designs(void);

#endif
