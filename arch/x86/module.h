/* The boot module: one file that the boot loader left in memory. */
#ifndef POSTERN_MODULE_H
#define POSTERN_MODULE_H
#include <stdint.h>

/* The first module's physical address and size; size 0: there is none. */
struct module { uint64_t address, bytes; };

/*@ terminates \true; assigns \nothing; */
struct module module_find(uint32_t protocol, uint64_t information);
#endif
