/* The part of a boot image that describes processes and endpoints (docs/image.md;
   spec/image.mlw). */
#ifndef POSTERN_BOOT_H
#define POSTERN_BOOT_H
#include "types.h"

#define BOOT_MAGIC    0x314e524554534f50u /* "POSTERN1" */
#define BOOT_HEADER   16u
#define BOOT_SLOTS    34u /* capability registers, handler, proxy receiver */
#define BOOT_PROCESS  110u
#define BOOT_SPACE    1u  /* of a process record: its space */
#define BOOT_ENDPOINT 2u
#define BOOT_SEGMENT  6u
#define BOOT_SEGMENTS (4u * NPROC + 64u)
#define BOOT_WORDS    (BOOT_HEADER + BOOT_PROCESS * NPROC + BOOT_ENDPOINT * NENDP \
                       + BOOT_SEGMENT * BOOT_SEGMENTS + NPROC)

/* Words of the header. */
enum boot_header_word { H_MAGIC = 0, H_WORDS = 1, H_PROCESSES = 2, H_ENDPOINTS = 3, H_SPACES = 4, H_SEGMENTS = 5, H_BYTES = 6, H_ZERO = 7 };

/* Words of a process; three for each slot follow. */
enum boot_process_word { F_STATE = 0, F_SPACE = 1, F_PC = 2, F_SP = 3, F_ARGUMENT = 4, F_VERSION = 5, F_EPOCH = 6, F_ZERO = 7 };

/* The words before the page data; the boot code copies them here. */
struct boot_image { uint64_t w[BOOT_WORDS]; };
extern struct boot_image boot_image;

enum boot_error { BOOT_OK = 0, BOOT_BAD_HEADER = 1, BOOT_BAD_PROCESS = 2, BOOT_BAD_ENDPOINT = 3 };

/* What was wrong: the record's number within its kind, and the word within it. */
struct boot_result { uint32_t error, record, field; };
#endif
