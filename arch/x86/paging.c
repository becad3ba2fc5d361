#include "asm.h"
#include "cpu.h"
#include "frame.h"
#include "gdt.h"
#include "paging.h"

#define KERNEL_TOP 511 /* index of the kernel's half in a root */

uint32_t kernel_root;
uint64_t kernel_half;

/* The table that an entry of another table names; made if there is none. */
/*@ requires range: table < FRAMES || table == NO_FRAME;
    requires index: index < FRAME_WORDS;
    requires used:  frames_used <= FRAMES;
    terminates \true; assigns frames_used, frames[0 .. FRAMES - 1];
    ensures used:   frames_used <= FRAMES;
    ensures result: \result < FRAMES || \result == NO_FRAME; */
static uint32_t table_below(uint32_t table, uint64_t index)
{
	if (table == NO_FRAME)
		return NO_FRAME;
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
	table = table_below(table, page / 0x40000 % FRAME_WORDS);
	table = table_below(table, page / 0x200 % FRAME_WORDS);
	if (table == NO_FRAME)
		return MAP_FULL;
	if (frames[table].w[page % FRAME_WORDS] != 0)
		return MAP_TAKEN;
	frames[table].w[page % FRAME_WORDS] = entry;
	return MAP_DONE;
}

/*@ terminates \true; assigns \nothing; */
static uint32_t is_guard(uint64_t physical)
{
	uint64_t first = cpu_physical(stacks);
	return physical >= first && physical < first + sizeof(stacks)
	       && (physical - first) % STACK_SIZE == 0;
}

/* The pages from start to end, which are physical, at KERNEL_BASE above. */
/*@ requires range: root < FRAMES;
    requires below: stop < 0x80000000 && start < 0x80000000;
    requires flags: flags <= 0xfff + PTE_NO_EXECUTE;
    requires used:  frames_used <= FRAMES;
    terminates \true; assigns frames_used, frames[0 .. FRAMES - 1];
    ensures used: frames_used <= FRAMES; */
static enum map_result map_part(uint32_t root, uint64_t start, uint64_t stop, uint64_t flags)
{
	enum map_result result = MAP_DONE;
	/*@ loop invariant below: p < 0x80001000;
	    loop invariant used:  frames_used <= FRAMES;
	    loop assigns   p, result, frames_used, frames[0 .. FRAMES - 1];
	    loop variant   0x80001000 - p; */
	for (uint64_t p = start; p < stop && result == MAP_DONE; p += PAGE_SIZE)
		if (!is_guard(p))
			result = paging_map(root, KERNEL_BASE + p, p + flags);
	return result;
}

enum map_result paging_init(void)
{
	const uint64_t text = cpu_physical(text_start), rodata = cpu_physical(rodata_start);
	const uint64_t data = cpu_physical(data_start), end = cpu_physical(data_end);
	const uint64_t flags = PTE_PRESENT + PTE_GLOBAL;
	uint32_t root = frame_take();
	if (root == NO_FRAME)
		return MAP_FULL;
	enum map_result result = map_part(root, text, rodata, flags);
	if (result == MAP_DONE)
		result = map_part(root, rodata, data, flags + PTE_NO_EXECUTE);
	if (result == MAP_DONE)
		result = map_part(root, data, end, flags + PTE_NO_EXECUTE + PTE_WRITE);
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
