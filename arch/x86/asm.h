/* What boot.S, entry.S and linker.ld define. */
#ifndef POSTERN_ASM_H
#define POSTERN_ASM_H
#include <stdint.h>
#include <types.h>
#include "layout.h"
#include "trap.h"

/* entry.S */
/*@ requires ready: ready(registers);
    terminates \false; assigns \nothing; ensures \false; */
void restore_first(struct regs *registers) __attribute__((noreturn));
/* Nobody can run: nobody is chosen, or who is strays (trap.c). */
/*@ requires none: current >= NPROC || procs[current].regs.r[R_PC] >= USER_HALF;
    terminates \false; assigns \nothing; ensures \false; */
void idle(void) __attribute__((noreturn));
extern const uint8_t syscall_entry[], nmi_entry[], debug_entry[];
extern const uint8_t vectors[VECTORS * VECTOR_SIZE];

/* linker.ld */
extern const uint8_t text_start[], rodata_start[], data_start[], data_end[], pool_end[];
#endif
