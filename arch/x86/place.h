/* Where the kernel's parts lie. linker.ld puts them there; nothing is built on that
   before place_init has looked. */
#ifndef POSTERN_PLACE_H
#define POSTERN_PLACE_H
#include <stdint.h>
#include <config.h>
#include "layout.h"
#include "machine.h"

/* A process alone in its space needs 3 tables below, 3 for its message page,
   the root, and a few pages of its own; big programs use the rest. */
#define FRAMES (2048 + 16 * NPROC)

/* Physical addresses. Text, constants and data follow each other; the message pages and the
   stacks are in the data; behind the data is the pool of frames. */
struct place { uint64_t text, rodata, data, messages, stacks, data_end, pool, pool_end; };

extern struct place place;

/*@ predicate page_place(integer a) = a % PAGE_SIZE == 0;
    predicate place_ok{L} =
         page_place(place.text) && page_place(place.rodata) && page_place(place.data)
      && page_place(place.messages) && page_place(place.stacks) && page_place(place.data_end)
      && page_place(place.pool)
      && KERNEL_START <= place.text <= place.rodata <= place.data <= place.messages
      && place.messages + PAGE_SIZE * NPROC <= place.data_end
      && place.data <= place.stacks
      && place.stacks + STACKS * STACK_SIZE <= place.data_end && place.data_end <= place.pool
      && place.pool + PAGE_SIZE * FRAMES <= place.pool_end < 0x80000000;
    predicate guard_page{L}(integer a) = place.stacks <= a < place.stacks + STACKS * STACK_SIZE
      && (a - place.stacks) % STACK_SIZE == 0; */

/* Find out; 0, and a line on the log, if they do not lie so. */
/*@ terminates \true; assigns place, ports;
    ensures ok: \result != 0 ==> place_ok; */
int place_init(void);
#endif
