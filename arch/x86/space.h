/* Address spaces: built at boot from the image, then only switched between. */
#ifndef POSTERN_SPACE_H
#define POSTERN_SPACE_H
#include <stdint.h>
#include <types.h>
#include "image.h"

struct space {
	uint64_t root;  /* physical address of its page tables: what cr3 gets */
	uint64_t ports; /* PORTS_CONSOLE or PORTS_NONE (gdt.h) */
};

extern struct space spaces[NPROC];

/* Build all spaces: segments, and each process' message page. On refusal
   `*record` is the number of the bad record. */
enum refusal space_init(uint32_t *record);
/* Make it the one that is in use. */
void space_load(uint32_t space);
#endif
