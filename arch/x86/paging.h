/* Page tables: their format, the kernel's own half, and mapping one page. */
#ifndef POSTERN_PAGING_H
#define POSTERN_PAGING_H
#include <stdint.h>
#include "frame.h"

#define PTE_PRESENT    0x001u
#define PTE_WRITE      0x002u
#define PTE_USER       0x004u
#define PTE_GLOBAL     0x100u
#define PTE_NO_EXECUTE 0x8000000000000000u

extern uint32_t kernel_root; /* tables with the kernel's half and nothing else */
extern uint64_t kernel_half; /* the entry that every root has in common */

enum map_result { MAP_DONE = 0, MAP_FULL = 1, MAP_TAKEN = 2 };

/* Make the kernel's half: text executable, read-only data, data; nothing both
   writable and executable, nothing for ring 3, stack guards not mapped. Its
   level 3 table is shared by all spaces. MAP_FULL: no frames left. */
/*@ requires used: frames_used <= FRAMES;
    terminates \true; assigns frames_used, frames[0 .. FRAMES - 1], kernel_root, kernel_half;
    ensures used: frames_used <= FRAMES;
    ensures root: \result == MAP_DONE ==> kernel_root < FRAMES; */
enum map_result paging_init(void);
/* Leave the boot tables: from here on nothing but the kernel's memory, and no
   frame of the pool, is mapped. */
/*@ requires root: kernel_root < FRAMES;
    terminates \true; assigns \nothing; */
void paging_enter(void);
/* A new root with the kernel's half in it, or NO_FRAME. */
/*@ requires used: frames_used <= FRAMES;
    terminates \true; assigns frames_used, frames[0 .. FRAMES - 1];
    ensures used:   frames_used <= FRAMES;
    ensures result: \result < FRAMES || \result == NO_FRAME; */
uint32_t paging_root(void);
/* Map one page; `entry` is its last-level entry. MAP_TAKEN: it was mapped. */
/*@ requires range: root < FRAMES || root == NO_FRAME;
    requires used: frames_used <= FRAMES;
    terminates \true; assigns frames_used, frames[0 .. FRAMES - 1];
    ensures used: frames_used <= FRAMES; */
enum map_result paging_map(uint32_t root, uint64_t address, uint64_t entry);
#endif
