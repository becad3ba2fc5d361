#include "cpu.h"
#include "layout.h"
#include "module.h"

#define TAG_END    0
#define TAG_MODULE 3

/* hvm_start_info: magic and version, flags and number of modules, their list. */
static struct module module_pvh(uint64_t information)
{
	struct module m = { 0, 0 };
	const uint64_t *start = cpu_memory(information);
	if (start[1] >> 32 == 0)
		return m;
	const uint64_t *list = cpu_memory(start[2]);
	m.address = list[0];
	m.bytes = list[1];
	return m;
}

/* Multiboot2: two words of size, then tags: type and size, 8-byte aligned. */
static struct module module_multiboot2(uint64_t information)
{
	struct module m = { 0, 0 };
	const uint64_t *tags = cpu_memory(information);
	uint64_t end = (uint32_t)tags[0] / 8;
	for (uint64_t i = 1; i < end; i += ((tags[i] >> 32) + 7) / 8) {
		uint32_t type = (uint32_t)tags[i];
		if (type == TAG_END || tags[i] >> 32 == 0)
			break;
		if (type == TAG_MODULE) {
			m.address = (uint32_t)tags[i + 1];
			m.bytes = (tags[i + 1] >> 32) - m.address;
			break;
		}
	}
	return m;
}

struct module module_find(uint32_t protocol, uint64_t information)
{
	if (protocol == BOOT_MULTIBOOT2)
		return module_multiboot2(information);
	return module_pvh(information);
}
