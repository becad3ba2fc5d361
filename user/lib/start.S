/* Where a process starts: rdi holds its message page, the word at rsp its argument.
   Calls main(page, argument); when main returns, the process waits for ever. */
	.globl	_start
	.section .text.start, "ax"
_start:
	mov	(%rsp), %rsi
	xor	%ebp, %ebp
	call	main
	jmp	pn_wait_for_ever
	.section .note.GNU-stack, "", @progbits
