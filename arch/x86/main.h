/* Where boot.S leaves off. */
#ifndef POSTERN_MAIN_H
#define POSTERN_MAIN_H
#include <stdint.h>
#include "idt.h"
#include "image.h"
#include "paging.h"
#include "space.h"
#include "trap.h"

/* protocol: BOOT_PVH or BOOT_MULTIBOOT2; information: physical address of what
   the boot loader says. */
/*@ requires used: frames_used == 0;
    requires fresh: process_loaded == NPROC;
    terminates \false;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], endpoints[0 .. NENDP-1], links[0 .. NNODE-1],
            current, ports, processor, cr3, task, gdt[5 .. 6], idt[0 .. VECTORS - 1], image, boot_image, bad_record,
            spaces[0 .. NPROC - 1], homes[0 .. NPROC - 1], frames_used, frames[0 .. FRAMES - 1],
            frame_uses[0 .. FRAMES - 1], place, kernel_root, kernel_half, process_loaded, root_loaded, registers_end;
    ensures \false; */
void kernel_main(uint32_t protocol, uint64_t information) __attribute__((noreturn));
#endif
