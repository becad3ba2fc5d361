/* The invariant of the kernel's tables as plain C, written apart from spec/. */
#ifndef HOSTED_CHECK_H
#define HOSTED_CHECK_H

/* The first rule that the tables break, in words; NULL if they keep all. */
const char *broken_rule(void);
#endif
