/* Where boot.S leaves off. */
#ifndef POSTERN_MAIN_H
#define POSTERN_MAIN_H
#include <stdint.h>

/* protocol: BOOT_PVH or BOOT_MULTIBOOT2; information: physical address of what
   the boot loader says. */
void kernel_main(uint32_t protocol, uint64_t information) __attribute__((noreturn));
#endif
