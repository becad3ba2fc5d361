/* Segments: a range of pages of one space, from the image or zero. */
#ifndef POSTERN_SEGMENT_H
#define POSTERN_SEGMENT_H
#include <stdint.h>
#include "frame.h"
#include "image.h"

/* Check the segment record that begins at boot_image.w[at], and map its pages. */
/*@ requires at:     at + BOOT_SEGMENT <= BOOT_WORDS;
    requires counts: image_counts && image_place;
    requires used:   frames_used <= FRAMES;
    terminates \true; assigns frames_used, frames[0 .. FRAMES - 1];
    ensures used: frames_used <= FRAMES;
    ensures known: \result <= NO_FRAMES; */
enum refusal segment_load(uint64_t at);
#endif
