/* The kernel's log, a line at a time: log_begin, then parts, then log_end. */
#ifndef POSTERN_LOG_H
#define POSTERN_LOG_H
#include <stdint.h>

/*@ terminates \true; assigns \nothing; */
void log_begin(void); /* "postern: " */
/*@ terminates \true; assigns \nothing; */
void log_text(const char *text);
/*@ terminates \true; assigns \nothing; */
void log_number(uint64_t value); /* decimal */
/*@ terminates \true; assigns \nothing; */
void log_hex(uint64_t value);    /* 0x and 16 digits */
/*@ terminates \true; assigns \nothing; */
void log_end(void);
/*@ terminates \true; assigns \nothing; */
void log_line(const char *text); /* a whole line */
#endif
