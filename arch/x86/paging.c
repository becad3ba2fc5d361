#include "asm.h"
#include "cpu.h"
#include "frame.h"
#include "gdt.h"
#include "paging.h"

#define KERNEL_TOP 511 /* index of the kernel's half in a root */

static uint32_t kernel_root; /* tables with the kernel's half and nothing else */
static uint64_t kernel_half; /* what stands in its place KERNEL_TOP */

/* The table that an entry of another table names; made if there is none. */
static uint32_t table_below(uint32_t table, uint64_t index)
{
	uint64_t entry = frames[table].w[index];
	if (entry % 2 == PTE_PRESENT)
		return frame_of_entry(entry);
	uint32_t below = frame_take();
	if (below != NO_FRAME)
		frames[table].w[index] = frame_address(below) + PTE_PRESENT + PTE_WRITE + PTE_USER;
	return below;
}

enum map_result paging_map(uint32_t root, uint64_t address, uint64_t entry)
{
	uint64_t page = address / PAGE_SIZE;
	uint32_t table = table_below(root, page / 0x8000000 % FRAME_WORDS);
	if (table != NO_FRAME)
		table = table_below(table, page / 0x40000 % FRAME_WORDS);
	if (table != NO_FRAME)
		table = table_below(table, page / 0x200 % FRAME_WORDS);
	if (table == NO_FRAME)
		return MAP_FULL;
	if (frames[table].w[page % FRAME_WORDS] != 0)
		return MAP_TAKEN;
	frames[table].w[page % FRAME_WORDS] = entry;
	return MAP_DONE;
}

static uint32_t is_guard(uint64_t address)
{
	uint64_t first = cpu_address(stacks);
	return address >= first && address < first + sizeof(stacks)
	       && (address - first) % STACK_SIZE == 0;
}

static enum map_result map_part(uint32_t root, const uint8_t *start, const uint8_t *end,
				uint64_t flags)
{
	enum map_result result = MAP_DONE;
	uint64_t stop = cpu_address(end);
	for (uint64_t a = cpu_address(start); a < stop && result == MAP_DONE; a += PAGE_SIZE)
		if (!is_guard(a))
			result = paging_map(root, a, a - KERNEL_BASE + flags);
	return result;
}

enum map_result paging_init(void)
{
	const uint64_t flags = PTE_PRESENT + PTE_GLOBAL;
	enum map_result result = MAP_FULL;
	uint32_t root = frame_take();
	if (root != NO_FRAME)
		result = map_part(root, text_start, rodata_start, flags);
	if (result == MAP_DONE)
		result = map_part(root, rodata_start, data_start, flags + PTE_NO_EXECUTE);
	if (result == MAP_DONE)
		result = map_part(root, data_start, data_end, flags + PTE_NO_EXECUTE + PTE_WRITE);
	if (result != MAP_DONE)
		return result;
	kernel_root = root;
	kernel_half = frames[root].w[KERNEL_TOP];
	return MAP_DONE;
}

void paging_enter(void)
{
	cpu_set_cr3(frame_address(kernel_root));
}

uint32_t paging_root(void)
{
	uint32_t root = frame_take();
	if (root != NO_FRAME)
		frames[root].w[KERNEL_TOP] = kernel_half;
	return root;
}
