/* The worker divides by a number that it gets wrong; the keeper, its handler, is told
   by the kernel and puts the number right. */
#include "demo.h"

static uint64_t divided(uint64_t dividend, uint64_t right_divisor)
{
	uint64_t quotient, rest, divisor = 0;

	/* r12 is what the keeper may look at; rcx is what it has to mend */
	register uint64_t hint __asm__("r12") = right_divisor;
	__asm__ volatile("divq %%rcx"
		: "=a"(quotient), "=d"(rest), "+c"(divisor) : "a"(dividend), "d"(0), "r"(hint));
	return quotient;
}

PROCESS(worker)
{
	struct message m = { 0 };

	introduce("worker");
	for (;;) {
		pn_receive(0, &m);
		uint64_t dividend = m.w[0], divisor = m.w[1];
		say("I divide %u by 0", dividend);
		say("I go on: %u / %u = %u", dividend, divisor, divided(dividend, divisor));
	}
}

PROCESS(keeper)
{
	struct message m = { 0 };
	uint64_t *registers = page->w + PN_REGISTER_WORD;

	introduce("keeper");
	for (;;) {
		pn_receive(CALLER, &m);
		say("the kernel says: badge %u has fault 0x%x at 0x%x", m.badge, m.w[0], m.w[2]);
		registers[PN_RCX] = registers[PN_R12];
		say("I set its rcx to %u and resume it", registers[PN_RCX]);
		pn_do(PN_SEND | PN_REGS | PN_WORDS(PN_FAULT_WORDS), PN_INVOKED(CALLER), &m);
	}
}
