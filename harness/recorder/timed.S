/* timed: rdi, rsi: arguments; rdx: a function. Calls it; rax: how far the time-stamp
   counter went. With QEMU's -icount that counts instructions; five of them are not the
   function's, which one_instruction shows. Every register may be changed, as by all
   functions of the kernel (mk/kernel.mk). */
	.text
	.globl timed
timed:
	mov %rdx, %rcx
	rdtsc
	shl $32, %rdx
	or %rdx, %rax
	push %rax
	call *%rcx
	rdtsc
	shl $32, %rdx
	or %rdx, %rax
	pop %rcx
	sub %rcx, %rax
	.globl one_instruction
one_instruction:
	ret
	.section .note.GNU-stack, "", @progbits
