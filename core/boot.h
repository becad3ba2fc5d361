/* The part of a boot image that describes processes and endpoints (docs/image.md). */
#ifndef POSTERN_BOOT_H
#define POSTERN_BOOT_H
#include "types.h"

#define BOOT_MAGIC 0x314e524554534f50u /* "POSTERN1" */
#define BOOT_HEADER 16
#define BOOT_SLOTS 34        /* capability registers, handler, proxy_receiver */
#define BOOT_PROCESS (8 + 3 * BOOT_SLOTS)
#define BOOT_ENDPOINT 2
#define BOOT_SEGMENT 6
#define BOOT_SEGMENTS (4 * NPROC + 64)
#define BOOT_WORDS (BOOT_HEADER + BOOT_PROCESS * NPROC + BOOT_ENDPOINT * NENDP \
                    + BOOT_SEGMENT * BOOT_SEGMENTS + NPROC)

/* The words before the page data; the boot code copies them here. */
extern uint64_t boot_words[BOOT_WORDS];

enum boot_error { BOOT_OK = 0, BOOT_BAD_HEADER = 1, BOOT_BAD_PROCESS = 2, BOOT_BAD_ENDPOINT = 3 };

/* What was wrong: the record's number within its kind and the word within the record. */
struct boot_result { uint32_t error, record, field; };

struct boot_result core_init(void);
#endif
