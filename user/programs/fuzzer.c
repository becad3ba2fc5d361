/* Processes that do to each other, and to the kernel, whatever they can think of. All is
   drawn from one number, the process' argument. A gardener frees those that are
   stuck, until too many are destroyed. Systems of it: harness/replay/systems.py. */
#include "process.h"
#include "start.h"

#define CROWD     8    /* processes; number 0 is the gardener */
#define STACK     1024 /* bytes */
#define ENDPOINTS 8    /* registers from here to 30 hold the gardener's Endpoint capabilities */
#define SPARE     31
#define ENOUGH    4    /* others that are not destroyed; with fewer the gardener rests */
#define COM1      0x3f8

/* Each process uses its own; those of a shared space are neighbours. */
unsigned char fuzzer_stacks[CROWD + 1][STACK] __attribute__((aligned(16)));
static uint64_t seeds[CROWD];
static unsigned answer_with[CROWD]; /* the register where a reply came, or 0 */

static uint64_t any(unsigned me)
{
	uint64_t x = seeds[me];

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return seeds[me] = x;
}

static uint64_t below(unsigned me, uint64_t n) { return (any(me) >> 16) % n; }
static int one_in(unsigned me, uint64_t n) { return below(me, n) == 0; }

/* Whoever starts a process needs to say no more than where, and rdi: its page. */
__asm__(".text\n\t.globl fuzzer_again\nfuzzer_again:\n"
        "\tmov %rdi, %rax\n\tshr $12, %rax\n\tand $7, %eax\n"
        "\tshl $10, %eax\n\tlea fuzzer_stacks+1024(%rax), %rsp\n\tcld\n"
        "\txor %ebp, %ebp\n\tcall fuzzer_loop\n\tud2\n");
void fuzzer_again(void);

/* What may be in a register, so that something comes of it. */
static uint64_t likely(unsigned me)
{
	switch (below(me, 6)) {
	case 0:  return below(me, 14);
	case 1:  return below(me, 36);
	case 2:  return (uint64_t)(uintptr_t)fuzzer_again;
	case 3:  return PN_MESSAGE_BASE + PN_PAGE * below(me, CROWD + 1);
	case 4:  return 1ull << below(me, 64);
	default: return any(me);
	}
}

static void scribble(unsigned me)
{
	unsigned whose = one_in(me, 64) ? (unsigned)below(me, CROWD) : me;

	for (uint64_t n = below(me, 5); n; n--)
		pn_page(whose)->w[below(me, 32)] = likely(me);
}

/* What a controller or a handler writes: whole registers, of which some work. */
static void registers(unsigned me, unsigned whose)
{
	uint64_t *w = pn_page(me)->w + PN_REGISTER_WORD;

	for (unsigned k = 0; k < PN_REGISTERS; k++)
		w[k] = likely(me);
	if (!one_in(me, 3)) {
		w[PN_RIP] = (uint64_t)(uintptr_t)fuzzer_again;
		w[PN_RDI] = (uint64_t)(uintptr_t)pn_page(whose);
		w[PN_RFLAGS] = one_in(me, 4) ? any(me) : 0x202;
	}
}

static void spin(uint64_t n)
{
	while (n--)
		__asm__ volatile("" : : : "memory");
}

/* An interrupt of the serial port, by who may use it; a fault of all others. */
static void ring(void)
{
	__asm__ volatile("outb %0, %1" : : "a"((uint8_t)0x0b), "Nd"((uint16_t)(COM1 + 4)));
	__asm__ volatile("outb %0, %1" : : "a"((uint8_t)0), "Nd"((uint16_t)(COM1 + 1)));
	__asm__ volatile("outb %0, %1" : : "a"((uint8_t)2), "Nd"((uint16_t)(COM1 + 1)));
}

static void fault(unsigned me)
{
	uint64_t where = any(me) >> below(me, 40);
	uint64_t zero = 0;

	switch (below(me, 12)) {
	case 0:  __asm__ volatile("ud2"); break;
	case 1:  __asm__ volatile("int3"); break;
	case 2:  __asm__ volatile("divq %0" : : "r"(zero) : "rax", "rdx"); break;
	case 3:  __asm__ volatile("hlt"); break;
	case 4:  __asm__ volatile("movq (%0), %%rax" : : "r"(where) : "rax"); break;
	case 5:  __asm__ volatile("movq %0, (%0)" : : "r"(where) : "memory"); break;
	case 6:  __asm__ volatile("fninit"); break;
	case 7:  __asm__ volatile("push %0; popf" : : "r"(0x302ull) : "memory", "cc"); break;
	case 8:  __asm__ volatile("push %0; popf; mov 1(%%rsp), %%rax" : : "r"(0x40202ull) : "rax", "memory", "cc"); break;
	case 9:  __asm__ volatile("jmp *%0" : : "r"(where)); break;
	case 10: __asm__ volatile("mov %0, %%rsp; push %%rax" : : "r"(where)); break;
	default: __asm__ volatile("cli"); break;
	}
}

/* ---- system calls */
static uint64_t control(unsigned me)
{
	static const uint64_t phases[] = {
		PN_SEND, PN_SEND, PN_SEND | PN_NB, PN_SEND | PN_NB, PN_SEND | PN_NB, PN_CALL, PN_CALL,
		PN_SEND | PN_RECV, PN_SEND | PN_NB | PN_RECV, PN_RECV, 0, PN_CALL | PN_RECV };
	uint64_t c = phases[below(me, one_in(me, 16) ? 12 : 10)];

	c |= PN_WORDS(below(me, one_in(me, 4) ? 65 : 8)) | PN_CAPS(one_in(me, 2) ? 1 : below(me, 5));
	if (one_in(me, 2))
		c |= PN_REGS;
	if (one_in(me, 24))
		c = one_in(me, 2) ? PN_YIELD : any(me) >> below(me, 64);
	return one_in(me, 32) ? c ^ 1ull << below(me, 64) : c;
}

static void words(unsigned me, struct message *m)
{
	static const unsigned char methods[] = {
		PN_START, PN_STOP, PN_HOLD, PN_RELEASE, PN_READ_FAULT, PN_READ_REGISTERS,
		PN_WRITE_REGISTERS, PN_GET_SLOT, PN_SET_SLOT, PN_SET_SLOT, PN_TAKE_REPLY, PN_MAKE_ENTRY };

	for (unsigned k = 0; k < PN_REG_WORDS; k++)
		m->w[k] = likely(me);
	if (!one_in(me, 6))
		m->w[0] = methods[below(me, 12)];
	if (one_in(me, 600))
		m->w[0] = PN_DESTROY;
	if (!one_in(me, 4))
		m->w[1] = one_in(me, 2) ? PN_HANDLER + below(me, 2) : below(me, 33);
	m->w[2] = one_in(me, 8) ? any(me) : below(me, 3);
}

static void call(unsigned me)
{
	struct message m;
	uint64_t d = any(me) >> (one_in(me, 40) ? 0 : 14), c = control(me);

	if (one_in(me, 2))
		d &= (1ull << 30) - 1; /* and keep what is sent from overwriting too much */
	words(me, &m);
	if (answer_with[me] && !one_in(me, 4)) {
		d = (d & ~31ull) | answer_with[me];
		c = one_in(me, 3) ? PN_SEND | PN_RECV | PN_WORDS(8) : one_in(me, 3) ? c : PN_SEND | PN_REGS;
	}
	answer_with[me] = 0;
	pn_do(c, d, &m);
	if (PN_HAS_REPLY(m.tag))
		answer_with[me] = d >> 25 & 31;
}

_Noreturn void fuzzer_loop(struct page *page)
{
	unsigned me = (uintptr_t)page / PN_PAGE % CROWD;

	seeds[me] += 0x9e3779b97f4a7c15u; /* that no seed is 0, and no start is as the last one */
	for (;;) {
		if (one_in(me, 3))
			scribble(me);
		if (one_in(me, 8))
			registers(me, (unsigned)below(me, CROWD));
		if (one_in(me, 100))
			fault(me);
		if (one_in(me, 150))
			ring();
		if (one_in(me, 500))
			spin(below(me, 100000));
		call(me);
	}
}

/* The first start, which brings a number. */
PROCESS(fuzzer)
{
	unsigned me = (uintptr_t)page / PN_PAGE % CROWD;

	seeds[me] = argument * 0x9e3779b97f4a7c15u;
	fuzzer_loop(page);
}

/* ---- the gardener; registers 1 to 7 hold the others, from ENDPOINTS on their endpoints */
static int again(unsigned p)
{
	struct fault f;

	if (pn_read_fault(p, &f) != PN_OK)
		return 0;
	if (f.held && one_in(0, 2))
		pn_release(p, !one_in(0, 4));
	if (f.state == PN_READY)
		return 1;
	if (f.code || one_in(0, 16)) {
		registers(0, p);
		pn_write_registers(p);
	}
	if (f.state != PN_INACTIVE && f.state < PN_FAULTED)
		pn_stop(p); /* and it goes on behind its call */
	pn_start(p);
	return 1;
}

/* Capabilities run out: they are overwritten, and what they name is destroyed. */
static void give(unsigned p)
{
	unsigned cap = (unsigned)(one_in(0, 3) ? 1 + below(0, CROWD - 1) : ENDPOINTS + below(0, SPARE - ENDPOINTS));

	if (cap >= ENDPOINTS && !one_in(0, 4)) {
		pn_make_entry(cap, any(0), one_in(0, 3), SPARE);
		cap = SPARE;
	}
	pn_set_slot(p, (unsigned)(one_in(0, 4) ? PN_HANDLER + below(0, 2) : 1 + below(0, 31)), cap);
}

PROCESS(gardener)
{
	unsigned dead = 0; /* bit p: process p is destroyed */
	unsigned left = CROWD - 1;

	seeds[0] = argument * 0x9e3779b97f4a7c15u;
	while (left >= ENOUGH) {
		unsigned p = 1 + (unsigned)below(0, CROWD - 1);

		if (dead >> p & 1)
			continue;
		if (!again(p)) {
			dead |= 1u << p;
			left--;
		} else if (one_in(0, 3)) {
			give(p);
		}
		if (one_in(0, 3))
			pn_yield();
	}
}
