#include <stddef.h>
#include "asm.h"
#include "cpu.h"
#include "pic.h"
#include "space.h"
#include "timer.h"
#include "trap.h"

#define FAULT           0x100 /* in a fault code: a processor exception */
#define EXCEPTIONS      32
#define VECTOR_PROTECT  13
#define VECTOR_PAGE     14
#define STRAYS          2 /* that are dealt with in one kernel entry */
#define RARE            __attribute__((noinline, cold))

/* The end of the registers, as the address of what follows them. */
typedef char registers_come_first[offsetof(struct process, state) == 8 * NREG ? 1 : -1];
uint32_t *registers_end;
uint32_t process_loaded = NPROC; /* at first nobody ran */
uint64_t root_loaded;

/* Another process is to run. Ring 3 can set segment registers; they are not
   part of a process' state, so they must not carry anything over. */
/*@ requires range: process < NPROC;
    requires loaded: loaded;
    terminates \true;
    assigns process_loaded, root_loaded, registers_end, task.ports_base, processor, cr3;
    ensures loaded: loaded && process_loaded == process;
    ensures clear:  processor == clear_segments(\old(processor));
    ensures ports:  homes[process].root != \old(cr3) ==> task.ports_base == homes[process].ports; */
static inline void change(uint32_t process)
{
	process_loaded = process;
	registers_end = &procs[process].state;
	cpu_clear_segments();
	if (homes[process].root != root_loaded) {
		root_loaded = homes[process].root;
		space_load(process);
	}
}

/* Registers may hold anything, for a controller can write them. A rip outside
   the lower half must not reach sysret or iretq, which would trap in ring 0. */
/*@ requires range: process < NPROC;
    terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> procs[process].regs.r[R_PC] >= USER_HALF; */
static inline int strays(uint32_t process)
{
	return procs[process].regs.r[R_PC] >= USER_HALF;
}

/* A process that strays faults at once and is not ready any more. There may be many, one
   after the other; an entry's time must not depend on how many, so after a few of them the
   kernel waits for the next interrupt. The process that runs in the end, or NONE. */
/*@ requires inv:  spec_inv(abs{Here});
    requires runs: current < NPROC && procs[current].regs.r[R_PC] >= USER_HALF;
    terminates \true;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], links[0 .. NNODE-1], current;
    ensures inv: spec_inv(abs{Post});
    ensures refines: abs{Post} == settled(abs{Pre});
    ensures none: \result >= NPROC ==> current >= NPROC || procs[current].regs.r[R_PC] >= USER_HALF;
    ensures runs: \result < NPROC ==> \result == current
                    && procs[current].regs.r[R_PC] < USER_HALF; */
static RARE uint32_t fault_strays(void)
{
	/*@ loop invariant range: i <= STRAYS && current < NPROC;
	    loop invariant inv:   spec_inv(abs{Here});
	    loop invariant stray: procs[current].regs.r[R_PC] >= USER_HALF;
	    loop invariant done:  abs{Here} == (i == 0 ? abs{Pre} : i == 1 ? stray_fault(abs{Pre})
	                                      : settled(abs{Pre}));
	    loop assigns i, procs[0 .. NPROC-1], messages[0 .. NPROC-1], links[0 .. NNODE-1], current;
	    loop variant STRAYS - i; */
	for (uint32_t i = 0; i < STRAYS; i++) {
		/*@ assert next: stray_fault(abs{Here})
		      == spec_fault(abs{Here}, 0x10d, procs[current].regs.r[R_PC]); */
		core_fault(FAULT + VECTOR_PROTECT, procs[current].regs.r[R_PC]);
		/*@ assert rest: current >= NPROC || procs[current].regs.r[R_PC] < USER_HALF ==>
		      stray_fault(abs{Here}) == abs{Here}; */
		if (current >= NPROC || !strays(current))
			return current;
	}
	return NONE;
}

/*@ requires inv:    spec_inv(abs{Here});
    requires loaded: loaded;
    terminates \false;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], links[0 .. NNODE-1], current,
            process_loaded, root_loaded, registers_end, task.ports_base, processor, cr3;
    ensures inv: spec_inv(abs{Post});
    ensures refines: abs{Post} == settled(abs{Pre});
    ensures loaded: loaded && ready(\result); */
static inline struct regs *leave(void)
{
	uint32_t process = current;
	if (process >= NPROC) { /* NONE */
		//@ assert idle: abs{Here} == settled(abs{Pre});
		idle();
	}
	if (strays(process)) {
		process = fault_strays();
		//@ assert idle: abs{Here} == settled(abs{Pre});
		if (process >= NPROC)
			idle();
	}
	//@ assert rest: stray_fault(abs{Here}) == abs{Here};
	if (process != process_loaded)
		change(process);
	return &procs[process].regs;
}

struct regs *trap_leave(void)
{
	return leave();
}

struct regs *trap_syscall(void)
{
	core_syscall();
	return leave();
}

/*@ requires inv:  spec_inv(abs{Here});
    requires line: line < 16;
    terminates \true;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], links[0 .. NNODE-1], current, ports;
    ensures inv: spec_inv(abs{Post});
    ensures refines: abs{Post} == interrupted(abs{Pre}, \old(ports), line); */
static void interrupt(uint32_t line)
{
	if (!pic_accept(line))
		return;
	if (line == TIMER_LINE)
		core_tick();
	else
		core_irq(line);
}

struct regs *trap_event(uint64_t vector, uint64_t error)
{
	/*@ assert rip: vector < EXCEPTIONS ==>
	      spec_reg(abs{Here}, spec_state_current(abs{Here}), R_PC) == procs[current].regs.r[R_PC]; */
	if (vector >= EXCEPTIONS)
		interrupt((uint32_t)vector - EXCEPTIONS);
	else if (vector == VECTOR_PAGE)
		core_fault(FAULT + vector + error * 0x100000000, cpu_cr2());
	else
		core_fault(FAULT + vector + error * 0x100000000, procs[current].regs.r[R_PC]);
	return leave();
}
