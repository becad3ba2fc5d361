/* Into the kernel and out of it. Interrupts are off in the kernel, except in
   `idle`. `registers_end` points behind the saved registers (struct regs) of
   the process that runs: pushing from there fills them. */
#include "layout.h"
#define R_SP 9		/* these three: core/types.h */
#define R_PC 16
#define R_FLAGS 17
#define TOP STACK_TOP(STACK_KERNEL)

	.bss
	.balign 16
user_frame:			/* what `iretq` loads */
	.skip 40
user_frame_end:
user_rsp:			/* while a system call saves registers */
	.skip 8

	.text
/* save: store all registers of the process that runs.
   Assumes: user registers in place, but rsp, rip and rflags in the operands.
   Establishes: procs[current].regs holds them; rsp points to it. */
	.macro save rip, rflags, rsp
	mov registers_end(%rip), %rsp
	push \rflags
	push \rip
	push %r15
	push %r14
	push %r13
	push %r12
	push %r11
	push %rcx
	push \rsp
	push %rbp
	push %rbx
	push %r10
	push %r9
	push %r8
	push %rdx
	push %rsi
	push %rdi
	push %rax
	.endm

/* load: the registers that nobody needs any more on the way out.
   Assumes: rax points to struct regs. */
	.macro load
	mov 8(%rax), %rdi
	mov 16(%rax), %rsi
	mov 24(%rax), %rdx
	mov 32(%rax), %r8
	mov 40(%rax), %r9
	mov 48(%rax), %r10
	mov 56(%rax), %rbx
	mov 64(%rax), %rbp
	mov 96(%rax), %r12
	mov 104(%rax), %r13
	mov 112(%rax), %r14
	mov 120(%rax), %r15
	.endm

/* syscall_entry: where `syscall` lands.
   Assumes: rcx is the user's rip, r11 its rflags, every other register the
   user's own; rflags cleared by SFMASK. Until rsp is switched nothing may trap
   but NMI, #DB and #MC, and those have stacks of their own.
   Establishes: registers saved, trap_syscall called on the kernel stack. */
	.globl syscall_entry
	.balign 16
syscall_entry:
	mov %rsp, user_rsp(%rip)
	save %rcx, %r11, user_rsp(%rip)
	lea TOP(%rip), %rsp
	call trap_syscall

/* restore: run the process whose registers rax points to.
   Assumes: trap_leave chose it: rip is below 2^47; the process' space is loaded;
   registers_end belongs to it.
   Establishes: all 18 registers exactly as saved, but of rflags only what is the
   process' own (no IOPL, NT, VM), and interrupts on. `sysret` also loads rcx and
   r11 with rip and rflags, so it serves only where they are the same; and with
   TF it would trap before the first instruction, again and again. */
restore:
	andq $FLAGS_OWN, 8*R_FLAGS(%rax)
	orq $FLAGS_FIXED, 8*R_FLAGS(%rax)
	mov 80(%rax), %rcx
	mov 88(%rax), %r11
	cmp %rcx, 8*R_PC(%rax)
	jne 1f
	cmp %r11, 8*R_FLAGS(%rax)
	jne 1f
	test $FLAG_TF, %r11d
	jnz 1f
	load
	mov 8*R_SP(%rax), %rsp
	mov (%rax), %rax
	sysretq
1:	lea user_frame_end(%rip), %rsp
	push $USER_DATA
	push 8*R_SP(%rax)
	push 8*R_FLAGS(%rax)
	push $USER_CODE
	push 8*R_PC(%rax)
	load
	mov (%rax), %rax
	iretq

/* idle: wait for an interrupt. Forgets the stack. Interrupts are on only between
   `sti` and the interrupt, which finds rsp at the top of the stack, as if it came
   from a process; `trap` does not return here. */
	.globl idle
idle:
	lea TOP(%rip), %rsp
	sti
	hlt
	jmp idle

/* restore_first: kernel_main's way to the first process.
   Assumes: rdi as rax in `restore`. Does not return. */
	.globl restore_first
restore_first:
	mov %rdi, %rax
	jmp restore

/* vectors: one stub for each vector, VECTOR_SIZE bytes apart.
   Assume: the processor pushed ss, rsp, rflags, cs, rip, and for vectors 8, 10
   to 14, 17, 21, 29 and 30 an error code.
   Establish: an error code (0 if there was none) and the vector on top. */
	.globl vectors
	.balign VECTOR_SIZE
vectors:
	.set vector, 0
	.rept VECTORS
	.balign VECTOR_SIZE
	.if !((0x60227d00 >> vector) & 1)
	push $0
	.endif
	.byte 0x6a, vector	/* push */
	.if vector == 8 || vector == 18
	jmp stop
	.else
	jmp trap
	.endif
	.set vector, vector + 1
	.endr

/* trap: exceptions and interrupts.
   Assumes: vector, error, rip, cs, rflags, rsp, ss on the stack; coming from
   ring 3 or from `idle` that is at the top of the kernel stack.
   Establishes: registers saved if it came from ring 3; flags cleared (AC and DF
   may still be the user's); trap_event(vector, error) called. An exception in
   the kernel goes to `stop`. */
trap:
	testb $3, 24(%rsp)
	jz 2f
	save TOP-40(%rip), TOP-24(%rip), TOP-16(%rip)
1:	lea TOP-64(%rip), %rsp
	push $2
	popf
	mov TOP-56(%rip), %rdi
	mov TOP-48(%rip), %rsi
	call trap_event
	jmp restore
2:	cmpl $32, (%rsp)
	jae 1b

/* stop: an exception in the kernel, a double fault or a machine check.
   Assumes: the same stack as `trap`, but anywhere.
   Establishes: struct stop_frame on the stack, trap_stop called with it. */
stop:
	push %rax
	push %rbx
	push %rcx
	push %rdx
	push %rsi
	push %rdi
	push %rbp
	push %r8
	push %r9
	push %r10
	push %r11
	push %r12
	push %r13
	push %r14
	push %r15
	cld
	mov %rsp, %rdi
	and $-16, %rsp
	call trap_stop
	ud2

/* nmi_entry: a non-maskable interrupt, on its own stack. Nothing here raises
   one on purpose: return to whatever was interrupted, every register intact. */
	.globl nmi_entry
nmi_entry:
	iretq

/* debug_entry: a debug trap, on its own stack.
   Assumes: rip, cs, rflags, rsp, ss on the stack.
   Establishes: from ring 3, the same as a stub of `vectors`, on the kernel
   stack. From the kernel (the user's TF or `mov ss` reached the entry window):
   return with TF clear, every register intact. */
	.globl debug_entry
debug_entry:
	testb $3, 8(%rsp)
	jz 1f
	lea TOP(%rip), %rsp
	push STACK_TOP(STACK_DEBUG)-8(%rip)
	push STACK_TOP(STACK_DEBUG)-16(%rip)
	push STACK_TOP(STACK_DEBUG)-24(%rip)
	push STACK_TOP(STACK_DEBUG)-32(%rip)
	push STACK_TOP(STACK_DEBUG)-40(%rip)
	push $0
	push $1
	jmp trap
1:	andl $~FLAG_TF, 16(%rsp)
	iretq
