/* The kernel's log, a line at a time: log_begin, then parts, then log_end. */
#ifndef POSTERN_LOG_H
#define POSTERN_LOG_H
#include <stdint.h>

void log_begin(void); /* "postern: " */
void log_text(const char *text);
void log_number(uint64_t value); /* decimal */
void log_hex(uint64_t value);    /* 0x and 16 digits */
void log_end(void);
void log_line(const char *text); /* a whole line */
#endif
