/* What the recorder leaves in memory for whoever replays it. All are words of 8 bytes.

   The kernel's tables are numbered word by word, one table after the other: procs,
   messages, endpoints, links. A change is two words, the number and the new value.

   A record, one for each kernel entry:
     number of the record, kind, two arguments, current,
     changes since the last record: how many, and each of them;
     then the entry is made, and:
     time-stamp counter's difference, current, changes that it made: how many, and each.

   The first record is that of core_init; its arguments are the difference that the
   time-stamp counter shows for a function of one instruction, and the number of words of
   all tables. */
#ifndef RECORDER_H
#define RECORDER_H
#include <stdint.h>
#include <tables.h>

enum kind { K_INIT, K_SYSCALL, K_FAULT, K_TICK, K_IRQ };

#define WORDS_OF(table) (sizeof(table) / 8)
#define TABLE_WORDS (WORDS_OF(procs) + WORDS_OF(messages) + WORDS_OF(endpoints) + WORDS_OF(links))

/* The records go to two buffers in turn. A buffer is handed over when it holds FULL
   words; behind that there is room for one record, whatever it holds. */
#define FULL 0x20000
#define ROOM (FULL + 4 * TABLE_WORDS + 16)

struct buffer {
	uint64_t number; /* how many were handed over before it */
	uint64_t used;   /* words, of whole records */
	uint64_t w[ROOM];
};

/* The doorbell: QEMU's debug port leads to a pipe that holds RING bytes. A buffer is
   handed over by writing so many: the last byte finds room only when the reader has
   taken those of the buffer before, so that one may be filled anew. */
#define DEBUG_PORT 0xe9
#define RING 4096

#endif
