/* Instructions that fault, at known addresses, and a log of what handlers were told. */
#ifndef INCIDENTS_H
#define INCIDENTS_H
#include "stage.h"

/* Parts that fault at once and count in `passed` when something let them go on.
   With a divisor that is not 0, divide() does not fault (again). */
part divide;
part undefined;
extern char divide_here[], divide_past[], undefined_here[], undefined_past[];
extern volatile uint64_t passed[ACTORS], divisor;

/* What the last fault message said, and how many there were. */
struct told {
	volatile unsigned count;
	struct message m;
	uint64_t registers[PN_REGISTERS];
};
extern struct told told[ACTORS];
void forget(void);

/* Parts of handlers. The argument is the actor that plays it. */
part note_faults;     /* takes down every fault, answers none */
part skip_faults;     /* takes it down, then lets the process go on behind the instruction */
part retry_faults;    /* takes it down, sets divisor to 1, and lets the process try again */

/* Takes down the fault in m. */
void note(enum actor me, const struct message *m, const struct page *page);

/* Answers the fault whose registers are in the page: goes on `length` bytes further. */
void answer_past(struct page *page, unsigned resume, uint64_t length);

/* An address in the program's code as the kernel shows it. */
#define ADDRESS(label) ((uint64_t)(uintptr_t)(label))

#endif
