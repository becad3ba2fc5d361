/* Page tables: their format, the kernel's own half, and mapping one page. */
#ifndef POSTERN_PAGING_H
#define POSTERN_PAGING_H
#include <stdint.h>

#define PTE_PRESENT    0x001u
#define PTE_WRITE      0x002u
#define PTE_USER       0x004u
#define PTE_GLOBAL     0x100u
#define PTE_NO_EXECUTE 0x8000000000000000u

enum map_result { MAP_DONE = 0, MAP_FULL = 1, MAP_TAKEN = 2 };

/* Make the kernel's half: text executable, read-only data, data; nothing both
   writable and executable, nothing for ring 3, stack guards not mapped. Its
   level 3 table is shared by all spaces. MAP_FULL: no frames left. */
enum map_result paging_init(void);
/* Leave the boot tables: from here on nothing but the kernel's memory, and no
   frame of the pool, is mapped. */
void paging_enter(void);
/* A new root with the kernel's half in it, or NO_FRAME. */
uint32_t paging_root(void);
/* Map one page; `entry` is its last-level entry. MAP_TAKEN: it was mapped. */
enum map_result paging_map(uint32_t root, uint64_t address, uint64_t entry);
#endif
