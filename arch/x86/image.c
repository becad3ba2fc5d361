#include <boot.h>
#include "asm.h"
#include "cpu.h"
#include "image.h"
#include "module.h"

#define MEMORY_END 0x100000000 /* the boot tables map that much */

struct image image;

/* Is the module where it can be read, and the kernel's memory still its own? */
static enum refusal module_check(struct module m)
{
	uint64_t end = cpu_physical(pool_end);
	if (m.bytes == 0)
		return NO_MODULE;
	if (m.bytes < 8 * BOOT_HEADER)
		return MODULE_SHORT;
	if (m.address % PAGE_SIZE != 0 || m.address >= MEMORY_END
	    || m.bytes > MEMORY_END - m.address)
		return MODULE_PLACE;
	if (m.address < end && m.address + m.bytes > KERNEL_START)
		return MODULE_PLACE;
	return ACCEPTED;
}

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

static enum refusal header_check(const uint64_t *header, struct module m)
{
	image.address = m.address;
	image.bytes = m.bytes;
	image.words = header[1];
	image.processes = header[2];
	image.endpoints = header[3];
	image.spaces = header[4];
	image.segments = header[5];
	if (header[0] != BOOT_MAGIC)
		return BAD_MAGIC;
	if (image.words > BOOT_WORDS || image.words > m.bytes / 8)
		return BAD_WORDS;
	if (header[6] != m.bytes)
		return BAD_BYTES;
	return counts_check();
}

enum refusal image_load(uint32_t protocol, uint64_t information)
{
	struct module m = module_find(protocol, information);
	enum refusal result = module_check(m);
	if (result != ACCEPTED)
		return result;
	const uint64_t *words = cpu_memory(m.address);
	result = header_check(words, m);
	if (result != ACCEPTED)
		return result;
	for (uint64_t i = 0; i < image.words; i++)
		boot_image.w[i] = words[i];
	return ACCEPTED;
}
