/* The boot image: where its tables stand, and what may be wrong with it. */
#ifndef POSTERN_IMAGE_H
#define POSTERN_IMAGE_H
#include <stdint.h>
#include "machine.h"
#include <boot.h>
#include "place.h"

/* What its header says, once image_load has accepted it. */
struct image {
	uint64_t address; /* physical */
	uint64_t bytes;
	uint64_t words; /* before the page data */
	uint64_t processes, endpoints, spaces, segments;
};

extern struct image image;

/* The numbers of records, and of the words they take, are in range. */
/*@ predicate image_counts{L} =
      image.processes <= NPROC && image.endpoints <= NENDP && image.spaces <= NPROC
      && image.segments <= BOOT_SEGMENTS
      && image.words == BOOT_HEADER + BOOT_PROCESS * image.processes
           + BOOT_ENDPOINT * image.endpoints + BOOT_SEGMENT * image.segments + image.spaces
      && image.words <= BOOT_WORDS; */

/* The image is in memory that can be read at boot, and is not the kernel's. */
/*@ predicate image_place{L} =
      8 * image.words <= image.bytes && image.address % PAGE_SIZE == 0
      && image.address + image.bytes <= 0x100000000
      && (image.address + image.bytes <= KERNEL_START || place.pool_end <= image.address); */

/* Its words are in boot_image, and the header's fields are what the first of them say. */
/*@ predicate image_read{L} =
      (\forall integer i; 0 <= i < image.words ==> boot_image.w[i] == memory_word(image.address + 8 * i))
      && boot_image.w[H_MAGIC] == BOOT_MAGIC && image.words == boot_image.w[H_WORDS]
      && image.processes == boot_image.w[H_PROCESSES] && image.endpoints == boot_image.w[H_ENDPOINTS]
      && image.spaces == boot_image.w[H_SPACES] && image.segments == boot_image.w[H_SEGMENTS]; */

/* Why an image was refused; refusal.c has the words. */
enum refusal {
	ACCEPTED = 0,
	NO_MODULE, MODULE_PLACE, MODULE_SHORT,
	BAD_MAGIC, BAD_WORDS, BAD_PROCESSES, BAD_ENDPOINTS, BAD_SPACES, BAD_SEGMENTS,
	BAD_SUM, BAD_BYTES,
	PROCESS_SPACE, SPACE_FLAGS,
	SEGMENT_SPACE, SEGMENT_ADDRESS, SEGMENT_OFFSET, SEGMENT_FILE, SEGMENT_MEMORY,
	SEGMENT_FLAGS, SEGMENT_OVERLAP,
	NO_FRAMES,
};

/* Find the image in what the boot loader left, check its header and copy its
   words to boot_image. */
/*@ terminates \true; assigns image, boot_image;
    ensures accepted: \result == ACCEPTED ==> image_counts && image_place && image_read;
    ensures known: \result <= NO_FRAMES; */
enum refusal image_load(uint32_t protocol, uint64_t information);

/* Say on the log which record and field is wrong. */
/*@ requires known: ACCEPTED < reason <= NO_FRAMES;
    terminates \true; assigns ports; */
void image_refuse(enum refusal reason, uint32_t record);
/* The same for what core_init found. */
/*@ terminates \true; assigns ports; */
void image_refuse_core(uint32_t kind, uint32_t record, uint32_t field);
#endif
