/* libpostern: lines of text for whoever runs the system. They go as messages to a
   reporter process (programs/reporter.c), whose Entry is in register REPORT. */
#ifndef REPORT_H
#define REPORT_H
#include "postern.h"

#define REPORT 1 /* capability register, by convention of all example systems */

/* Word 0 of a message to the reporter: what to do, and the length of the text in
   words 1 to 5. The badge tells the speakers apart; a line may come in pieces. */
#define REPORT_TEXT 1u /* more of the speaker's line */
#define REPORT_LINE 2u /* the last piece: print it */
#define REPORT_NAME 3u /* the text is the speaker's name from now on */
#define REPORT_END  4u /* the run is over; word 1: 0 passed, else failed */
#define REPORT_OP(w)     ((w) & 0xff)
#define REPORT_LENGTH(w) ((w) >> 8)
#define REPORT_PIECE 40 /* bytes of text in a message */

/* What isa-debug-exit is told; QEMU's own exit status is twice that plus one. */
#define REPORT_PASSED 0x10
#define REPORT_FAILED 0x11

/* Says who is speaking, when process numbers would be hard to read. */
void introduce(const char *name);

/* One line. Knows %s, %u (decimal) and %x (hexadecimal), each of a 64-bit word. */
void say(const char *format, ...);

/* One verdict: "ok NAME" or "FAIL NAME". The harness knows which names must appear. */
void check(const char *name, int holds);

/* The same, and on failure the two values. */
void check_is(const char *name, uint64_t got, uint64_t wanted);

/* Ends the run: failed if `failed` is not 0 or any check failed. */
void end(int failed);

#endif
