/* From the boot loader to C: everything that has to happen before long mode.
   This section is linked at its physical address and is not mapped later. */
#include "layout.h"

	.section .note.pvh, "a"
	.balign 4
	.long 4, 8, 18		/* "Xen", XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz "Xen"
	.quad boot_pvh

	.section .boot, "ax"
	.balign 8
header:				/* Multiboot2 */
	.long 0xe85250d6, 0, header_end - header
	.long -(0xe85250d6 + header_end - header)
	.long 3, 12, boot_multiboot2, 0 /* entry address, padded */
	.long 6, 8		/* modules on page boundaries */
	.long 0, 8
header_end:

/* boot_pvh, boot_multiboot2: the entry points of the two boot protocols.
   Assume: 32-bit protected mode, flat segments, paging and interrupts off, ebx
   is the physical address of the loader's information, and for Multiboot2 eax
   its magic number.
   Establish: long mode on boot_root, where the first 4 GB are mapped at 0 and
   the first 2 GB at KERNEL_BASE; flags clear; the kernel stack. Call
   kernel_main(protocol, information), which does not return. */
	.code32
	.globl boot_pvh, boot_multiboot2
boot_pvh:
	mov $BOOT_PVH, %eax
boot_multiboot2:
	mov %eax, %edi
	mov %ebx, %esi
	mov $0x20, %eax		/* PAE */
	mov %eax, %cr4
	mov $boot_root, %eax
	mov %eax, %cr3
	mov $0xc0000080, %ecx	/* EFER: long mode, syscall */
	rdmsr
	or $0x101, %eax
	wrmsr
	mov $0x80010011, %eax	/* paging, write protection, ET, protected mode */
	mov %eax, %cr0
	lgdt boot_gdt_pointer
	ljmp $KERNEL_CODE, $boot_long

	.code64
boot_long:
	xor %eax, %eax
	mov %eax, %ss
	mov %eax, %ds
	mov %eax, %es
	mov %eax, %fs
	mov %eax, %gs
	mov $STACK_TOP(STACK_KERNEL), %rsp
	push %rax
	popf
	mov $kernel_main, %rax
	call *%rax
	ud2

	.balign 8
boot_gdt:
	.quad 0, 0x00209a0000000000
boot_gdt_pointer:
	.word 15
	.long boot_gdt

	.balign 4096
boot_root:			/* level 4: 0 and the top 512 GB */
	.quad boot_low + 3
	.fill 510, 8, 0
	.quad boot_high + 3
boot_low:			/* level 3: 4 GB at 0 */
	.quad boot_pages + 3, boot_pages + 0x1003, boot_pages + 0x2003, boot_pages + 0x3003
	.fill 508, 8, 0
boot_high:			/* level 3: 2 GB at KERNEL_BASE */
	.fill 510, 8, 0
	.quad boot_pages + 3, boot_pages + 0x1003
boot_pages:			/* level 2: pages of 2 MB, in order */
	.set page, 0
	.rept 2048
	.quad (page << 21) + 0x83
	.set page, page + 1
	.endr
