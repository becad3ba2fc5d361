/* Scenarios of plain message passing, one file a noun. */
#ifndef IPC_SCENARIOS_H
#define IPC_SCENARIOS_H
#include "stage.h"

void words(void);
void capabilities(void);
void order(void);
void nonblocking(void);
void phases(void);
void forms(void);
void refusals(void);
void turns(void);

#endif
