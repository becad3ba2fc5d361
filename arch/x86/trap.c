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
#define FLAGS_OWN       0x240dd5 /* a process' own: CF PF AF ZF SF TF DF OF AC ID */
#define FLAGS_FIXED     0x202    /* and always: interrupts on */
#define USER_HALF       0x800000000000

uint64_t *registers_end;
static uint32_t space_loaded = NONE;

/* Another process is to run. Ring 3 can set segment registers; they are not
   part of a process' state, so they must not carry anything over. */
static void change(uint32_t process)
{
	registers_end = procs[process].regs.r + NREG;
	cpu_clear_segments();
	if (procs[process].space != space_loaded) {
		space_loaded = procs[process].space;
		space_load(space_loaded);
	}
}

struct regs *trap_leave(void)
{
	/* Registers may hold anything: a controller can write them. A process
	   that would run outside the lower half faults there instead; then it is
	   not ready any more, so this ends. */
	while (current != NONE && procs[current].regs.r[R_PC] >= USER_HALF)
		core_fault(FAULT | VECTOR_PROTECT, procs[current].regs.r[R_PC]);
	if (current == NONE)
		idle();
	struct regs *regs = &procs[current].regs;
	regs->r[R_FLAGS] = (regs->r[R_FLAGS] & FLAGS_OWN) | FLAGS_FIXED;
	if (regs->r + NREG != registers_end)
		change(current);
	return regs;
}

struct regs *trap_syscall(void)
{
	core_syscall();
	return trap_leave();
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
	return trap_leave();
}
