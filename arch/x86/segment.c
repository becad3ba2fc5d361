#include <boot.h>
#include "cpu.h"
#include "frame.h"
#include "layout.h"
#include "paging.h"
#include "segment.h"
#include "space.h"

#define SEGMENT_WRITE   2
#define SEGMENT_EXECUTE 4

/* One segment record. */
struct segment { uint64_t space, address, offset, file, memory, flags; };

/* Bit 0 is read, which every segment has. */
/*@ predicate flags_ok(struct segment s) =
      s.flags == 1 || s.flags == 1 + SEGMENT_WRITE || s.flags == 1 + SEGMENT_EXECUTE; */
/*@ predicate address_ok(struct segment s) =
      USER_START <= s.address < USER_END && s.address % PAGE_SIZE == 0; */
/*@ predicate memory_ok(struct segment s) = 0 < s.memory <= USER_END - s.address; */
/*@ predicate offset_ok{L}(struct segment s) =
      s.offset % PAGE_SIZE == 0 && 8 * image.words <= s.offset <= image.bytes; */
/*@ predicate file_ok{L}(struct segment s) = s.file <= s.memory && s.offset + s.file <= image.bytes; */

/* A segment without bytes in the file may have any offset. */
/*@ predicate segment_ok{L}(struct segment s) =
      s.space < image.spaces && address_ok(s) && memory_ok(s) && flags_ok(s)
      && (s.file > 0 ==> offset_ok(s) && file_ok(s)); */

/*@ requires at: at + BOOT_SEGMENT <= BOOT_WORDS;
    terminates \true; assigns \nothing;
    ensures fields: \result.space == boot_image.w[at] && \result.address == boot_image.w[at + 1]
      && \result.offset == boot_image.w[at + 2] && \result.file == boot_image.w[at + 3]
      && \result.memory == boot_image.w[at + 4] && \result.flags == boot_image.w[at + 5]; */
static struct segment segment_read(uint64_t at)
{
	struct segment s;
	s.space = boot_image.w[at];
	s.address = boot_image.w[at + 1];
	s.offset = boot_image.w[at + 2];
	s.file = boot_image.w[at + 3];
	s.memory = boot_image.w[at + 4];
	s.flags = boot_image.w[at + 5];
	return s;
}

/*@ requires counts: image_counts && image_place;
    terminates \true; assigns \nothing;
    ensures accepted: \result == ACCEPTED <==> segment_ok(s);
    ensures space:   \result == SEGMENT_SPACE ==> s.space >= image.spaces;
    ensures address: \result == SEGMENT_ADDRESS ==> !address_ok(s);
    ensures memory:  \result == SEGMENT_MEMORY ==> !memory_ok(s);
    ensures flags:   \result == SEGMENT_FLAGS ==> !flags_ok(s);
    ensures offset:  \result == SEGMENT_OFFSET ==> s.file > 0 && !offset_ok(s);
    ensures file:    \result == SEGMENT_FILE ==> s.file > 0 && !file_ok(s);
    ensures known: \result == ACCEPTED || SEGMENT_SPACE <= \result <= SEGMENT_FLAGS; */
static enum refusal segment_check(struct segment s)
{
	if (s.space >= image.spaces)
		return SEGMENT_SPACE;
	if (s.address % PAGE_SIZE != 0 || s.address < USER_START || s.address >= USER_END)
		return SEGMENT_ADDRESS;
	if (s.memory == 0 || s.memory > USER_END - s.address)
		return SEGMENT_MEMORY;
	if (s.flags != 1 && s.flags != 1 + SEGMENT_WRITE && s.flags != 1 + SEGMENT_EXECUTE)
		return SEGMENT_FLAGS;
	if (s.file == 0)
		return ACCEPTED;
	if (s.offset % PAGE_SIZE != 0 || s.offset < 8 * image.words || s.offset > image.bytes)
		return SEGMENT_OFFSET;
	if (s.file > image.bytes - s.offset || s.file > s.memory)
		return SEGMENT_FILE;
	return ACCEPTED;
}

/*@ terminates \true; assigns \nothing;
    ensures rights: user_rights(\result);
    ensures write: \result == PTE_PRESENT + PTE_USER + PTE_NO_EXECUTE + PTE_WRITE
      <==> s.flags == 1 + SEGMENT_WRITE;
    ensures execute: \result == PTE_PRESENT + PTE_USER <==> s.flags == 1 + SEGMENT_EXECUTE; */
static uint64_t entry_flags(struct segment s)
{
	uint64_t flags = PTE_PRESENT + PTE_USER;
	if (s.flags == 1 + SEGMENT_WRITE)
		flags += PTE_WRITE;
	if (s.flags != 1 + SEGMENT_EXECUTE)
		flags += PTE_NO_EXECUTE;
	return flags;
}

/* What so many bytes are less than. */
static const uint64_t bound[8] = {
	1, 0x100, 0x10000, 0x1000000, 0x100000000, 0x10000000000, 0x1000000000000, 0x100000000000000,
};

/* Copy the first bytes of a page; what follows them stays zero. */
/*@ requires range: frame < FRAMES && bytes <= PAGE_SIZE;
    requires from:  \valid_read(from + (0 .. (bytes + 7) / 8 - 1));
    requires apart: \separated(from + (0 .. (bytes + 7) / 8 - 1), &frames[0 .. FRAMES - 1]);
    terminates \true; assigns frames[frame].w[0 .. FRAME_WORDS - 1];
    ensures words: \forall integer i; 0 <= i < bytes / 8 ==> frames[frame].w[i] == from[i];
    ensures rest: bytes % 8 != 0 ==> frames[frame].w[bytes / 8] == from[bytes / 8] % bound[bytes % 8];
    ensures kept: \forall integer i; (bytes + 7) / 8 <= i < FRAME_WORDS ==>
      frames[frame].w[i] == \old(frames[frame].w[i]); */
static void copy_page(uint32_t frame, const uint64_t *from, uint64_t bytes)
{
	uint64_t words = bytes / 8, rest = bytes % 8;
	/*@ loop invariant range: i <= words;
	    loop invariant done: \forall integer j; 0 <= j < i ==> frames[frame].w[j] == from[j];
	    loop invariant kept: \forall integer j; i <= j < FRAME_WORDS ==>
	      frames[frame].w[j] == \at(frames[frame].w[j],Pre);
	    loop assigns   i, frames[frame].w[0 .. FRAME_WORDS - 1];
	    loop variant   words - i; */
	for (uint64_t i = 0; i < words; i++)
		frames[frame].w[i] = from[i];
	if (rest != 0)
		frames[frame].w[words] = from[words] % bound[rest];
}

/* The physical address of what a page of the segment starts out as, or 0. A
   page that is never written and whole in the image is used in place. */
/*@ requires ok:   segment_ok(s) && image_counts && image_place;
    requires page: page < s.memory && page % PAGE_SIZE == 0;
    requires tables: tables_ok;
    requires rights: user_rights(rights) && (s.flags != 1 + SEGMENT_WRITE ==> !may_write(rights));
    terminates \true; assigns frames_used, frames[frames_used], frame_uses[frames_used];
    ensures tables: tables_ok && frames_kept{Pre,Post};
    ensures below: \result < 0x100000000;
    ensures in_place: page + PAGE_SIZE <= s.file && s.flags != 1 + SEGMENT_WRITE ==>
      \result == image.address + s.offset + page;
    ensures page: \result == 0 || page_ok(s.space, \result, rights); */
static uint64_t page_content(struct segment s, uint64_t page, uint64_t rights)
{
	uint64_t left = page < s.file ? s.file - page : 0;
	if (left >= PAGE_SIZE && s.flags != 1 + SEGMENT_WRITE)
		return image.address + s.offset + page;
	uint32_t frame = frame_take(0, s.space, rights);
	if (frame == NO_FRAME)
		return 0;
	if (left > PAGE_SIZE)
		left = PAGE_SIZE;
	if (left != 0)
		copy_page(frame, cpu_memory(image.address + s.offset + page, (left + 7) / 8), left);
	return frame_address(frame);
}

enum refusal segment_load(uint64_t at)
{
	struct segment s = segment_read(at);
	enum refusal result = segment_check(s);
	if (result != ACCEPTED)
		return result;
	uint32_t root = space_root(s.space);
	uint64_t rights = entry_flags(s);
	/*@ loop invariant page: page % PAGE_SIZE == 0 && page < s.memory + PAGE_SIZE;
	    loop invariant spaces: spaces_ok(image.spaces) && is_table(root, 4, s.space) && frames_kept{Pre,Here};
	    loop assigns   page, frames_used, frames[0 .. FRAMES - 1],
	                   frame_uses[\at(frames_used,Pre) .. FRAMES - 1];
	    loop variant   s.memory + PAGE_SIZE - page; */
	for (uint64_t page = 0; page < s.memory; page += PAGE_SIZE) {
		uint64_t content = page_content(s, page, rights);
		//@ assert kept: frames_kept{Pre,Here};
		//@ assert whole: spaces_ok(image.spaces);
		if (content == 0)
			return NO_FRAMES;
		enum map_result mapped = paging_map(root, s.address + page, content + rights);
		//@ assert mapped: frames_kept{Pre,Here};
		//@ assert spaces: spaces_ok(image.spaces);
		if (mapped != MAP_DONE)
			return mapped == MAP_TAKEN ? SEGMENT_OVERLAP : NO_FRAMES;
	}
	return ACCEPTED;
}
