#include <core.h>
#include <tables.h>
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
#define USER_HALF       0x800000000000

uint64_t *registers_end;
static uint32_t process_loaded = NPROC; /* who ran last; at first nobody */
static uint32_t space_loaded = NONE;    /* in which space */

/* Another process is to run. Ring 3 can set segment registers; they are not
   part of a process' state, so they must not carry anything over. */
static inline void change(uint32_t process)
{
	process_loaded = process;
	registers_end = procs[process].regs.r + NREG;
	cpu_clear_segments();
	if (procs[process].space != space_loaded) {
		space_loaded = procs[process].space;
		space_load(space_loaded);
	}
}

/* Registers may hold anything, for a controller can write them. A rip outside
   the lower half must not reach sysret or iretq, which would trap in ring 0. */
static inline int strays(uint32_t process)
{
	return procs[process].regs.r[R_PC] >= USER_HALF;
}

/* A process that strays faults at once and is not ready any more, so no process
   comes here twice. The process that runs in the end, or NONE. */
static __attribute__((noinline, cold)) uint32_t fault_strays(void)
{
	for (uint32_t i = 0; i < NPROC; i++) {
		core_fault(FAULT | VECTOR_PROTECT, procs[current].regs.r[R_PC]);
		if (current >= NPROC || !strays(current))
			return current;
	}
	return NONE;
}

static inline struct regs *leave(void)
{
	uint32_t process = current;
	if (process >= NPROC) /* NONE */
		idle();
	if (strays(process)) {
		process = fault_strays();
		if (process >= NPROC)
			idle();
	}
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
	if (vector >= EXCEPTIONS)
		interrupt((uint32_t)vector - EXCEPTIONS);
	else if (vector == VECTOR_PAGE)
		core_fault(FAULT | vector | error << 32, cpu_cr2());
	else
		core_fault(FAULT | vector | error << 32, procs[current].regs.r[R_PC]);
	return leave();
}
