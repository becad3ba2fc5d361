/* The flags register: what a process sets for itself stays its own; what it must not
   set, it does not get, even when its controller writes it. */
#include "scenes.h"

#define TF   0x100u
#define IF   0x200u
#define DF   0x400u
#define IOPL 0x3000u
#define NT   0x4000u
#define RF   0x10000u
#define VM   0x20000u
#define AC   0x40000u
#define VIF  0x80000u
#define VIP  0x100000u
#define ID   0x200000u
#define ARITHMETIC 0x8d5u /* CF PF AF ZF SF OF */

static uint64_t get(void)
{
	uint64_t flags;

	__asm__ volatile("pushf\n\tpop %0" : "=r"(flags));
	return flags;
}

static void set(uint64_t flags)
{
	__asm__ volatile("push %0\n\tpopf" : : "r"(flags) : "cc", "memory");
}

/* With the flag set, a process makes every kind of kernel entry; among them one that
   comes straight back, and a message of 64 words. */
static volatile uint64_t wrong_words, flags_after;

static void echo(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	for (pn_receive(CALLER, &m);; pn_answer_receive(CALLER, PN_MAX_WORDS, &m))
		;
}

/* Those that the process still has, each time it is back. */
static void enter_with(uint64_t flags, uint64_t control, uint64_t descriptor)
{
	struct message m = { .w = { 0, 1, 2, 3, 4, 5 } };

	set(get() | flags);
	pn_do(control, descriptor, &m);
	flags_after &= get();
}

static void fault_with(uint64_t flags)
{
	set(get() | flags);
	__asm__ volatile("ud2" : : : "memory"); /* its handler skips it */
	flags_after &= get();
}

static void compute_with(uint64_t flags)
{
	uint64_t start = __builtin_ia32_rdtsc();

	set(get() | flags);
	while (__builtin_ia32_rdtsc() - start < 30000000) /* three ticks of the timer */
		;
	flags_after &= get();
}

static void stubborn(struct page *page, uint64_t flags)
{
	uint64_t bad = 0;

	for (unsigned i = PN_REG_WORDS; i < PN_MAX_WORDS; i++)
		page->w[i] = i;
	flags_after = ~0ull;
	enter_with(flags, PN_INVOKE, 0);
	enter_with(flags, PN_CALL | PN_WORDS(PN_MAX_WORDS), PN_INVOKED(DOOR));
	enter_with(flags, PN_YIELD, 0);
	enter_with(flags, ~0ull, 0);
	fault_with(flags);
	compute_with(flags);
	set(get() & ~flags);
	for (unsigned i = PN_REG_WORDS; i < PN_MAX_WORDS; i++)
		bad += page->w[i] != i;
	wrong_words = bad;
}

/* Somebody else, all the while: looks at its own. */
static volatile uint64_t others_flags;

static void observer(struct page *page, uint64_t unused)
{
	(void)page, (void)unused;
	for (;;) {
		others_flags |= get();
		pn_yield();
	}
}

static void keep(const char *works, const char *kept, const char *leak, uint64_t flags, uint64_t after)
{
	clear_stage();
	forget();
	others_flags = 0;
	wrong_words = 99;
	give_entry(A, DOOR, E, 0);
	give_entry(A, PN_HANDLER, B, 0);
	play(E, echo, 0);
	play(B, skip_faults, B);
	play(C, observer, 0);
	play(A, stubborn, flags);
	check(works, finishes(A) && wrong_words == 0 && told[B].count == 1);
	check_is(kept, flags_after & flags, after);
	check_is(leak, others_flags & ~(uint64_t)ARITHMETIC, IF | 2);
}

void flags(void)
{
	keep("flags/df/works", "flags/df/kept", "flags/df/not-elsewhere", DF, DF);
	keep("flags/ac/works", "flags/ac/kept", "flags/ac/not-elsewhere", AC, AC);
	keep("flags/nt/works", "flags/nt/dropped", "flags/nt/not-elsewhere", NT, 0);
	keep("flags/id/works", "flags/id/kept", "flags/id/not-elsewhere", ID, ID);
	keep("flags/iopl/works", "flags/iopl/dropped", "flags/iopl/not-elsewhere", IOPL, 0);
}

/* ---- flags written by a controller */

static volatile uint64_t started_with;

__attribute__((noipa)) static void look_at_flags(struct page *page, uint64_t unused)
{
	(void)page, (void)unused;
	started_with = get();
	for (;;)
		passed[A]++;
}

static void start_with(const char *name, const char *runs, uint64_t flags, uint64_t expected)
{
	clear_stage();
	forget();
	rehearse(A, look_at_flags, 0);
	set_register(A, PN_RIP, ADDRESS(look_at_flags));
	set_register(A, PN_RFLAGS, flags);
	pn_start(PROCESS(A));
	check(runs, moves(&passed[A]) && state_of(A) == PN_READY);
	check_is(name, started_with & ~(uint64_t)ARITHMETIC, expected);
}

static void cli_with_iopl(void)
{
	extern char try_cli[];

	clear_stage();
	rehearse(A, divide, 0);
	set_register(A, PN_RIP, ADDRESS(try_cli));
	set_register(A, PN_RFLAGS, IF | IOPL | 2);
	pn_start(PROCESS(A));
	check("flags/written/iopl-gives-no-right", reaches(A, PN_FAULTED)
	      && look(A).code == PN_VECTOR(PN_PROTECTION));
}

/* The same by the answer to a fault. */
static void generous(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)unused;
	pn_receive(CALLER, &m);
	page->w[PN_REGISTER_WORD + PN_RFLAGS] = ~(uint64_t)(TF | DF | AC | ID);
	page->w[PN_REGISTER_WORD + PN_RIP] = ADDRESS(look_at_flags);
	answer_past(page, CALLER, 0);
}

static void by_answer(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, generous, 0);
	play(A, undefined, A);
	finishes(B);
	check("flags/answered/runs", moves(&passed[A]) && state_of(A) == PN_READY);
	check_is("flags/answered", started_with & ~(uint64_t)ARITHMETIC, IF | 2);
}

void foreign_flags(void)
{
	start_with("flags/written/no-interrupts", "flags/written/no-interrupts/runs", 0, IF | 2);
	start_with("flags/written/all-forbidden", "flags/written/all-forbidden/runs",
	           IOPL | NT | RF | VM | VIF | VIP | ~0ull << 22 | 1 << 15 | 1 << 5 | 1 << 3, IF | 2);
	cli_with_iopl();
	by_answer();
}
