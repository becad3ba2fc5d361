/* Stands between arch/ and the core in the debug image (ld --wrap): each kernel entry is
   written down, with every word of the tables that changed since the entry before, and
   every word that the entry changed. Nothing is left out by knowledge of what an entry
   does: all words of all tables are compared with a copy. */
#include <core.h>
#include <init.h>
#include <cpu.h>
#include "recorder.h"

#define DEBUG_EXIT 0xf4
#define NOBODY     0x14 /* how the run ends when nobody can run any more */
#define PATIENCE   64   /* entries, one after the other, that find nobody */

struct buffer recorded[2];
static uint64_t copy[TABLE_WORDS];
static uint64_t records, handed, idle_entries;

static struct buffer *open_buffer(void) { return &recorded[handed % 2]; }

static void put(uint64_t word)
{
	struct buffer *b = open_buffer();
	b->w[b->used++] = word;
}

/* The words of one table that are not as in the copy; how many. */
static uint64_t put_table(const void *table, uint64_t words, uint64_t first)
{
	const uint64_t *now = table;
	uint64_t *then = copy + first, found = 0;
	for (uint64_t i = 0; i < words; i += 4) {
		if (((now[i] ^ then[i]) | (now[i + 1] ^ then[i + 1])
		     | (now[i + 2] ^ then[i + 2]) | (now[i + 3] ^ then[i + 3])) == 0)
			continue;
		for (uint64_t k = i; k < i + 4; k++) {
			if (now[k] == then[k])
				continue;
			put(first + k);
			put(now[k]);
			then[k] = now[k];
			found++;
		}
	}
	return found;
}

/* The comparison goes by four words, and must not stop short of the end. */
typedef char whole_fours[WORDS_OF(procs) % 4 == 0 && WORDS_OF(messages) % 4 == 0
                         && WORDS_OF(endpoints) % 4 == 0 && WORDS_OF(links) % 4 == 0 ? 1 : -1];

static void put_changes(void)
{
	struct buffer *b = open_buffer();
	uint64_t count = b->used++, first = 0;
	b->w[count] = put_table(procs, WORDS_OF(procs), first);
	first += WORDS_OF(procs);
	b->w[count] += put_table(messages, WORDS_OF(messages), first);
	first += WORDS_OF(messages);
	b->w[count] += put_table(endpoints, WORDS_OF(endpoints), first);
	first += WORDS_OF(endpoints);
	b->w[count] += put_table(links, WORDS_OF(links), first);
}

static void hand_over(void)
{
	for (uint32_t i = 0; i < RING; i++)
		cpu_out8(DEBUG_PORT, 0);
	handed++;
	open_buffer()->number = handed;
	open_buffer()->used = 0;
}

static void begin(enum kind kind, uint64_t a, uint64_t b)
{
	put(records++);
	put(kind);
	put(a);
	put(b);
	put(current);
	put_changes();
}

static void finish(uint64_t ticks)
{
	put(ticks);
	put(current);
	put_changes();
	if (open_buffer()->used >= FULL)
		hand_over();
	idle_entries = current == NONE ? idle_entries + 1 : 0;
	if (idle_entries == PATIENCE)
		cpu_out32(DEBUG_EXIT, NOBODY);
}

/* recorder.S: calls function(a, b); how far the time-stamp counter went meanwhile. */
uint64_t timed(uint64_t a, uint64_t b, const void *function);
extern const uint8_t one_instruction[];

void __real_core_syscall(void);
void __real_core_fault(uint64_t code, uint64_t info);
void __real_core_tick(void);
void __real_core_irq(uint32_t line);
struct boot_result __real_core_init(void);

void __wrap_core_syscall(void)
{
	begin(K_SYSCALL, 0, 0);
	finish(timed(0, 0, __real_core_syscall));
}

void __wrap_core_fault(uint64_t code, uint64_t info)
{
	begin(K_FAULT, code, info);
	finish(timed(code, info, __real_core_fault));
}

void __wrap_core_tick(void)
{
	begin(K_TICK, 0, 0);
	finish(timed(0, 0, __real_core_tick));
}

void __wrap_core_irq(uint32_t line)
{
	begin(K_IRQ, line, 0);
	finish(timed(line, 0, __real_core_irq));
}

struct boot_result __wrap_core_init(void)
{
	begin(K_INIT, timed(0, 0, one_instruction), TABLE_WORDS);
	struct boot_result result = __real_core_init();
	finish(0);
	return result;
}
