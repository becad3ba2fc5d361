#include <boot.h>
#include <tables.h>
#include "cpu.h"
#include "frame.h"
#include "gdt.h"
#include "layout.h"
#include "paging.h"
#include "segment.h"
#include "space.h"

struct space spaces[NPROC];
struct space homes[NPROC];
uint32_t bad_record;

uint32_t space_root(uint32_t space)
{
	return frame_of_entry(spaces[space].root);
}

/*@ requires range: space < NPROC;
    requires spaces: spaces_ok(space);
    terminates \true;
    assigns spaces[space], frames_used, frames[frames_used], frame_uses[frames_used];
    ensures spaces: spaces_ok(space) && frames_kept{Pre,Post} && (\result == ACCEPTED ==> space_ok(space));
    ensures known: \result <= NO_FRAMES; */
static enum refusal create(uint32_t space, uint64_t flags)
{
	if (flags > 1)
		return SPACE_FLAGS;
	uint32_t root = paging_root(space);
	if (root == NO_FRAME)
		return NO_FRAMES;
	spaces[space].root = frame_address(root);
	spaces[space].ports = flags == 1 ? PORTS_CONSOLE : PORTS_NONE;
	return ACCEPTED;
}

/* Where a process lives; its message page, in its own space. */
/*@ requires range:  process < image.processes;
    requires counts: image_counts && image_place;
    requires spaces: spaces_ok(image.spaces);
    terminates \true;
    assigns homes[process], frames_used, frames[0 .. FRAMES - 1], frame_uses[frames_used .. FRAMES - 1];
    ensures spaces: spaces_ok(image.spaces) && frames_kept{Pre,Post};
    ensures home: \result == ACCEPTED ==> space_of(process) < image.spaces
      && homes[process].root == spaces[space_of(process)].root;
    ensures known: \result <= NO_FRAMES; */
static enum refusal map_message(uint32_t process)
{
	uint64_t space = boot_image.w[BOOT_HEADER + BOOT_PROCESS * process + BOOT_SPACE];
	uint64_t page = (uint64_t)PAGE_SIZE * process;
	if (space >= image.spaces)
		return PROCESS_SPACE;
	homes[process] = spaces[space];
	/*@ assert leaf: leaf_ok(space_of(process), place.messages + PAGE_SIZE * process
	                         + PTE_PRESENT + PTE_USER + PTE_NO_EXECUTE + PTE_WRITE); */
	enum map_result result =
		paging_map(space_root(space), USER_END + page,
			   place.messages + page
			   + PTE_PRESENT + PTE_WRITE + PTE_USER + PTE_NO_EXECUTE);
	return result == MAP_DONE ? ACCEPTED : NO_FRAMES;
}

/*@ requires counts: image_counts && records + image.spaces <= BOOT_WORDS;
    requires tables: spaces_ok(0);
    terminates \true;
    assigns bad_record, spaces[0 .. NPROC - 1], frames_used, frames[0 .. FRAMES - 1],
            frame_uses[frames_used .. FRAMES - 1];
    ensures spaces: (\result == ACCEPTED ==> spaces_ok(image.spaces)) && frames_kept{Pre,Post};
    ensures known: \result <= NO_FRAMES; */
static enum refusal create_all(uint64_t records)
{
	enum refusal result = ACCEPTED;
	/*@ loop invariant range: s <= image.spaces;
	    loop invariant spaces: (result == ACCEPTED ==> spaces_ok(s)) && tables_ok && frames_kept{Pre,Here};
	    loop invariant known: result <= NO_FRAMES;
	    loop assigns   s, result, bad_record, spaces[0 .. NPROC - 1], frames_used, frames[0 .. FRAMES - 1],
	                   frame_uses[\at(frames_used,Pre) .. FRAMES - 1];
	    loop variant   image.spaces - s; */
	for (uint32_t s = 0; s < image.spaces && result == ACCEPTED; s++) {
		bad_record = s;
		result = create(s, boot_image.w[records + s]);
	}
	return result;
}

/*@ requires counts: image_counts && image_place;
    requires spaces: spaces_ok(image.spaces);
    terminates \true;
    assigns bad_record, homes[0 .. NPROC - 1], frames_used, frames[0 .. FRAMES - 1],
            frame_uses[frames_used .. FRAMES - 1];
    ensures spaces: spaces_ok(image.spaces) && frames_kept{Pre,Post};
    ensures homes: \result == ACCEPTED ==> \forall integer p; 0 <= p < image.processes ==>
      space_of(p) < image.spaces && homes[p].root == spaces[space_of(p)].root;
    ensures known: \result <= NO_FRAMES; */
static enum refusal map_messages(void)
{
	enum refusal result = ACCEPTED;
	/*@ loop invariant range: p <= image.processes;
	    loop invariant spaces: spaces_ok(image.spaces) && frames_kept{Pre,Here};
	    loop invariant homes: result == ACCEPTED ==> \forall integer q; 0 <= q < p ==>
	      space_of(q) < image.spaces && homes[q].root == spaces[space_of(q)].root;
	    loop invariant known: result <= NO_FRAMES;
	    loop assigns   p, result, bad_record, homes[0 .. NPROC - 1], frames_used, frames[0 .. FRAMES - 1],
	                   frame_uses[\at(frames_used,Pre) .. FRAMES - 1];
	    loop variant   image.processes - p; */
	for (uint32_t p = 0; p < image.processes && result == ACCEPTED; p++) {
		bad_record = p;
		result = map_message(p);
	}
	return result;
}

/*@ requires counts: image_counts && image_place
              && records + BOOT_SEGMENT * image.segments <= BOOT_WORDS;
    requires spaces: spaces_ok(image.spaces);
    terminates \true;
    assigns bad_record, frames_used, frames[0 .. FRAMES - 1], frame_uses[frames_used .. FRAMES - 1];
    ensures spaces: spaces_ok(image.spaces) && frames_kept{Pre,Post};
    ensures known: \result <= NO_FRAMES; */
static enum refusal load_segments(uint64_t records)
{
	enum refusal result = ACCEPTED;
	/*@ loop invariant range: g <= image.segments;
	    loop invariant spaces: spaces_ok(image.spaces) && frames_kept{Pre,Here};
	    loop invariant known: result <= NO_FRAMES;
	    loop assigns   g, result, bad_record, frames_used, frames[0 .. FRAMES - 1],
	                   frame_uses[\at(frames_used,Pre) .. FRAMES - 1];
	    loop variant   image.segments - g; */
	for (uint32_t g = 0; g < image.segments && result == ACCEPTED; g++) {
		bad_record = g;
		result = segment_load(records + BOOT_SEGMENT * g);
	}
	return result;
}

enum refusal space_init(void)
{
	uint64_t records = BOOT_HEADER + BOOT_PROCESS * image.processes
			   + BOOT_ENDPOINT * image.endpoints;
	enum refusal result = create_all(records);
	if (result == ACCEPTED)
		result = map_messages();
	if (result == ACCEPTED)
		result = load_segments(records + image.spaces);
	return result;
}

void space_load(uint32_t process)
{
	cpu_set_cr3(homes[process].root);
	gdt_set_ports(homes[process].ports);
}
