/* From the traps to the core and back. */
#ifndef POSTERN_TRAP_H
#define POSTERN_TRAP_H
#include <stdint.h>
#include <core.h>
#include "gdt.h"
#include "layout.h"
#include "pic.h"
#include "space.h"
#include "timer.h"

/* Who ran last; the page tables that are in use; behind the saved registers of who
   ran last, where entry.S pushes them. */
extern uint32_t process_loaded;
extern uint64_t root_loaded;
extern uint32_t *registers_end;

/* Those three, and the page tables that the processor has, belong together. */
/*@ predicate loaded{L} =
      process_loaded <= NPROC && cr3 == root_loaded
      && (process_loaded < NPROC ==> registers_end == &procs[process_loaded].state
                                     && root_loaded == homes[process_loaded].root); */

/* What `restore` (entry.S) assumes of the registers that it is given. */
/*@ predicate ready{L}(struct regs *registers) =
      process_loaded < NPROC && current == process_loaded
      && registers == &procs[process_loaded].regs && registers->r[R_PC] < USER_HALF; */

/* In terms of the machine: a process that strayed, with its rip not in the lower half, faults
   before it would run; after two of them the kernel waits for an interrupt. */
/*@ logic spec_state stray_fault(spec_state s) =
      spec_state_current(s) < NPROC && spec_reg(s, spec_state_current(s), R_PC) >= USER_HALF
      ? spec_fault(s, 0x10d, spec_reg(s, spec_state_current(s), R_PC)) : s;
    logic spec_state settled(spec_state s) = stray_fault(stray_fault(s));
    lemma rip_read{L}: \forall integer p; 0 <= p < NPROC ==>
      spec_reg(abs{L}, p, R_PC) == procs[p].regs.r[R_PC];
    lemma current_read{L}: spec_state_current(abs{L}) == current; */

/* What an interrupt of a line does, if the controllers say that it was one; what an exception
   does: the fault has its vector and error code, and of a page fault the address, else the rip. */
/*@ logic spec_state interrupted(spec_state s, integer h, integer line) =
      (line == 7 && service(h, 0x20) / 128 == 0) || (line == 15 && service(h, 0xa0) / 128 == 0) ? s
      : line == TIMER_LINE ? spec_tick(s) : spec_irq(s, line);
    logic spec_state excepted(spec_state s, integer vector, integer error, integer address) =
      spec_fault(s, 0x100 + vector + error * 0x100000000,
                 vector == 14 ? address : spec_reg(s, spec_state_current(s), R_PC)); */

/* Each passes what happened to the core, when the registers of the process that
   ran are saved. Its result: the registers of the process that runs now, whose
   space is loaded and whose rip is in the lower half. If nothing can run, or what
   was chosen strayed too often (trap.c), it does not return, but idles until an
   interrupt comes. */
/*@ requires inv:    spec_inv(abs{Here});
    requires loaded: loaded;
    terminates \false;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], endpoints[0 .. NENDP-1],
            links[0 .. NNODE-1], current, process_loaded, root_loaded, registers_end,
            task.ports_base, processor, cr3;
    ensures inv: spec_inv(abs{Post});
    ensures refines: abs{Post} == settled(spec_syscall(abs{Pre}));
    ensures loaded: loaded && ready(\result); */
struct regs *trap_syscall(void);

/*@ requires inv:    spec_inv(abs{Here});
    requires vector: vector < VECTORS && error < 0x100000000;
    requires runs:   vector < 32 ==> current < NPROC;
    requires loaded: loaded;
    terminates \false;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], links[0 .. NNODE-1], current,
            process_loaded, root_loaded, registers_end, task.ports_base, ports, processor, cr3;
    ensures inv: spec_inv(abs{Post});
    ensures refines: abs{Post} == settled(vector >= 32 ? interrupted(abs{Pre}, \old(ports), vector - 32)
      : excepted(abs{Pre}, vector, error, cr2(\old(processor))));
    ensures loaded: loaded && ready(\result); */
struct regs *trap_event(uint64_t vector, uint64_t error);

/* The same when nothing happened. */
/*@ requires inv:    spec_inv(abs{Here});
    requires loaded: loaded;
    terminates \false;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], links[0 .. NNODE-1], current,
            process_loaded, root_loaded, registers_end, task.ports_base, processor, cr3;
    ensures inv: spec_inv(abs{Post});
    ensures refines: abs{Post} == settled(abs{Pre});
    ensures loaded: loaded && ready(\result); */
struct regs *trap_leave(void);

/* An exception in the kernel, as entry.S pushed it. */
struct stop_frame {
	uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rbp, rdi, rsi, rdx, rcx, rbx, rax;
	uint64_t vector, error, rip, cs, rflags, rsp, ss;
};

/*@ requires valid: \valid_read(frame);
    terminates \false; assigns ports; ensures \false; */
void trap_stop(const struct stop_frame *frame) __attribute__((noreturn));
#endif
