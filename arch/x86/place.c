#include <tables.h>
#include "asm.h"
#include "cpu.h"
#include "frame.h"
#include "gdt.h"
#include "log.h"
#include "place.h"

struct place place;

/* Do they follow each other as place_ok says? cpu_physical promises whole pages. */
/*@ requires pages: page_place(place.text) && page_place(place.rodata) && page_place(place.data)
      && page_place(place.messages) && page_place(place.stacks) && page_place(place.data_end)
      && page_place(place.pool);
    requires below: place.messages < 0x80000000 && place.stacks < 0x80000000 && place.pool < 0x80000000 && place.pool_end < 0x80000000;
    terminates \true; assigns \nothing;
    ensures ok: \result != 0 ==> place_ok; */
static int in_order(void)
{
	return KERNEL_START <= place.text && place.text <= place.rodata
	       && place.rodata <= place.data && place.data <= place.messages
	       && place.messages + (uint64_t)PAGE_SIZE * NPROC <= place.data_end
	       && place.data <= place.stacks
	       && place.stacks + sizeof(stacks) <= place.data_end && place.data_end <= place.pool
	       && place.pool + (uint64_t)PAGE_SIZE * FRAMES <= place.pool_end;
}

int place_init(void)
{
	place.text = cpu_physical(text_start);
	place.rodata = cpu_physical(rodata_start);
	place.data = cpu_physical(data_start);
	place.messages = cpu_physical(messages);
	place.stacks = cpu_physical(stacks);
	place.data_end = cpu_physical(data_end);
	place.pool = cpu_physical(frames);
	place.pool_end = cpu_physical(pool_end);
	if (in_order())
		return 1;
	log_line("the parts of this kernel do not lie as they should: see arch/x86/linker.ld");
	return 0;
}
