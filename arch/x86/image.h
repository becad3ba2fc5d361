/* The boot image: where its tables stand, and what may be wrong with it. */
#ifndef POSTERN_IMAGE_H
#define POSTERN_IMAGE_H
#include <stdint.h>
#include <types.h>

/* Numbers of records; image_check has held them against the table sizes. */
struct image {
	uint64_t address; /* physical */
	uint64_t bytes;
	uint64_t words; /* before the page data */
	uint64_t processes, endpoints, spaces, segments;
};

extern struct image image;

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
enum refusal image_load(uint32_t protocol, uint64_t information);

/* Say on the log which record and field is wrong. */
void image_refuse(enum refusal reason, uint32_t record);
/* The same for what core_init found. */
void image_refuse_core(uint32_t kind, uint32_t record, uint32_t field);
#endif
