/* The other side of each operation, as short as it can be. */
#define CALLER 9 /* bench.h */
#define SPARE  10
#define PN_YIELD 1 /* postern.h */
#define PN_CALL 0x20
#define PN_RECV 0x80
#define WORDS(n) ((n) << 8)
#define PN_RELEASE 4
#define PN_TAKE_REPLY 10
#define RIP_WORD (6 + 16)

	.text
	.macro receive
	mov $PN_RECV, %eax
	mov $(CALLER << 25), %edi
	syscall
	.endm

	.globl serve
serve:	receive
1:	mov %r12, %rax
	mov %r13, %rdi
	syscall
	jmp 1b

	.globl mend
mend:	receive
1:	addq $2, 8 * RIP_WORD(%r14)
	mov %r12, %rax
	mov %r13, %rdi
	syscall
	jmp 1b

	.globl attend
attend:	receive
1:	mov $(PN_CALL | WORDS(1)), %eax
	mov $(CALLER | SPARE << 30), %rdi
	mov $PN_TAKE_REPLY, %esi
	syscall
	mov $(PN_CALL | WORDS(2)), %eax
	mov $CALLER, %edi
	mov $PN_RELEASE, %esi
	xor %edx, %edx
	syscall
	mov %r12, %rax
	mov %r13, %rdi
	syscall
	jmp 1b

	.globl alternate
alternate:
	mov $PN_YIELD, %eax
	syscall
	jmp alternate

	.globl mark
mark:	ret
	.section .note.GNU-stack, "", @progbits
