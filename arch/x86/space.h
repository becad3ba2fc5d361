/* Address spaces: built at boot from the image, then only switched between. */
#ifndef POSTERN_SPACE_H
#define POSTERN_SPACE_H
#include <stdint.h>
#include <types.h>
#include "image.h"

struct space {
	uint64_t root;  /* physical address of its page tables: what cr3 gets */
	uint32_t ports; /* not 0: may use COM1 and isa-debug-exit */
};

extern struct space spaces[NPROC];

/* Build all spaces: segments, and each process' message page. On refusal
   `*record` is the number of the bad record. */
enum refusal space_init(uint32_t *record);
/* Make it the one that is in use. */
void space_load(uint32_t space);
#endif
