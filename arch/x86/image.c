#include <boot.h>
#include "cpu.h"
#include "image.h"
#include "module.h"

#define HEADER_BYTES 6 /* the word that holds the size of the image */
#define MEMORY_END 0x100000000 /* the boot tables map up to there */

struct image image;

/*@ predicate outside{L}(struct module m) = m.address + m.bytes <= MEMORY_END
      && (m.address + m.bytes <= KERNEL_START || place.pool_end <= m.address); */

/*@ predicate placed{L}(struct module m) = m.address % PAGE_SIZE == 0 && outside(m); */

/* Is the module where it can be read, and the kernel's memory still its own? The
   reason that is given is true. */
/*@ terminates \true; assigns \nothing;
    ensures accepted: \result == ACCEPTED <==> 8 * BOOT_HEADER <= m.bytes && placed(m);
    ensures none:  \result == NO_MODULE ==> m.bytes == 0;
    ensures short: \result == MODULE_SHORT ==> 0 < m.bytes < 8 * BOOT_HEADER;
    ensures place: \result == MODULE_PLACE ==> !placed(m);
    ensures known: \result == ACCEPTED || NO_MODULE <= \result <= MODULE_SHORT; */
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
    ensures accepted: image.words <= BOOT_WORDS ==> (\result == ACCEPTED <==> image_counts);
    ensures processes: \result == BAD_PROCESSES ==> image.processes > NPROC;
    ensures endpoints: \result == BAD_ENDPOINTS ==> image.endpoints > NENDP;
    ensures spaces:    \result == BAD_SPACES ==> image.spaces > NPROC;
    ensures segments:  \result == BAD_SEGMENTS ==> image.segments > BOOT_SEGMENTS;
    ensures sum:       \result == BAD_SUM ==> image.words != BOOT_HEADER
      + BOOT_PROCESS * image.processes + BOOT_ENDPOINT * image.endpoints
      + BOOT_SEGMENT * image.segments + image.spaces;
    ensures known: \result == ACCEPTED || BAD_PROCESSES <= \result <= BAD_SUM; */
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
    ensures fields: image.address == m.address && image.bytes == m.bytes
      && image.words == boot_image.w[H_WORDS] && image.processes == boot_image.w[H_PROCESSES]
      && image.endpoints == boot_image.w[H_ENDPOINTS] && image.spaces == boot_image.w[H_SPACES]
      && image.segments == boot_image.w[H_SEGMENTS];
    ensures accepted: \result == ACCEPTED <==> boot_image.w[H_MAGIC] == BOOT_MAGIC
      && boot_image.w[HEADER_BYTES] == m.bytes && image_counts && image_place;
    ensures magic: \result == BAD_MAGIC ==> boot_image.w[H_MAGIC] != BOOT_MAGIC;
    ensures words: \result == BAD_WORDS ==> image.words > BOOT_WORDS || 8 * image.words > m.bytes;
    ensures bytes: \result == BAD_BYTES ==> boot_image.w[HEADER_BYTES] != m.bytes;
    ensures counts: BAD_PROCESSES <= \result <= BAD_SUM ==> !image_counts;
    ensures known: \result == ACCEPTED || BAD_MAGIC <= \result <= BAD_BYTES; */
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
    requires place: outside(m);
    terminates \true; assigns boot_image.w[0 .. n - 1];
    ensures copied: \forall integer i; 0 <= i < n ==> boot_image.w[i] == memory_word(m.address + 8 * i); */
static void copy_words(struct module m, uint64_t n)
{
	const uint64_t *words = cpu_memory(m.address, m.bytes / 8);
	/*@ loop invariant range: i <= n;
	    loop invariant copied: \forall integer j; 0 <= j < i ==>
	      boot_image.w[j] == memory_word(m.address + 8 * j);
	    loop assigns   i, boot_image.w[0 .. n - 1];
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
