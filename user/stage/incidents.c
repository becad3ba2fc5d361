#include "incidents.h"

volatile uint64_t passed[ACTORS], divisor;
struct told told[ACTORS];

/* Labels of instructions must be there once: the functions are neither inlined nor cloned. */
__attribute__((noipa)) void divide(struct page *page, uint64_t me)
{
	(void)page;
	__asm__ volatile("mov $1, %%eax\n\txor %%edx, %%edx\n"
		".globl divide_here, divide_past\n"
		"divide_here: divq divisor(%%rip)\n"
		"divide_past:" : : : "rax", "rdx", "memory", "cc");
	passed[me]++;
}

__attribute__((noipa)) void undefined(struct page *page, uint64_t me)
{
	(void)page;
	__asm__ volatile(".globl undefined_here, undefined_past\n"
		"undefined_here: ud2\n"
		"undefined_past:" : : : "memory");
	passed[me]++;
}

void forget(void)
{
	divisor = 0;
	for (enum actor a = A; a < ACTORS; a++) {
		passed[a] = 0;
		told[a] = (struct told){ 0 };
	}
}

void note(enum actor me, const struct message *m, const struct page *page)
{
	told[me].m = *m;
	for (unsigned i = 0; i < PN_REGISTERS; i++)
		told[me].registers[i] = page->w[PN_REGISTER_WORD + i];
	told[me].count++;
}

void answer_past(struct page *page, unsigned resume, uint64_t length)
{
	struct message m = { 0 };

	page->w[PN_REGISTER_WORD + PN_RIP] += length;
	pn_do(PN_SEND | PN_REGS | PN_WORDS(PN_FAULT_WORDS), PN_INVOKED(resume), &m);
}

void note_faults(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	for (;;) {
		pn_receive(CALLER, &m);
		note((enum actor)me, &m, page);
	}
}

/* How long the instruction is that the fault was at. */
static uint64_t length_of(uint64_t rip)
{
	return rip == ADDRESS(divide_here) ? (uint64_t)(divide_past - divide_here)
	                                   : (uint64_t)(undefined_past - undefined_here);
}

void skip_faults(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	for (;;) {
		pn_receive(CALLER, &m);
		note((enum actor)me, &m, page);
		answer_past(page, CALLER, length_of(m.w[2]));
	}
}

void retry_faults(struct page *page, uint64_t me)
{
	struct message m = { 0 };

	for (;;) {
		pn_receive(CALLER, &m);
		note((enum actor)me, &m, page);
		divisor = 1;
		pn_send(CALLER, 0, &m);
	}
}
