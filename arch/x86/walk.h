/* What the processor finds in the page tables when a process uses an address, and what follows
   of that for memory. image_init ensures walk_ok; frames, homes and kernel_root do not change
   after it. */
#ifndef POSTERN_WALK_H
#define POSTERN_WALK_H
#include "paging.h"
#include "space.h"

#define ADDRESSES 0x1000000000000 /* virtual addresses: 48 bits */

/* The processor's reading of an entry (address_in, rights_in, frame_in in paging.h): is there
   anything. */
/*@ predicate present(integer e) = e % 2 == PTE_PRESENT;

    // An entry names a table of this level, which is a frame of space s.
    predicate leads{L}(integer e, integer l, integer s) =
      is_table(frame_in(e), l, s) && address_in(e) == frame_place(frame_in(e));

    // From table f of level 1, 2, 3 by address v: nothing, or by tables of s a page that s may have.
    predicate walk1{L}(integer s, integer f, integer v) = \let e = frames[f].w[index1(v)];
      present(e) ==> page_ok(s, address_in(e), rights_in(e));
    predicate walk2{L}(integer s, integer f, integer v) = \let e = frames[f].w[index2(v)];
      present(e) ==> leads(e, 1, s) && walk1(s, frame_in(e), v);
    predicate walk3{L}(integer s, integer f, integer v) = \let e = frames[f].w[index3(v)];
      present(e) ==> leads(e, 2, s) && walk2(s, frame_in(e), v);
    // From a root of space s: the last place of it leads to what is the kernel's.
    predicate walk_ok{L}(integer s, integer f, integer v) = \let e = frames[f].w[index4(v)];
      \let t = index4(v) == KERNEL_TOP ? KERNEL_SPACE : s;
      present(e) ==> leads(e, 3, t) && walk3(t, frame_in(e), v); */

/* ---- tables that are right are walked rightly, one level after the other */
/*@ lemma table_reading{L}: \forall integer e, l, s; place_ok && frames_used <= FRAMES
      && table_entry(l, s, e) ==> leads(e, l, s);
    lemma root_reading{L}: \forall integer s; place_ok && frames_used <= FRAMES
      && space_ok(s) ==> leads(spaces[s].root, 4, s);
    lemma walk1_ok{L}: \forall integer s, f, v; tables_ok && is_table(f, 1, s) && 0 <= v ==> walk1(s, f, v);
    lemma walk2_ok{L}: \forall integer s, f, v; tables_ok && is_table(f, 2, s) && 0 <= v ==> walk2(s, f, v);
    lemma walk3_ok{L}: \forall integer s, f, v; tables_ok && is_table(f, 3, s) && 0 <= v ==> walk3(s, f, v);
    lemma walk4_ok{L}: \forall integer s, f, v; tables_ok && is_table(f, 4, s) && 0 <= v ==> walk_ok(s, f, v); */

/* ---- what follows for a page a that a space has */
/*@ // Of the kernel's memory, which is all from KERNEL_START to the pool's end, a space has frames
    // of its own that are no page tables, and the message pages of its processes.
    lemma kernel_apart{L}: \forall integer s, a, r; place_ok && image_place && s != KERNEL_SPACE
      && page_ok(s, a, r) && KERNEL_START <= a < place.pool_end ==>
        own_page(s, a, r) || message_page(s, a, r);
    // What two spaces both have is of the boot image, and neither may write it.
    lemma spaces_apart{L}: \forall integer s, t, a, r, q; place_ok && image_place && image_counts
      && frames_used <= FRAMES && s != KERNEL_SPACE && t != KERNEL_SPACE && s != t
      && page_ok(s, a, r) && page_ok(t, a, q) ==> image_page(a, r) && image_page(a, q);
    // What anybody may write, nobody executes: neither there nor elsewhere, nor the kernel.
    lemma write_or_execute{L}: \forall integer s, t, a, r, q; place_ok && image_place && image_counts
      && frames_used <= FRAMES && page_ok(s, a, r) && page_ok(t, a, q) && may_write(r) ==>
        PTE_NO_EXECUTE <= q;
    // The kernel's pages are not for ring 3.
    lemma kernel_only{L}: \forall integer a, r; page_ok(KERNEL_SPACE, a, r) ==>
      r / PTE_USER % 2 == 0; */
#endif
