#include "probe.h"
#define DOOR 4 /* stage.h */

	.bss
	.balign 8
	.globl probe_in, probe_out, probe_flags, probe_segments, probe_turns
probe_in:	.skip 8 * PROBED
probe_out:	.skip 8 * PROBED
probe_flags:	.skip 8
probe_segments:	.skip 32
probe_turns:	.skip 8
kept_rsp:	.skip 8

	.text
/* All registers from probe_in; the stack pointer is no stack pointer from here on. */
	.macro load
	push %rbx
	push %rbp
	push %r12
	push %r13
	push %r14
	push %r15
	mov %rsp, kept_rsp(%rip)
	mov probe_in + 8 * P_RAX(%rip), %rax
	mov probe_in + 8 * P_RDI(%rip), %rdi
	mov probe_in + 8 * P_RSI(%rip), %rsi
	mov probe_in + 8 * P_RDX(%rip), %rdx
	mov probe_in + 8 * P_R8(%rip), %r8
	mov probe_in + 8 * P_R9(%rip), %r9
	mov probe_in + 8 * P_R10(%rip), %r10
	mov probe_in + 8 * P_RBX(%rip), %rbx
	mov probe_in + 8 * P_RBP(%rip), %rbp
	mov probe_in + 8 * P_RSP(%rip), %rsp
	mov probe_in + 8 * P_RCX(%rip), %rcx
	mov probe_in + 8 * P_R11(%rip), %r11
	mov probe_in + 8 * P_R12(%rip), %r12
	mov probe_in + 8 * P_R13(%rip), %r13
	mov probe_in + 8 * P_R14(%rip), %r14
	mov probe_in + 8 * P_R15(%rip), %r15
	.endm

	.macro store
	mov %rax, probe_out + 8 * P_RAX(%rip)
	mov %rdi, probe_out + 8 * P_RDI(%rip)
	mov %rsi, probe_out + 8 * P_RSI(%rip)
	mov %rdx, probe_out + 8 * P_RDX(%rip)
	mov %r8, probe_out + 8 * P_R8(%rip)
	mov %r9, probe_out + 8 * P_R9(%rip)
	mov %r10, probe_out + 8 * P_R10(%rip)
	mov %rbx, probe_out + 8 * P_RBX(%rip)
	mov %rbp, probe_out + 8 * P_RBP(%rip)
	mov %rsp, probe_out + 8 * P_RSP(%rip)
	mov %rcx, probe_out + 8 * P_RCX(%rip)
	mov %r11, probe_out + 8 * P_R11(%rip)
	mov %r12, probe_out + 8 * P_R12(%rip)
	mov %r13, probe_out + 8 * P_R13(%rip)
	mov %r14, probe_out + 8 * P_R14(%rip)
	mov %r15, probe_out + 8 * P_R15(%rip)
	mov kept_rsp(%rip), %rsp
	pushf
	pop probe_flags(%rip)
	movw %ds, probe_segments(%rip)
	movw %es, probe_segments + 8(%rip)
	movw %fs, probe_segments + 16(%rip)
	movw %gs, probe_segments + 24(%rip)
	pop %r15
	pop %r14
	pop %r13
	pop %r12
	pop %rbp
	pop %rbx
	ret
	.endm

	.globl probe_syscall, probe_after_syscall
probe_syscall:
	load
	syscall
probe_after_syscall:
	store

	.globl probe_timer
probe_timer:
	load
1:	decq probe_turns(%rip)
	jnz 1b
	store

	.globl probe_fault, probe_at_fault
probe_fault:
	load
probe_at_fault:
	ud2
	store

/* The filler's registers: FILLERS over the number of the register. */
	.macro mark number, register
	movabs $(FILLERS << 32 | \number), \register
	.endm
	.macro fill
	mov %ss, %eax
	mov %eax, %ds
	mov %eax, %es
	mov %eax, %fs
	mov %eax, %gs
	mark P_RAX, %rax
	mark P_RDI, %rdi
	mark P_RSI, %rsi
	mark P_RDX, %rdx
	mark P_R8, %r8
	mark P_R9, %r9
	mark P_R10, %r10
	mark P_RBX, %rbx
	mark P_RBP, %rbp
	mark P_RSP, %rsp
	mark P_RCX, %rcx
	mark P_R11, %r11
	mark P_R12, %r12
	mark P_R13, %r13
	mark P_R14, %r14
	mark P_R15, %r15
	.endm
	.macro fill_and_call name, control, descriptor
	.globl \name
\name:	fill
	mov $\control, %eax
	mov $\descriptor, %edi
	syscall
	jmp \name
	.endm

	fill_and_call fill_yield, 1, 0
	fill_and_call fill_nonblocking, 0x50, DOOR
	fill_and_call fill_send, 0x10, DOOR
	fill_and_call fill_call, 0x20, DOOR
	fill_and_call fill_receive, 0x80, 0

	.globl fill_malformed
fill_malformed:
	fill
	syscall
	jmp fill_malformed

	.globl fill_timer
fill_timer:
	fill
1:	jmp 1b

	.globl fill_fault
fill_fault:
	fill
	ud2
	jmp fill_fault
	.section .note.GNU-stack, "", @progbits
