/* The kernel's log, a line at a time: log_begin, then parts, then log_end. */
#ifndef POSTERN_LOG_H
#define POSTERN_LOG_H
#include <stdint.h>
#include "machine.h"

/*@ terminates \true; assigns ports; */
void log_begin(void); /* "postern: " */
/*@ terminates \true; assigns ports; */
void log_text(const char *text);
/*@ terminates \true; assigns ports; */
void log_number(uint64_t value); /* decimal */
/*@ terminates \true; assigns ports; */
void log_hex(uint64_t value);    /* 0x and 16 digits */
/*@ terminates \true; assigns ports; */
void log_end(void);
/*@ terminates \true; assigns ports; */
void log_line(const char *text); /* a whole line */
#endif
