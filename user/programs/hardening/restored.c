/* Every register is restored as it was, also where rcx or r11 happen to hold what
   `sysret` would load from them, or what it must not load. */
#include "scenes.h"

#define TF     0x100u
#define FLAGS  0x202u
#define CARRY  0x203u
#define UNSAFE 0x3ffeffu /* all but TF: among them IOPL, NT, AC */

/* Stores rcx, r11 and the flags, without touching any of them before. */
__asm__(".bss\n\t.balign 8\n"
	"found: .skip 24\n"
	".text\n"
	"show: mov %rcx, found(%rip)\n"
	"\tmov %r11, found + 8(%rip)\n"
	"\tpushf\n\tpop found + 16(%rip)\n"
	"\tud2\n");
extern char show[];
extern volatile uint64_t found[3];

static int as_it_was(uint64_t rcx, uint64_t r11, uint64_t flags)
{
	clear_stage();
	rehearse(A, divide, 0);
	set_register(A, PN_RIP, ADDRESS(show));
	set_register(A, PN_RCX, rcx);
	set_register(A, PN_R11, r11);
	set_register(A, PN_RFLAGS, flags);
	pn_start(PROCESS(A));
	reaches(A, PN_FAULTED);
	return look(A).code == PN_VECTOR(PN_OPCODE) && found[0] == rcx && found[1] == r11
	       && found[2] == flags;
}

void restored(void)
{
	check("restored/neither", as_it_was(1, 2, FLAGS));
	check("restored/rip-in-rcx", as_it_was(ADDRESS(show), 2, CARRY));
	check("restored/rip-in-the-low-half-of-rcx", as_it_was(1ull << 32 | ADDRESS(show), FLAGS, FLAGS));
	check("restored/flags-in-r11", as_it_was(1, CARRY, CARRY));
	check("restored/both", as_it_was(ADDRESS(show), CARRY, CARRY));
	check("restored/rip-in-rcx-unsafe-flags-in-r11", as_it_was(ADDRESS(show), UNSAFE, FLAGS));
	check("restored/rip-in-rcx-step-in-r11", as_it_was(ADDRESS(show), CARRY | TF, FLAGS));
	check("restored/stray-in-rcx", as_it_was(0x800000000000, FLAGS, FLAGS));
}
