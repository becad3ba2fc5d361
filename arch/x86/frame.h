/* The frames that user memory and page tables are made of: a static pool that
   is handed out at boot, frame by frame, and is never given back. */
#ifndef POSTERN_FRAME_H
#define POSTERN_FRAME_H
#include <stdint.h>
#include <config.h>
#include "layout.h"

/* A process alone in its space needs 3 tables below, 3 for its message page,
   the root, and a few pages of its own; big programs use the rest. */
#define FRAMES       (2048 + 16 * NPROC)
#define NO_FRAME     0xffffffffu
#define FRAME_WORDS  512

struct frame { uint64_t w[FRAME_WORDS]; };

extern struct frame frames[FRAMES];
extern uint32_t frames_used;

/* A frame of zeros, or NO_FRAME. */
/*@ requires used: frames_used <= FRAMES;
    terminates \true; assigns frames_used, frames[0 .. FRAMES - 1];
    ensures used:   \old(frames_used) <= frames_used <= FRAMES;
    ensures result: \result < FRAMES || \result == NO_FRAME; */
uint32_t frame_take(void);
/* Its physical address. */
/*@ requires range: frame < FRAMES;
    terminates \true; assigns \nothing;
    ensures below: 0 < \result < 0x100000000;
    ensures page:  \result % PAGE_SIZE == 0; */
uint64_t frame_address(uint32_t frame);
/* The frame that a page table entry names, or NO_FRAME. */
/*@ terminates \true; assigns \nothing;
    ensures result: \result < FRAMES || \result == NO_FRAME; */
uint32_t frame_of_entry(uint64_t entry);
#endif
