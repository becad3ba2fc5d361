#include <boot.h>
#include "cpu.h"
#include "image.h"
#include "module.h"

#define HEADER_BYTES 6 /* the word that holds the size of the image */
#define MEMORY_END 0x100000000 /* the boot tables map up to there */

struct image image;

/*@ predicate outside{L}(struct module m) = m.address + m.bytes <= MEMORY_END
      && (m.address + m.bytes <= KERNEL_START || place.pool_end <= m.address); */

/* Is the module where it can be read, and the kernel's memory still its own? */
/*@ terminates \true; assigns \nothing;
    ensures accepted: \result == ACCEPTED ==> m.address % PAGE_SIZE == 0
              && 8 * BOOT_HEADER <= m.bytes && outside(m);
    ensures known: \result <= NO_FRAMES; */
static enum refusal module_check(struct module m)
{
	if (m.bytes == 0)
		return NO_MODULE;
	if (m.bytes < 8 * BOOT_HEADER)
		return MODULE_SHORT;
	if (m.address % PAGE_SIZE != 0 || m.address >= MEMORY_END
	    || m.bytes > MEMORY_END - m.address)
		return MODULE_PLACE;
	if (m.address < place.pool_end && m.address + m.bytes > KERNEL_START)
		return MODULE_PLACE;
	return ACCEPTED;
}

/*@ terminates \true; assigns \nothing;
    ensures accepted: \result == ACCEPTED && image.words <= BOOT_WORDS ==> image_counts;
    ensures known: \result <= NO_FRAMES; */
static enum refusal counts_check(void)
{
	if (image.processes > NPROC)
		return BAD_PROCESSES;
	if (image.endpoints > NENDP)
		return BAD_ENDPOINTS;
	if (image.spaces > NPROC)
		return BAD_SPACES;
	if (image.segments > BOOT_SEGMENTS)
		return BAD_SEGMENTS;
	if (image.words != BOOT_HEADER + BOOT_PROCESS * image.processes
			   + BOOT_ENDPOINT * image.endpoints
			   + BOOT_SEGMENT * image.segments + image.spaces)
		return BAD_SUM;
	return ACCEPTED;
}

/* The header is the first words of boot_image. */
/*@ requires place: m.address % PAGE_SIZE == 0 && outside(m);
    terminates \true; assigns image;
    ensures accepted: \result == ACCEPTED ==> image_counts && image_place
                                           && image.words <= m.bytes / 8;
    ensures known: \result <= NO_FRAMES; */
static enum refusal header_check(struct module m)
{
	image.address = m.address;
	image.bytes = m.bytes;
	image.words = boot_image.w[H_WORDS];
	image.processes = boot_image.w[H_PROCESSES];
	image.endpoints = boot_image.w[H_ENDPOINTS];
	image.spaces = boot_image.w[H_SPACES];
	image.segments = boot_image.w[H_SEGMENTS];
	if (boot_image.w[H_MAGIC] != BOOT_MAGIC)
		return BAD_MAGIC;
	if (image.words > BOOT_WORDS || image.words > m.bytes / 8)
		return BAD_WORDS;
	if (boot_image.w[HEADER_BYTES] != m.bytes)
		return BAD_BYTES;
	return counts_check();
}

/*@ requires range: n <= BOOT_WORDS && 8 * n <= m.bytes;
    requires place: m.address + m.bytes <= MEMORY_END;
    terminates \true; assigns boot_image; */
static void copy_words(struct module m, uint64_t n)
{
	const uint64_t *words = cpu_memory(m.address, m.bytes / 8);
	/*@ loop invariant range: i <= n;
	    loop assigns   i, boot_image;
	    loop variant   n - i; */
	for (uint64_t i = 0; i < n; i++)
		boot_image.w[i] = words[i];
}

enum refusal image_load(uint32_t protocol, uint64_t information)
{
	struct module m = module_find(protocol, information);
	enum refusal result = module_check(m);
	if (result != ACCEPTED)
		return result;
	copy_words(m, BOOT_HEADER);
	result = header_check(m);
	if (result == ACCEPTED)
		copy_words(m, image.words);
	return result;
}
