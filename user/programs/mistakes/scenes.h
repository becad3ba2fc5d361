/* What went wrong in the ancestors and must not here, one file a noun. */
#ifndef MISTAKES_SCENARIOS_H
#define MISTAKES_SCENARIOS_H
#include "incidents.h"

void dropping(void);
void stale_reply(void);
void kernel_objects(void);
void nowhere(void);
void entry_rights(void);
void unblocking(void);
void revocation(void);
void fuzzing(void);
void destruction(void);

#endif
