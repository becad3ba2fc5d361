/* From the traps to the core and back. */
#ifndef POSTERN_TRAP_H
#define POSTERN_TRAP_H
#include <stdint.h>
#include <types.h>

/* Behind the saved registers of the process that runs: entry.S pushes there. */
extern uint64_t *registers_end;

/* Each passes what happened to the core, whose process' registers are saved,
   and then chooses as trap_leave does. */
struct regs *trap_syscall(void);
struct regs *trap_event(uint64_t vector, uint64_t error);

/* The registers of the process that the core chose, safe to load, in its space.
   Does not return if nothing can run. */
struct regs *trap_leave(void);

/* An exception in the kernel, as entry.S pushed it. */
struct stop_frame {
	uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rbp, rdi, rsi, rdx, rcx, rbx, rax;
	uint64_t vector, error, rip, cs, rflags, rsp, ss;
};

void trap_stop(const struct stop_frame *frame) __attribute__((noreturn));
#endif
