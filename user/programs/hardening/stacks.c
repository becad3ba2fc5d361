/* The user's stack pointer may be anything: the kernel never uses it. */
#include "scenes.h"

/* Counts in `passed`, makes system calls and gets interrupted, without a stack. */
__asm__(".text\n"
	"no_stack: mov $1, %eax\n\tsyscall\n"
	"\tincq passed(%rip)\n"
	"\tmov $100000, %ecx\n"
	"1:\tdec %ecx\n\tjnz 1b\n"
	"\tjmp no_stack\n"
	"push_at: push %rax\n\tud2\n");
extern char no_stack[], push_at[];

static const uint64_t pointers[] = {
	0, 8, 0x800000000000, 0xdeadbeefdeadbeef, 0xffffffff80200000, 0xffffffffffffffff };
#define POINTERS (sizeof pointers / sizeof *pointers)

static unsigned runs_with(uint64_t rsp)
{
	clear_stage();
	forget();
	rehearse(A, divide, 0);
	set_register(A, PN_RIP, ADDRESS(no_stack));
	set_register(A, PN_RSP, rsp);
	pn_start(PROCESS(A));
	return moves(&passed[A]) && state_of(A) == PN_READY && register_of(A, PN_RSP) == rsp;
}

static struct fault push_with(uint64_t rsp)
{
	clear_stage();
	rehearse(A, divide, 0);
	set_register(A, PN_RIP, ADDRESS(push_at));
	set_register(A, PN_RSP, rsp);
	pn_start(PROCESS(A));
	reaches(A, PN_FAULTED);
	return look(A);
}

void stacks(void)
{
	unsigned running = 0;

	for (unsigned i = 0; i < POINTERS; i++)
		running += runs_with(pointers[i]);
	check_is("stacks/kernel-never-uses-it", running, POINTERS);
	struct fault f = push_with(0x800000000010);
	check("stacks/push-non-canonical", f.info == ADDRESS(push_at)
	      && (f.code == PN_VECTOR(PN_STACK) || f.code == PN_VECTOR(PN_PROTECTION)));
	f = push_with(8);
	check_is("stacks/push-to-null", f.code, PN_VECTOR(PN_PAGE_FAULT) | 6ull << 32);
}
