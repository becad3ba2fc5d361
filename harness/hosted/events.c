/* Systems and events at random. */
#include "events.h"
#include "core.h"
#include "init.h"

static uint64_t seed;
static uint64_t any(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}
static uint64_t below(uint64_t n) { return any() % n; }

#define USED (NPROC - 1)
#define ENDS (NENDP < 2 * NPROC ? NENDP : 2 * NPROC)

static void capability_words(uint64_t *w, int door)
{
	static const uint64_t kinds[] = { CAP_NULL, CAP_ENTRY, CAP_PROXY, CAP_PROCESS, CAP_ENTRY,
	                                  CAP_PROXY, CAP_PROCESS, CAP_PROCESS, CAP_ENDPOINT };
	w[0] = door ? (below(4) ? CAP_ENTRY : CAP_NULL) : kinds[below(9)];
	w[1] = w[0] == CAP_NULL ? 0 : below(w[0] == CAP_PROCESS ? USED : ENDS);
	w[2] = w[0] == CAP_ENTRY || w[0] == CAP_PROXY ? any() : 0;
}

/* A boot image with capabilities at random. */
void make_image(uint64_t number)
{
	seed = number * 0x9e3779b97f4a7c15u | 1;
	uint64_t *w = boot_image.w;
	w[H_MAGIC] = BOOT_MAGIC;
	w[H_PROCESSES] = USED;
	w[H_ENDPOINTS] = ENDS;
	w[H_SPACES] = 1;
	w[H_SEGMENTS] = 0;
	w[H_WORDS] = BOOT_HEADER + BOOT_PROCESS * USED + BOOT_ENDPOINT * ENDS + 1;
	for (uint32_t p = 0; p < USED; p++) {
		uint64_t *r = w + BOOT_HEADER + BOOT_PROCESS * p;
		r[F_STATE] = below(4) != 0;
		r[F_SPACE] = 0;
		r[F_PC] = 0x400000;
		r[F_VERSION] = below(8) ? 1 : UINT64_MAX - 1;
		r[F_EPOCH] = below(8) ? 0 : UINT64_MAX - 4;
		for (uint32_t k = 0; k < BOOT_SLOTS; k++)
			capability_words(r + 8 + 3 * k, k >= NCAP);
		r[8] = r[9] = r[10] = 0;
	}
	for (uint32_t e = 0; e < ENDS; e++) {
		w[BOOT_HEADER + BOOT_PROCESS * USED + 2 * e] = below(USED);
		w[BOOT_HEADER + BOOT_PROCESS * USED + 2 * e + 1] = 1;
	}
}

/* A register that holds a Resume capability, used up or not; or any. */
static uint64_t resume_register(void)
{
	const struct cap *c = procs[current].caps.r;
	uint64_t start = below(NCAP);
	for (uint64_t n = 0; n < NCAP; n++)
		if (c[(start + n) % NCAP].kind == CAP_RESUME)
			return (start + n) % NCAP;
	return start;
}

/* What the running process might have computed: mostly system calls that make sense. */
static void compute(void)
{
	static const uint64_t methods[] = { 1, 1, 1, 3, 4, 4, 4, 9 };
	static const uint64_t phases[] = { 1, 2, 2, 5, 5, 5, 8, 9, 9, 13 };
	uint64_t *r = procs[current].regs.r;
	for (uint32_t k = 0; k < NREG; k++)
		if (below(4) == 0)
			r[k] = any();
	r[R_CTL] = phases[below(10)] << 4 | (below(4) ? below(8) : below(65)) << 8
	         | (below(2) ? 1 : below(5)) << 16 | below(2) << 20;
	if (below(16) == 0)
		r[R_CTL] = below(2) ? 1 : any();
	r[R_DESC] = any() >> (below(32) ? 14 : 0);
	if (below(3) == 0)
		r[R_DESC] = (r[R_DESC] & ~31ull) | resume_register();
	r[R_WORD0] = below(2) ? methods[below(8)] : below(13);
	r[R_WORD0 + 1] = below(3) ? 32 + below(2) : below(2) ? below(36) : any();
	r[R_WORD0 + 2] = below(3);
}

struct event next_event(void)
{
	uint64_t which = below(16);
	if (current != NONE)
		compute();
	if (which < 12)
		return (struct event){ SYSCALL, 0, 0 };
	if (which == 12) {
		uint64_t code = below(3);
		return (struct event){ FAULT, code, any() };
	}
	if (which == 13)
		return (struct event){ IRQ, (uint32_t)any(), 0 };
	return (struct event){ TICK, 0, 0 };
}

void enter(struct event e)
{
	switch (e.entry) {
	case SYSCALL: core_syscall(); break;
	case FAULT:   core_fault(e.a, e.b); break;
	case TICK:    core_tick(); break;
	case IRQ:     core_irq((uint32_t)e.a); break;
	}
}
