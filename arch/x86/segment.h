/* Segments: a range of pages of one space, from the image or zero. */
#ifndef POSTERN_SEGMENT_H
#define POSTERN_SEGMENT_H
#include <stdint.h>
#include "frame.h"
#include "image.h"
#include "paging.h"
#include "space.h"

/* Check the segment record that begins at boot_image.w[at], and map its pages. */
/*@ requires at:     at + BOOT_SEGMENT <= BOOT_WORDS;
    requires counts: image_counts && image_place;
    requires spaces: spaces_ok(image.spaces);
    terminates \true;
    assigns frames_used, frames[0 .. FRAMES - 1], frame_uses[frames_used .. FRAMES - 1];
    ensures spaces: spaces_ok(image.spaces) && frames_kept{Pre,Post};
    ensures known: \result <= NO_FRAMES; */
enum refusal segment_load(uint64_t at);
#endif
