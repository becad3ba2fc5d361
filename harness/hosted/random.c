/* Random events against the core, compiled for the host with sanitizers: after each one
   the whole invariant (check.c) is evaluated. Arguments: steps, seed. */
#include <stdio.h>
#include <stdlib.h>
#include "check.h"
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
static void make_image(void)
{
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

/* What the running process might have computed: mostly system calls that make sense. */
static void compute(void)
{
	static const uint64_t methods[] = { 1, 1, 1, 3, 4, 4, 4, 9 };
	static const uint64_t phases[] = { 1, 2, 2, 2, 5, 8, 8, 9, 9, 13 };
	uint64_t *r = procs[current].regs.r;
	for (uint32_t k = 0; k < NREG; k++)
		if (below(4) == 0)
			r[k] = any();
	r[R_CTL] = phases[below(10)] << 4 | (below(4) ? below(8) : below(65)) << 8
	         | (below(2) ? 1 : below(5)) << 16 | below(2) << 20;
	if (below(16) == 0)
		r[R_CTL] = below(2) ? 1 : any();
	r[R_DESC] = any() >> (below(32) ? 14 : 0);
	r[R_WORD0] = below(2) ? methods[below(8)] : below(13);
	r[R_WORD0 + 1] = below(3) ? 32 + below(2) : below(2) ? below(36) : any();
	r[R_WORD0 + 2] = below(3);
}

static uint64_t counts[4];
static void event(void)
{
	uint64_t which = below(16);
	if (current != NONE)
		compute();
	if (which < 12) {
		counts[0]++;
		core_syscall();
	} else if (which == 12) {
		counts[1]++;
		core_fault(below(3), any());
	} else if (which == 13) {
		counts[3]++;
		core_irq((uint32_t)any());
	} else {
		counts[2]++;
		core_tick();
	}
}

static int run(uint64_t steps, uint64_t *done)
{
	make_image();
	if (core_init().error != BOOT_OK) {
		printf("hosted: the image was refused\n");
		return 1;
	}
	for (uint64_t n = 0, idle = 0; n < steps; n++, ++*done) {
		const char *why = broken_rule();
		if (why) {
			printf("hosted: after %llu events: %s\n", (unsigned long long)n, why);
			return 1;
		}
		event();
		idle = current == NONE ? idle + 1 : 0;
		if (idle == 4)
			break; /* all wait for each other: start another system */
	}
	return 0;
}

int main(int argc, char **argv)
{
	uint64_t steps = argc > 1 ? strtoull(argv[1], NULL, 0) : 100000, done = 0;
	uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	for (uint64_t round = 0; done < steps; round++) {
		seed = (first + round) * 0x9e3779b97f4a7c15u | 1;
		if (run(2000, &done)) {
			printf("hosted: replay with: random 2000 %llu\n", (unsigned long long)(first + round));
			return 1;
		}
	}
	printf("hosted: %llu events (%llu system calls, %llu faults, %llu ticks, %llu interrupts), every rule kept after each\n",
	       (unsigned long long)done, (unsigned long long)counts[0], (unsigned long long)counts[1],
	       (unsigned long long)counts[2], (unsigned long long)counts[3]);
	return 0;
}
