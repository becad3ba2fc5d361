/* The invariant of the kernel's tables as plain C, written apart from spec/. */
#ifndef HOSTED_RULES_H
#define HOSTED_RULES_H

/* The first rule that the tables break, in words; NULL if they keep all. */
const char *broken_rule(void);
/* The same of what holds, too, though the invariant does not say so. */
const char *broken_habit(void);
#endif
