/* Systems and events, of what dice.c gives. */
#include "events.h"
#include <string.h>
#include "core.h"
#include "dice.h"
#include "init.h"

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
	roll(number);
	make_image_with_dice();
}

void make_image_with_dice(void)
{
	uint64_t *w = boot_image.w;
	memset(w, 0, sizeof boot_image);
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

/* A version or epoch at its end, where no image and no short run gets it. */
static uint64_t aged(uint64_t version)
{
	return below(3) ? version : UINT64_MAX - below(3);
}

/* All capabilities to an object follow its version. */
static void follow(struct cap *c)
{
	if (c->kind == CAP_PROCESS)
		c->version = procs[c->object].version;
	else if (c->kind != CAP_NULL)
		c->version = endpoints[c->object].version;
}

static void age_tables(void)
{
	for (uint32_t p = 0; p < NPROC; p++) {
		procs[p].version = aged(procs[p].version);
		procs[p].epoch = aged(procs[p].epoch);
	}
	for (uint32_t e = 0; e < NENDP; e++)
		endpoints[e].version = aged(endpoints[e].version);
	for (uint32_t p = 0; p < NPROC; p++) {
		for (uint32_t k = 0; k < NCAP; k++)
			follow(&procs[p].caps.r[k]);
		follow(&procs[p].handler);
		follow(&procs[p].proxy_receiver);
	}
}

/* The message pages are clean, so that one system leaves nothing to the next. */
int boot_system(uint64_t number)
{
	memset(messages, 0, sizeof messages);
	if (core_init().error != BOOT_OK)
		return 0;
	if (number % 4 == 0)
		age_tables();
	return 1;
}

int start_system(uint64_t number)
{
	make_image(number);
	return boot_system(number);
}

/* ---- what the running process computes */

static struct change list[MOST_CHANGES];
static uint32_t listed;

static void note(uint32_t page, uint32_t word, uint64_t value)
{
	list[listed++] = (struct change){ page, word, value };
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

static uint64_t control_word(void)
{
	static const uint64_t phases[] = { 1, 2, 2, 5, 5, 5, 8, 9, 9, 13 };

	if (below(16) == 0)
		return below(2) ? 1 : any();
	return phases[below(10)] << 4 | (below(4) ? below(8) : below(65)) << 8
	     | (below(2) ? 1 : below(5)) << 16 | below(2) << 20;
}

static uint64_t descriptor(void)
{
	uint64_t d = any() >> (below(32) ? 14 : 0);

	return below(3) ? d : (d & ~31ull) | resume_register();
}

/* Mostly system calls that make sense. */
static void registers(void)
{
	static const uint64_t methods[] = { 1, 1, 1, 3, 4, 4, 4, 9 };
	uint64_t which = below(1 << NREG) & below(1 << NREG);

	note(REGISTERS, R_CTL, control_word());
	note(REGISTERS, R_DESC, descriptor());
	note(REGISTERS, R_WORD0, below(2) ? methods[below(8)] : below(13));
	note(REGISTERS, R_WORD0 + 1, below(3) ? 32 + below(2) : below(2) ? below(36) : any());
	note(REGISTERS, R_WORD0 + 2, below(3));
	for (uint32_t k = R_WORD0 + 3; k < NREG; k++)
		if (which >> k & 1)
			note(REGISTERS, k, any());
}

/* Processes that share a space have each other's pages, so any page: some words, where
   messages stand or behind them; rarely a whole one. */
static void pages(void)
{
	uint64_t some = below(4) ? 0 : below(4);

	for (uint64_t n = 0; n < some; n++)
		note(below(2) ? current : (uint32_t)below(NPROC),
		     (uint32_t)below(below(4) ? NWORD : PAGE_WORDS), any());
	if (below(200) == 0)
		for (uint32_t w = 0, page = (uint32_t)below(NPROC); w < PAGE_WORDS; w++)
			note(page, w, any());
}

void change(struct change c)
{
	if (c.page == REGISTERS)
		procs[current].regs.r[c.word] = c.value;
	else
		messages[c.page].w[c.word] = c.value;
}

struct event next_event(void)
{
	uint64_t which = below(16);
	struct event e = { TICK, 0, 0, list, 0 };

	listed = 0;
	if (current != NONE) {
		registers();
		pages();
	}
	e.changed = listed;
	if (which < 12) {
		e.entry = SYSCALL;
	} else if (which == 12) {
		e.entry = FAULT;
		e.a = below(3);
		e.b = any();
	} else if (which == 13) {
		e.entry = IRQ;
		e.a = (uint32_t)any();
	}
	return e;
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
