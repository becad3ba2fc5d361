/* Numbers that the assembly, the C and the linker script share. */
#ifndef POSTERN_LAYOUT_H
#define POSTERN_LAYOUT_H

#define KERNEL_BASE  0xffffffff80000000 /* virtual = physical + this, for the kernel's own memory */
#define KERNEL_START 0x200000           /* physical address at which the kernel is loaded */
#define KERNEL_SPAN  0x4000000          /* mapped part of the kernel: at most this much */

#define PAGE_SIZE    4096
#define USER_START   0x1000             /* the null page stays unmapped */
#define USER_END     0x7f0000000000     /* segments end here, message pages begin */
#define USER_HALF    0x800000000000     /* from here on addresses are the kernel's, or none */

/* Each stack is its guard page, which is never mapped, and then three pages. */
#define STACK_SIZE   16384
#define STACK_KERNEL 0 /* system calls, interrupts and most exceptions */
#define STACK_NMI    1
#define STACK_DOUBLE 2
#define STACK_CHECK  3
#define STACK_DEBUG  4
#define STACKS       5
#define STACK_TOP(n) (stacks + STACK_SIZE * ((n) + 1))

/* `sysret` wants user data right below user code. */
#define KERNEL_CODE  0x08
#define KERNEL_DATA  0x10
#define USER_DATA    0x1b
#define USER_CODE    0x23
#define TASK_STATE   0x28

#define FLAG_TF      0x100    /* single step */
#define FLAGS_OWN    0x240dd5 /* a process' own flags: CF PF AF ZF SF TF DF OF AC ID */
#define FLAGS_FIXED  0x202    /* always set: interrupts on */

#define VECTORS      48 /* 32 exceptions and the 16 lines of the interrupt controllers */
#define VECTOR_SIZE  16 /* bytes of one stub in entry.S */

#define BOOT_PVH        0x336ec578 /* what boot.S passes on as the boot protocol */
#define BOOT_MULTIBOOT2 0x36d76289

#endif
