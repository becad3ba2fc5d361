/* The boot module: one file that the boot loader left in memory. */
#ifndef POSTERN_MODULE_H
#define POSTERN_MODULE_H
#include <stdint.h>
#include "layout.h"
#include "machine.h"

/* The first module's physical address and size; size 0: there is none. */
struct module { uint64_t address, bytes; };

/*@ predicate in_memory(integer address, integer words) = address + 8 * words <= 0x100000000;
    // PVH: hvm_start_info has version 1 or later and tells where the list of modules is.
    predicate has_list(integer a) = in_memory(a, 3) && memory_word(a + 8) / 0x100000000 != 0
      && in_memory(memory_word(a + 16), 2);
    predicate first_listed(integer a, struct module m) = m.address == memory_word(memory_word(a + 16))
      && m.bytes == memory_word(memory_word(a + 16) + 8);
    // Multiboot2: at word i a tag of type 3, with where the module starts and ends.
    predicate tagged(integer a, integer i, struct module m) = in_memory(a + 8 * i, 2)
      && memory_word(a + 8 * i) % 0x100000000 == 3
      && m.address == memory_word(a + 8 * (i + 1)) % 0x100000000
      && m.address + m.bytes == memory_word(a + 8 * (i + 1)) / 0x100000000; */

/*@ terminates \true; assigns \nothing;
    ensures listed: protocol != BOOT_MULTIBOOT2 && has_list(information) ==> first_listed(information, \result);
    ensures none:   protocol != BOOT_MULTIBOOT2 && !has_list(information) ==> \result.bytes == 0;
    ensures tagged: protocol == BOOT_MULTIBOOT2 && \result.bytes != 0 ==>
      \exists integer i; 1 <= i && tagged(information, i, \result); */
struct module module_find(uint32_t protocol, uint64_t information);
#endif
