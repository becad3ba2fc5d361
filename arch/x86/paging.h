/* Page tables: their format, the kernel's own half, and mapping one page. */
#ifndef POSTERN_PAGING_H
#define POSTERN_PAGING_H
#include <stdint.h>
#include <boot.h>
#include "frame.h"
#include "image.h"

#define PTE_PRESENT    0x001u
#define PTE_WRITE      0x002u
#define PTE_USER       0x004u
#define PTE_GLOBAL     0x100u
#define PTE_NO_EXECUTE 0x8000000000000000u

#define KERNEL_TOP 511 /* index of the kernel's half in a root */

extern uint32_t kernel_root; /* tables with the kernel's half and nothing else */
extern uint64_t kernel_half; /* the entry that every root has in common */

enum map_result { MAP_DONE = 0, MAP_FULL = 1, MAP_TAKEN = 2 };

/* ---- what stands in page tables. An entry is 0, or:
   of a table of level 2 to 4: the address of a table of the next level, of the same space;
   of level 4, in the last place, the kernel's half;
   of level 1: the address a of a page, plus its rights r. */
/*@ // What the processor reads out of an entry.
    logic integer address_in(integer e) = e % 0x10000000000000 / PAGE_SIZE * PAGE_SIZE;
    logic integer rights_in(integer e) = e - address_in(e);

    predicate user_rights(integer r) =
      r == PTE_PRESENT + PTE_USER || r == PTE_PRESENT + PTE_USER + PTE_NO_EXECUTE
      || r == PTE_PRESENT + PTE_USER + PTE_NO_EXECUTE + PTE_WRITE;
    predicate may_write(integer r) = r / PTE_WRITE % 2 == 1;

    // A page of the kernel is not for ring 3: text, constants or data, but no stack guard.
    predicate kernel_part{L}(integer a, integer r) = page_place(a)
      && ((r == PTE_PRESENT + PTE_GLOBAL && place.text <= a < place.rodata)
       || (r == PTE_PRESENT + PTE_GLOBAL + PTE_NO_EXECUTE && place.rodata <= a < place.data)
       || (r == PTE_PRESENT + PTE_GLOBAL + PTE_NO_EXECUTE + PTE_WRITE
           && place.data <= a < place.data_end));
    predicate kernel_page{L}(integer a, integer r) = kernel_part(a, r) && !guard_page(a);

    // A page of a space is a frame that belongs to it, the message page of one of its
    // processes, or a page of the boot image that nobody writes.
    logic integer space_of{L}(integer p) = boot_image.w[BOOT_HEADER + BOOT_PROCESS * p + BOOT_SPACE];
    predicate own_page{L}(integer s, integer a, integer r) = user_rights(r)
      && \exists integer g; 0 <= g < frames_used && frame_uses[g].level == 0
      && frame_uses[g].space == s && frame_uses[g].rights == r && a == frame_place(g);
    predicate message_page{L}(integer s, integer a, integer r) =
      r == PTE_PRESENT + PTE_USER + PTE_NO_EXECUTE + PTE_WRITE
      && \exists integer p; 0 <= p < image.processes && space_of(p) == s
      && a == place.messages + PAGE_SIZE * p;
    predicate image_page{L}(integer a, integer r) = user_rights(r) && !may_write(r)
      && page_place(a) && image.address <= a && a + PAGE_SIZE <= image.address + image.bytes;

    predicate page_ok{L}(integer s, integer a, integer r) = s == KERNEL_SPACE ? kernel_page(a, r)
      : own_page(s, a, r) || message_page(s, a, r) || image_page(a, r);
    predicate leaf_ok{L}(integer s, integer e) = page_ok(s, address_in(e), rights_in(e));
    predicate table_entry{L}(integer l, integer s, integer e) = \exists integer g;
      0 <= g < frames_used && frame_uses[g].level == l && frame_uses[g].space == s
      && e == frame_place(g) + PTE_PRESENT + PTE_WRITE + PTE_USER;
    predicate entry_ok{L}(integer l, integer s, integer i, integer e) = e == 0
      || (1 < l && !(l == 4 && i == KERNEL_TOP) && table_entry(l - 1, s, e)) || (l == 1 && leaf_ok(s, e))
      || (l == 4 && i == KERNEL_TOP && table_entry(3, KERNEL_SPACE, e));
    predicate tables_ok{L} = pool_ok && \forall integer f, i; 0 <= f < frames_used
      && 0 <= i < FRAME_WORDS && 0 < frame_uses[f].level ==>
         entry_ok(frame_uses[f].level, frame_uses[f].space, i, frames[f].w[i]);
    // What stands in a frame stays there: only zeros are written over.
    predicate entries_kept{A,B} = \forall integer f, i; 0 <= f < \at(frames_used,A)
      && 0 <= i < FRAME_WORDS && \at(frames[f].w[i],A) != 0 ==>
           \at(frames[f].w[i],B) == \at(frames[f].w[i],A);
    predicate frames_kept{A,B} = entries_kept{A,B} && \at(frames_used,A) <= \at(frames_used,B)
      && \forall integer f; 0 <= f < \at(frames_used,A) ==>
           \at(frame_uses[f].level,A) == \at(frame_uses[f].level,B)
        && \at(frame_uses[f].space,A) == \at(frame_uses[f].space,B)
        && \at(frame_uses[f].rights,A) == \at(frame_uses[f].rights,B);
    predicate is_table{L}(integer f, integer l, integer s) = 0 <= f < frames_used
      && frame_uses[f].level == l && frame_uses[f].space == s;
    predicate kernel_ok{L} = is_table(kernel_root, 4, KERNEL_SPACE)
      && table_entry(3, KERNEL_SPACE, kernel_half); */

/* ---- where an address leads: a level's index is 9 bits of it, and an entry names a frame. */
/*@ logic integer frame_in{L}(integer e) = (address_in(e) - place.pool) / PAGE_SIZE;
    logic integer index4(integer v) = v / PAGE_SIZE / 0x8000000 % FRAME_WORDS;
    logic integer index3(integer v) = v / PAGE_SIZE / 0x40000 % FRAME_WORDS;
    logic integer index2(integer v) = v / PAGE_SIZE / 0x200 % FRAME_WORDS;
    logic integer index1(integer v) = v / PAGE_SIZE % FRAME_WORDS;

    // From the root f the tables by v are there, and at their end stands e.
    predicate mapped{L}(integer f, integer v, integer e) = \let e4 = frames[f].w[index4(v)];
      \let e3 = frames[frame_in(e4)].w[index3(v)]; \let e2 = frames[frame_in(e3)].w[index2(v)];
      e4 != 0 && e3 != 0 && e2 != 0 && frames[frame_in(e2)].w[index1(v)] == e; */

/* ---- a page's address and rights, added, are read as what they were */
/*@ lemma entry_reading: \forall integer a, r; page_place(a) && 0 <= a < 0x10000000000000
      && (0 <= r < PAGE_SIZE || PTE_NO_EXECUTE <= r < PTE_NO_EXECUTE + PAGE_SIZE) ==>
        address_in(a + r) == a && rights_in(a + r) == r;
    lemma frame_number{L}: \forall integer f; pool_ok && 0 <= f < FRAMES ==>
      frame_in(frame_place(f) + PTE_PRESENT + PTE_WRITE + PTE_USER) == f;
    lemma page_bounds{L}: \forall integer s, a, r; pool_ok && page_ok(s, a, r)
      && (s != KERNEL_SPACE ==> image_place && image.processes <= NPROC) ==>
        page_place(a) && 0 <= a < 0x100000000
        && (0 <= r < PAGE_SIZE || PTE_NO_EXECUTE <= r < PTE_NO_EXECUTE + PAGE_SIZE);
    lemma page_leaf{L}: \forall integer s, a, r; pool_ok && page_ok(s, a, r)
      && (s != KERNEL_SPACE ==> image_place && image.processes <= NPROC) ==> leaf_ok(s, a + r);
    lemma message_leaf{L}: \forall integer p; pool_ok && image_place
      && 0 <= p < image.processes <= NPROC && space_of(p) != KERNEL_SPACE ==>
        leaf_ok(space_of(p), place.messages + PAGE_SIZE * p
                             + PTE_PRESENT + PTE_USER + PTE_NO_EXECUTE + PTE_WRITE); */

/* ---- while frames are only taken, what an entry may be it may be further on */
/*@ predicate places_kept{A,B} = \at(place.text,A) == \at(place.text,B)
      && \at(place.rodata,A) == \at(place.rodata,B) && \at(place.data,A) == \at(place.data,B)
      && \at(place.messages,A) == \at(place.messages,B) && \at(place.stacks,A) == \at(place.stacks,B)
      && \at(place.data_end,A) == \at(place.data_end,B) && \at(place.pool,A) == \at(place.pool,B)
      && \at(image.address,A) == \at(image.address,B) && \at(image.bytes,A) == \at(image.bytes,B)
      && \at(image.processes,A) == \at(image.processes,B)
      && \forall integer p; \at(space_of(p),A) == \at(space_of(p),B);
    lemma frames_kept_on{A,B,C}: frames_kept{A,B} && frames_kept{B,C} ==> frames_kept{A,C};
    lemma table_entry_kept{A,B}: \forall integer l, s, e; places_kept{A,B} && frames_kept{A,B}
      && table_entry{A}(l, s, e) ==> table_entry{B}(l, s, e);
    lemma page_kept{A,B}: \forall integer s, a, r; places_kept{A,B} && frames_kept{A,B}
      && page_ok{A}(s, a, r) ==> page_ok{B}(s, a, r);
    lemma leaf_kept{A,B}: \forall integer s, e; places_kept{A,B} && frames_kept{A,B}
      && leaf_ok{A}(s, e) ==> leaf_ok{B}(s, e);
    lemma entry_kept{A,B}: \forall integer l, s, i, e; places_kept{A,B} && frames_kept{A,B}
      && entry_ok{A}(l, s, i, e) ==> entry_ok{B}(l, s, i, e); */

/* Make the kernel's half: text executable, read-only data, data; nothing both
   writable and executable, nothing for ring 3, stack guards not mapped. Its
   level 3 table is shared by all spaces. MAP_FULL: no frames left. */
/*@ requires pool: pool_ok && frames_used == 0;
    terminates \true;
    assigns frames_used, frames[0 .. FRAMES - 1], frame_uses[0 .. FRAMES - 1], kernel_root, kernel_half;
    ensures tables: tables_ok;
    ensures root: \result == MAP_DONE ==> kernel_ok; */
enum map_result paging_init(void);
/* Leave the boot tables: from here on nothing but the kernel's memory, and no
   frame of the pool, is mapped. Returns the physical address of the root. */
/*@ requires root: tables_ok && kernel_ok;
    terminates \true; assigns cr3;
    ensures root: \result == cr3 == frame_place(kernel_root); */
uint64_t paging_enter(void);
/* A new root of a space with the kernel's half in it, or NO_FRAME. */
/*@ requires tables: tables_ok && kernel_ok;
    requires space: space < KERNEL_SPACE;
    terminates \true; assigns frames_used, frames[frames_used], frame_uses[frames_used];
    ensures tables: tables_ok && kernel_ok && frames_kept{Pre,Post};
    ensures root: \result == NO_FRAME || is_table(\result, 4, space); */
uint32_t paging_root(uint32_t space);
/* Map one page; `entry` is its last-level entry. MAP_TAKEN: it was mapped. What was mapped
   before stays so (entries_kept). */
/*@ requires tables: tables_ok;
    requires root:   is_table(root, 4, frame_uses[root].space);
    requires half:   frame_uses[root].space == KERNEL_SPACE || address < USER_HALF;
    requires entry:  leaf_ok(frame_uses[root].space, entry);
    terminates \true;
    assigns frames_used, frames[0 .. FRAMES - 1], frame_uses[frames_used .. FRAMES - 1];
    ensures tables: tables_ok && frames_kept{Pre,Post};
    ensures mapped: \result == MAP_DONE ==> mapped(root, address, entry); */
enum map_result paging_map(uint32_t root, uint64_t address, uint64_t entry);
#endif
