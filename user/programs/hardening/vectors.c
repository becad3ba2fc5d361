/* Software interrupts: a process can raise a breakpoint, and no other vector; so it can
   not pretend to be the timer. Other exceptions carry their own codes. */
#include "scenes.h"

__asm__(".text\n"
	"int_timer: int $0x20\n\tud2\n"
	"int_0x80: int $0x80\n\tud2\n"
	"int_nmi: int $2\n\tud2\n"
	"int_double: int $8\n\tud2\n"
	"int_page: int $14\n\tud2\n"
	"int_debug: int $1\n\tud2\n"
	"int_breakpoint: int3\n"
	"past_breakpoint: ud2\n"
	"bad_opcode: ud2\n"
	"bad_in_64_bit: .byte 0x06\n\tud2\n"
	"bad_selector: mov $0x28, %eax\n"
	"bad_selector_here: mov %eax, %ds\n\tud2\n"
	"bad_stack: mov $0x10, %eax\n"
	"bad_stack_here: mov %eax, %ss\n\tud2\n");
extern char int_timer[], int_0x80[], int_nmi[], int_double[], int_page[], int_debug[];
extern char int_breakpoint[], past_breakpoint[], bad_opcode[];
extern char bad_in_64_bit[], bad_selector[], bad_selector_here[], bad_stack[], bad_stack_here[];

/* The error code says which gate it was, and emulators differ on how. */
#define GATE ANY_ERROR

static const struct attempt attempts[] = {
	{ "vectors/int-timer", int_timer, PN_PROTECTION, GATE },
	{ "vectors/int-0x80", int_0x80, PN_PROTECTION, GATE },
	{ "vectors/int-nmi", int_nmi, PN_PROTECTION, GATE },
	{ "vectors/int-double", int_double, PN_PROTECTION, GATE },
	{ "vectors/int-page", int_page, PN_PROTECTION, GATE },
	{ "vectors/int-debug", int_debug, PN_PROTECTION, GATE },
	{ "vectors/bad-opcode", bad_opcode, PN_OPCODE, 0 },
	{ "vectors/bad-in-64-bit", bad_in_64_bit, PN_OPCODE, 0 },
};

void vectors(void)
{
	static const struct attempt breakpoint = { "vectors/breakpoint", int_breakpoint, PN_BREAKPOINT, 0 };
	static const struct attempt selector = { "vectors/bad-selector", bad_selector, PN_PROTECTION, 0x28 };
	static const struct attempt stack = { "vectors/bad-stack", bad_stack, PN_PROTECTION, 0x10 };

	for (unsigned i = 0; i < sizeof attempts / sizeof *attempts; i++)
		attempt(A, &attempts[i], 0);
	attempt(A, &breakpoint, ADDRESS(past_breakpoint));
	attempt(A, &selector, ADDRESS(bad_selector_here));
	attempt(A, &stack, ADDRESS(bad_stack_here));
}
