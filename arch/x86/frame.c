#include "frame.h"

struct frame frames[FRAMES] __attribute__((aligned(PAGE_SIZE), section(".bss.pool")));
struct frame_use frame_uses[FRAMES];
uint32_t frames_used;

uint32_t frame_take(uint32_t level, uint32_t space, uint64_t rights)
{
	uint32_t frame = frames_used;
	if (frame >= FRAMES)
		return NO_FRAME;
	frames_used = frame + 1;
	frame_uses[frame].level = level;
	frame_uses[frame].space = space;
	frame_uses[frame].rights = rights;
	/*@ loop invariant range: i <= FRAME_WORDS;
	    loop invariant zeros: \forall integer k; 0 <= k < i ==> frames[frame].w[k] == 0;
	    loop assigns   i, frames[frame].w[0 .. FRAME_WORDS - 1];
	    loop variant   FRAME_WORDS - i; */
	for (uint32_t i = 0; i < FRAME_WORDS; i++)
		frames[frame].w[i] = 0;
	return frame;
}

uint64_t frame_address(uint32_t frame)
{
	return place.pool + (uint64_t)PAGE_SIZE * frame;
}

uint32_t frame_of_entry(uint64_t entry)
{
	uint64_t address = entry / PAGE_SIZE * PAGE_SIZE;
	if (address < place.pool || (address - place.pool) / PAGE_SIZE >= FRAMES)
		return NO_FRAME;
	return (uint32_t)((address - place.pool) / PAGE_SIZE);
}
