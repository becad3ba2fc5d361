#include "cpu.h"
#include "layout.h"
#include "module.h"

#define MEMORY_END 0x100000000 /* the boot tables map that much */
#define TAG_MODULE 3

static const struct module none = { 0, 0 };

/* Words of memory that can be read? */
/*@ terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> in_memory(address, words); */
static int readable(uint64_t address, uint64_t words)
{
	return address <= MEMORY_END && words <= (MEMORY_END - address) / 8;
}

/* hvm_start_info: magic and version, flags and number of modules, their list. */
/*@ terminates \true; assigns \nothing;
    ensures listed: has_list(information) ==> first_listed(information, \result);
    ensures none:   !has_list(information) ==> \result.bytes == 0; */
static struct module module_pvh(uint64_t information)
{
	if (!readable(information, 3))
		return none;
	const uint64_t *start = cpu_memory(information, 3);
	if (start[1] / 0x100000000 == 0 || !readable(start[2], 2))
		return none;
	const uint64_t *list = cpu_memory(start[2], 2);
	struct module m = { list[0], list[1] };
	return m;
}

/* A Multiboot2 tag: type and size; for a module then its start and end. */
/*@ requires valid: \valid_read(tag + (0 .. 1));
    terminates \true; assigns \nothing;
    ensures spans: spans(tag[1], \result); */
static struct module module_of_tag(const uint64_t *tag)
{
	uint64_t start = tag[1] % 0x100000000, end = tag[1] / 0x100000000;
	struct module m = { start, end > start ? end - start : 0 };
	return m;
}

/* Multiboot2: a word that holds the size of all, then tags on 8-byte boundaries. */
/*@ terminates \true; assigns \nothing;
    ensures tagged: has_tags(information) ==> first_tagged(information, \result);
    ensures none:   !has_tags(information) ==> \result.bytes == 0; */
static struct module module_multiboot2(uint64_t information)
{
	if (!readable(information, 1))
		return none;
	uint64_t words = cpu_memory(information, 1)[0] % 0x100000000 / 8;
	if (!readable(information, words))
		return none;
	const uint64_t *tags = cpu_memory(information, words);
	/*@ loop invariant range: 1 <= i <= words + 0x100000000;
	    loop invariant first: first_tag(information, i) == first_tag(information, 1);
	    loop assigns   i;
	    loop variant   words - i; */
	for (uint64_t i = 1; i + 1 < words; i += (tags[i] / 0x100000000 + 7) / 8) {
		if (tags[i] % 0x100000000 == TAG_MODULE)
			return module_of_tag(tags + i);
		if (tags[i] / 0x100000000 == 0)
			break;
	}
	return none;
}

struct module module_find(uint32_t protocol, uint64_t information)
{
	if (protocol == BOOT_MULTIBOOT2)
		return module_multiboot2(information);
	return module_pvh(information);
}
