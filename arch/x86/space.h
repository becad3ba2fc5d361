/* Address spaces: built at boot from the image, then only switched between. */
#ifndef POSTERN_SPACE_H
#define POSTERN_SPACE_H
#include <stdint.h>
#include <types.h>
#include "frame.h"
#include "gdt.h"
#include "image.h"
#include "paging.h"

struct space {
	uint64_t root;  /* physical address of its page tables: what cr3 gets */
	uint16_t ports; /* PORTS_CONSOLE or PORTS_NONE (gdt.h) */
};

extern struct space spaces[NPROC];
/* The space of each process, so that it is found in one step. Fixed at boot: what
   core/ holds as the number of a space is not read again. */
extern struct space homes[NPROC];

/* After a refusal: the number of the record that was wrong. */
extern uint32_t bad_record;

/* Build all spaces: segments, and each process' message page. */
/*@ requires counts: image_counts && image_place;
    requires used:   frames_used <= FRAMES;
    terminates \true;
    assigns bad_record, spaces[0 .. NPROC - 1], homes[0 .. NPROC - 1], frames_used,
            frames[0 .. FRAMES - 1];
    ensures known: \result <= NO_FRAMES; */
enum refusal space_init(void);
/* Make the space of a process the one that is in use. */
/*@ requires range: process < NPROC;
    terminates \true; assigns task.ports_base; */
void space_load(uint32_t process);
#endif
