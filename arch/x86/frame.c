#include "cpu.h"
#include "frame.h"

struct frame frames[FRAMES] __attribute__((aligned(PAGE_SIZE), section(".bss.pool")));
uint32_t frames_used;

uint32_t frame_take(void)
{
	uint32_t frame = frames_used;
	if (frame >= FRAMES)
		return NO_FRAME;
	frames_used = frame + 1;
	/*@ loop invariant range: i <= FRAME_WORDS;
	    loop assigns   i, frames[frame];
	    loop variant   FRAME_WORDS - i; */
	for (uint32_t i = 0; i < FRAME_WORDS; i++)
		frames[frame].w[i] = 0;
	return frame;
}

uint64_t frame_address(uint32_t frame)
{
	return cpu_physical(frames) + (uint64_t)PAGE_SIZE * frame;
}

uint32_t frame_of_entry(uint64_t entry)
{
	uint64_t address = entry % 0x10000000000000 / PAGE_SIZE * PAGE_SIZE;
	uint64_t first = cpu_physical(frames);
	if (address < first || (address - first) / PAGE_SIZE >= FRAMES)
		return NO_FRAME;
	return (uint32_t)((address - first) / PAGE_SIZE);
}
