/* The frames that user memory and page tables are made of: a static pool that
   is handed out at boot, frame by frame, and is never given back. */
#ifndef POSTERN_FRAME_H
#define POSTERN_FRAME_H
#include <stdint.h>
#include "place.h"

#define NO_FRAME     0xffffffffu
#define FRAME_WORDS  512

struct frame { uint64_t w[FRAME_WORDS]; };

/* What a frame is: a page table of level 1 to 4, or 0, what user pages hold; and whose:
   the number of a space, or KERNEL_SPACE. Of user pages: what they are mapped with (PTE_*). */
#define KERNEL_SPACE NPROC

struct frame_use { uint32_t level, space; uint64_t rights; };

extern struct frame frames[FRAMES];
extern struct frame_use frame_uses[FRAMES]; /* of those that were taken */
extern uint32_t frames_used;

/*@ predicate pool_ok{L} = place_ok && frames_used <= FRAMES;
    logic integer frame_place{L}(integer f) = place.pool + PAGE_SIZE * f; */

/* A frame of zeros, or NO_FRAME. */
/*@ requires pool: pool_ok;
    terminates \true; assigns frames_used, frames[frames_used], frame_uses[frames_used];
    ensures pool: pool_ok;
    ensures none: \result == NO_FRAME ==> frames_used == \old(frames_used);
    ensures new:  \result != NO_FRAME ==> \result == \old(frames_used) == frames_used - 1
      && frame_uses[\result].level == level && frame_uses[\result].space == space
      && frame_uses[\result].rights == rights
      && \forall integer i; 0 <= i < FRAME_WORDS ==> frames[\result].w[i] == 0; */
uint32_t frame_take(uint32_t level, uint32_t space, uint64_t rights);
/* Its physical address. */
/*@ requires range: frame < FRAMES && pool_ok;
    terminates \true; assigns \nothing;
    ensures place: \result == frame_place(frame);
    ensures below: 0 < \result < 0x100000000;
    ensures page:  \result % PAGE_SIZE == 0; */
uint64_t frame_address(uint32_t frame);
/* The frame that a page table entry names, or NO_FRAME. */
/*@ requires pool: pool_ok;
    terminates \true; assigns \nothing;
    ensures result: \result < FRAMES || \result == NO_FRAME;
    ensures is: \forall integer f, k; 0 <= f < FRAMES && 0 <= k < PAGE_SIZE
      && entry == frame_place(f) + k ==> \result == f; */
uint32_t frame_of_entry(uint64_t entry);
#endif
