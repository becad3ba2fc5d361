#include "cpu.h"
#include "frame.h"
#include "gdt.h"
#include "paging.h"

uint32_t kernel_root;
uint64_t kernel_half;

/* The table that an entry of another table names; made if there is none. */
/*@ requires tables: tables_ok;
    requires table: table == NO_FRAME || (is_table(table, level, space) && 1 < level <= 4);
    requires index: index < FRAME_WORDS;
    requires half:  level == 4 && index == KERNEL_TOP ==> space == KERNEL_SPACE;
    terminates \true;
    assigns frames_used, frames[frames_used], frames[table].w[index], frame_uses[frames_used];
    ensures tables: tables_ok && frames_kept{Pre,Post};
    ensures below:  \result == NO_FRAME || is_table(\result, level - 1, space);
    ensures entry:  \result != NO_FRAME ==> table != NO_FRAME && frames[table].w[index] != 0;
    ensures names:  \result != NO_FRAME ==> frame_in(frames[table].w[index]) == \result; */
static uint32_t table_below(uint32_t table, uint64_t index, uint32_t level, uint32_t space)
{
	if (table == NO_FRAME)
		return NO_FRAME;
	uint64_t entry = frames[table].w[index];
	//@ assert table: entry != 0 ==> table_entry(level - 1, space, entry);
	if (entry != 0)
		return frame_of_entry(entry);
	uint32_t below = frame_take(level - 1, space, 0);
	if (below != NO_FRAME)
		frames[table].w[index] = frame_address(below) + PTE_PRESENT + PTE_WRITE + PTE_USER;
	return below;
}

enum map_result paging_map(uint32_t root, uint64_t address, uint64_t entry)
{
	uint64_t page = address / PAGE_SIZE;
	uint32_t space = frame_uses[root].space;
	uint32_t third = table_below(root, page / 0x8000000 % FRAME_WORDS, 4, space);
	uint32_t second = table_below(third, page / 0x40000 % FRAME_WORDS, 3, space);
	uint32_t first = table_below(second, page / 0x200 % FRAME_WORDS, 2, space);
	if (first == NO_FRAME)
		return MAP_FULL;
	if (frames[first].w[page % FRAME_WORDS] != 0)
		return MAP_TAKEN;
	/*@ assert way: is_table(root, 4, space) && is_table(third, 3, space) && is_table(second, 2, space)
	      && is_table(first, 1, space); */
	/*@ assert third: frames[root].w[index4(address)] != 0
	      && frame_in(frames[root].w[index4(address)]) == third; */
	/*@ assert second: frames[third].w[index3(address)] != 0
	      && frame_in(frames[third].w[index3(address)]) == second; */
	/*@ assert first: frames[second].w[index2(address)] != 0
	      && frame_in(frames[second].w[index2(address)]) == first; */
	frames[first].w[page % FRAME_WORDS] = entry;
	return MAP_DONE;
}

/*@ requires place: place_ok;
    terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> guard_page(physical); */
static uint32_t is_guard(uint64_t physical)
{
	return physical >= place.stacks && physical < place.stacks + sizeof(stacks)
	       && (physical - place.stacks) % STACK_SIZE == 0;
}

/* The pages from start to end, which are physical, at KERNEL_BASE above. */
/*@ requires tables: tables_ok && is_table(root, 4, KERNEL_SPACE);
    requires pages: page_place(start) && start <= stop < 0x80000000;
    requires flags: \forall integer a; start <= a < stop && page_place(a) ==> kernel_part(a, flags);
    terminates \true;
    assigns frames_used, frames[0 .. FRAMES - 1], frame_uses[frames_used .. FRAMES - 1];
    ensures tables: tables_ok && frames_kept{Pre,Post}; */
static enum map_result map_part(uint32_t root, uint64_t start, uint64_t stop, uint64_t flags)
{
	enum map_result result = MAP_DONE;
	/*@ loop invariant pages: start <= p < 0x80001000 && page_place(p);
	    loop invariant tables: tables_ok && frames_kept{Pre,Here};
	    loop assigns   p, result, frames_used, frames[0 .. FRAMES - 1],
	                   frame_uses[\at(frames_used,Pre) .. FRAMES - 1];
	    loop variant   0x80001000 - p; */
	for (uint64_t p = start; p < stop && result == MAP_DONE; p += PAGE_SIZE)
		if (!is_guard(p))
			result = paging_map(root, KERNEL_BASE + p, p + flags);
	return result;
}

enum map_result paging_init(void)
{
	const uint64_t flags = PTE_PRESENT + PTE_GLOBAL;
	uint32_t root = frame_take(4, KERNEL_SPACE, 0);
	if (root == NO_FRAME)
		return MAP_FULL;
	enum map_result result = map_part(root, place.text, place.rodata, flags);
	if (result == MAP_DONE)
		result = map_part(root, place.rodata, place.data, flags + PTE_NO_EXECUTE);
	if (result == MAP_DONE)
		result = map_part(root, place.data, place.data_end,
				  flags + PTE_NO_EXECUTE + PTE_WRITE);
	if (result != MAP_DONE)
		return result;
	if (frames[root].w[KERNEL_TOP] == 0)
		return MAP_FULL; /* a kernel without pages */
	kernel_root = root;
	kernel_half = frames[root].w[KERNEL_TOP];
	return MAP_DONE;
}

uint64_t paging_enter(void)
{
	uint64_t root = frame_address(kernel_root);
	cpu_set_cr3(root);
	return root;
}

uint32_t paging_root(uint32_t space)
{
	uint32_t root = frame_take(4, space, 0);
	if (root != NO_FRAME)
		frames[root].w[KERNEL_TOP] = kernel_half;
	return root;
}
