/* Address spaces: built at boot from the image, then only switched between. */
#ifndef POSTERN_SPACE_H
#define POSTERN_SPACE_H
#include <stdint.h>
#include <types.h>
#include "frame.h"
#include "gdt.h"
#include "image.h"
#include "paging.h"

struct space {
	uint64_t root;  /* physical address of its page tables: what cr3 gets */
	uint16_t ports; /* PORTS_CONSOLE or PORTS_NONE (gdt.h) */
};

extern struct space spaces[NPROC];
/* The space of each process, so that it is found in one step. Fixed at boot: what
   core/ holds as the number of a space is not read again. */
extern struct space homes[NPROC];

/* After a refusal: the number of the record that was wrong. */
extern uint32_t bad_record;

/* The first n spaces have their tables. */
/*@ predicate space_ok{L}(integer s) = \exists integer r; is_table(r, 4, s)
      && spaces[s].root == frame_place(r);
    predicate spaces_ok{L}(integer n) = tables_ok && kernel_ok
      && \forall integer s; 0 <= s < n ==> space_ok(s);
    lemma space_kept{A,B}: \forall integer s; places_kept{A,B} && frames_kept{A,B}
      && \at(spaces[s].root,A) == \at(spaces[s].root,B) && space_ok{A}(s) ==> space_ok{B}(s);
    lemma spaces_kept{A,B}: \forall integer n; places_kept{A,B} && frames_kept{A,B}
      && \at(kernel_root,A) == \at(kernel_root,B) && \at(kernel_half,A) == \at(kernel_half,B)
      && (\forall integer s; 0 <= s < n ==> \at(spaces[s].root,A) == \at(spaces[s].root,B))
      && spaces_ok{A}(n) && tables_ok{B} ==> spaces_ok{B}(n); */

/* The root of a space. */
/*@ requires space: space < NPROC && pool_ok && space_ok(space);
    terminates \true; assigns \nothing;
    ensures root: is_table(\result, 4, space); */
uint32_t space_root(uint32_t space);
/* Build all spaces: segments, and each process' message page. */
/*@ requires counts: image_counts && image_place;
    requires tables: tables_ok && kernel_ok;
    terminates \true;
    assigns bad_record, spaces[0 .. NPROC - 1], homes[0 .. NPROC - 1], frames_used,
            frames[0 .. FRAMES - 1], frame_uses[0 .. FRAMES - 1];
    ensures built: \result == ACCEPTED ==> spaces_ok(image.spaces)
      && \forall integer p; 0 <= p < image.processes ==>
           space_of(p) < image.spaces && homes[p].root == spaces[space_of(p)].root;
    ensures known: \result <= NO_FRAMES; */
enum refusal space_init(void);
/* Make the space of a process the one that is in use. */
/*@ requires range: process < NPROC;
    terminates \true; assigns cr3, task.ports_base;
    ensures is: cr3 == homes[process].root && task.ports_base == homes[process].ports; */
void space_load(uint32_t process);
#endif
