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
    // Multiboot2: how many words there are; the first tag of a module at word i or behind it, or 0.
    logic integer tag_words(integer a) = memory_word(a) % 0x100000000 / 8;
    logic integer first_tag(integer a, integer i) =
      i + 1 >= tag_words(a) ? 0
      : memory_word(a + 8 * i) % 0x100000000 == 3 ? i
      : memory_word(a + 8 * i) / 0x100000000 == 0 ? 0
      : first_tag(a, i + (memory_word(a + 8 * i) / 0x100000000 + 7) / 8);
    predicate has_tags(integer a) = in_memory(a, 1) && in_memory(a, tag_words(a));
    // A word of a tag tells where the module starts and ends.
    predicate spans(integer word, struct module m) = m.address == word % 0x100000000
      && (word / 0x100000000 <= m.address ? m.bytes == 0 : m.address + m.bytes == word / 0x100000000);
    predicate first_tagged(integer a, struct module m) = first_tag(a, 1) == 0 ? m.bytes == 0
      : spans(memory_word(a + 8 * (first_tag(a, 1) + 1)), m); */

/*@ terminates \true; assigns \nothing;
    ensures listed: protocol != BOOT_MULTIBOOT2 && has_list(information) ==> first_listed(information, \result);
    ensures none:   protocol != BOOT_MULTIBOOT2 && !has_list(information) ==> \result.bytes == 0;
    ensures tagged: protocol == BOOT_MULTIBOOT2 && has_tags(information) ==> first_tagged(information, \result);
    ensures untagged: protocol == BOOT_MULTIBOOT2 && !has_tags(information) ==> \result.bytes == 0; */
struct module module_find(uint32_t protocol, uint64_t information);
#endif
