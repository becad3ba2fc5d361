/* From the traps to the core and back. */
#ifndef POSTERN_TRAP_H
#define POSTERN_TRAP_H
#include <stdint.h>
#include <core.h>
#include "gdt.h"
#include "layout.h"
#include "space.h"

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
    ensures loaded: loaded && ready(\result); */
struct regs *trap_event(uint64_t vector, uint64_t error);

/* The same when nothing happened. */
/*@ requires inv:    spec_inv(abs{Here});
    requires loaded: loaded;
    terminates \false;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], links[0 .. NNODE-1], current,
            process_loaded, root_loaded, registers_end, task.ports_base, processor, cr3;
    ensures inv: spec_inv(abs{Post});
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
