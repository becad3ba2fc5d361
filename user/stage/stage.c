#include "stage.h"

#define JUDGE  1u /* process numbers */
#define FIRST  2u
#define PATIENCE 2000
#define USER_FLAGS 0x202

static uint64_t stacks[ACTORS];

static struct page *actors_page(enum actor a) { return pn_page(FIRST + a); }

void give(enum actor a, unsigned slot, unsigned cap) { pn_set_slot(PROCESS(a), slot, cap); }
void take_away(enum actor a, unsigned slot) { pn_set_slot(PROCESS(a), slot, 0); }

void give_entry(enum actor a, unsigned slot, enum actor to, uint64_t badge)
{
	pn_make_entry(ENDPOINT(to), badge, 0, SCRATCH);
	give(a, slot, SCRATCH);
}

void give_proxy(enum actor a, unsigned slot, enum actor to, uint64_t badge)
{
	pn_make_entry(ENDPOINT(to), badge, 1, SCRATCH);
	give(a, slot, SCRATCH);
}

void give_process(enum actor a, unsigned slot, enum actor whom) { give(a, slot, PROCESS(whom)); }

struct fault look(enum actor a)
{
	struct fault f;

	if (pn_read_fault(PROCESS(a), &f) != PN_OK)
		f.state = PN_UNUSED;
	return f;
}

uint64_t state_of(enum actor a) { return look(a).state; }

uint64_t register_of(enum actor a, enum pn_register r)
{
	pn_read_registers(PROCESS(a));
	return pn_page(JUDGE)->w[PN_REGISTER_WORD + r];
}

void set_register(enum actor a, enum pn_register r, uint64_t value)
{
	pn_read_registers(PROCESS(a));
	pn_page(JUDGE)->w[PN_REGISTER_WORD + r] = value;
	pn_write_registers(PROCESS(a));
}

static void clear_actor(enum actor a)
{
	pn_release(PROCESS(a), 1);
	pn_stop(PROCESS(a));
	for (unsigned slot = SELF + 1; slot <= PN_PROXY_RECEIVER; slot++)
		take_away(a, slot);
}

void clear_stage(void)
{
	for (enum actor a = A; a < ACTORS; a++)
		clear_actor(a);
}

void curtain(const char *name)
{
	introduce(name);
	for (enum actor a = A; a < ACTORS; a++)
		stacks[a] = register_of(a, PN_RSP);
}

static _Noreturn void enter(struct page *page, part *what, uint64_t argument)
{
	what(page, argument);
	for (;;)
		pn_stop(SELF);
}

void rehearse(enum actor a, part *what, uint64_t argument)
{
	uint64_t *r = pn_page(JUDGE)->w + PN_REGISTER_WORD;

	for (unsigned i = 0; i < PN_REGISTERS; i++)
		r[i] = 0;
	r[PN_RIP] = (uint64_t)(uintptr_t)enter;
	r[PN_RSP] = stacks[a] - 8; /* as after a call instruction */
	r[PN_RDI] = (uint64_t)(uintptr_t)actors_page(a);
	r[PN_RSI] = (uint64_t)(uintptr_t)what;
	r[PN_RDX] = argument;
	r[PN_RFLAGS] = USER_FLAGS;
	pn_write_registers(PROCESS(a));
}

void play(enum actor a, part *what, uint64_t argument)
{
	rehearse(a, what, argument);
	pn_start(PROCESS(a));
}

int reaches(enum actor a, enum pn_state state)
{
	for (unsigned i = 0; i < PATIENCE; i++) {
		if (state_of(a) == state)
			return 1;
		pn_yield();
	}
	return 0;
}

int finishes(enum actor a) { return reaches(a, PN_INACTIVE); }

void wait_a_while(void)
{
	for (unsigned i = 0; i < 100; i++)
		pn_yield();
}

static volatile uint64_t beats;

void bystander(struct page *page, uint64_t unused)
{
	(void)page, (void)unused;
	for (;;) {
		beats++;
		pn_yield();
	}
}

int others_go_on(void)
{
	uint64_t before = beats;

	wait_a_while();
	return beats > before;
}

/* The time-stamp counter is the only clock that a process has. Under QEMU it runs at
   1 GHz; on a real machine, faster. A time slice is a few milliseconds. */
#define TENTH_OF_A_SECOND 100000000u

void spin(void)
{
	uint64_t start = __builtin_ia32_rdtsc();

	while (__builtin_ia32_rdtsc() - start < TENTH_OF_A_SECOND)
		;
}

int moves(const volatile uint64_t *number)
{
	uint64_t start = __builtin_ia32_rdtsc(), before = *number;

	while (*number == before && __builtin_ia32_rdtsc() - start < 100ull * TENTH_OF_A_SECOND)
		;
	return *number != before;
}
