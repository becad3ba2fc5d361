/* Segments: a range of pages of one space, from the image or zero. */
#ifndef POSTERN_SEGMENT_H
#define POSTERN_SEGMENT_H
#include <stdint.h>
#include "image.h"

/* Check the segment record that begins at boot_image.w[at], and map its pages. */
enum refusal segment_load(uint64_t at);
#endif
