#include "mutate.h"
#include <string.h>
#include "boot.h"
#include "dice.h"
#include "events.h"

static uint64_t *const w = boot_image.w;

/* A count of the header, no larger than what the table has room for. */
static uint64_t count(uint32_t field, uint64_t most) { return w[field] < most ? w[field] : most; }
static uint64_t processes(void) { return count(H_PROCESSES, NPROC); }
static uint64_t endpoints_(void) { return count(H_ENDPOINTS, NENDP); }
static uint64_t used(void) { return w[H_WORDS] > BOOT_HEADER && w[H_WORDS] < BOOT_WORDS ? w[H_WORDS] : BOOT_WORDS; }

/* What a word could be, rightly or not. */
static uint64_t word(void)
{
	static const uint64_t known[] = { 0, 1, 2, 3, 4, 5, CAP_PROXY, 0x203, NPROC, NENDP, UINT64_MAX,
	                                  UINT64_MAX - 1, 1ull << 32, 1ull << 63, 0x400000 };
	switch (below(4)) {
	case 0:  return below(NPROC + 1);
	case 1:  return any() >> below(64);
	default: return known[below(sizeof known / sizeof known[0])];
	}
}

static void one(uint64_t at)
{
	w[at] = below(3) ? word() : w[at] + 1 - 2 * below(2);
}

static const char *flip(void)
{
	for (uint64_t n = 1 + below(3); n; n--)
		w[below(used())] ^= 1ull << below(64);
	return "bits flipped";
}

static const char *header(void)
{
	one(below(BOOT_HEADER));
	return "header word changed";
}

static const char *process_record(void)
{
	if (processes())
		one(BOOT_HEADER + BOOT_PROCESS * below(processes()) + below(8));
	return "process field changed";
}

/* A whole capability, mostly one that may stand there. */
static const char *slot(void)
{
	static const uint64_t kinds[] = { CAP_NULL, CAP_PROCESS, CAP_ENDPOINT, CAP_ENTRY, CAP_ENTRY, CAP_PROXY, CAP_RESUME };

	if (processes()) {
		uint64_t *s = w + BOOT_HEADER + BOOT_PROCESS * below(processes()) + 8 + 3 * below(BOOT_SLOTS);
		s[0] = below(8) ? kinds[below(7)] : word();
		s[1] = below(8) ? below(processes()) : word();
		s[2] = below(2) ? 0 : any();
	}
	return "slot changed";
}

static const char *endpoint_record(void)
{
	if (endpoints_())
		one(BOOT_HEADER + BOOT_PROCESS * processes() + BOOT_ENDPOINT * below(endpoints_()) + below(BOOT_ENDPOINT));
	return "endpoint changed";
}

static const char *truncate(void)
{
	uint64_t at = below(used());

	memset(w + at, 0, (BOOT_WORDS - at) * sizeof *w);
	return "cut short";
}

/* The number of words as the other counts say. */
static void right_size(void)
{
	w[H_WORDS] = BOOT_HEADER + BOOT_PROCESS * w[H_PROCESSES] + BOOT_ENDPOINT * w[H_ENDPOINTS]
	           + BOOT_SEGMENT * w[H_SEGMENTS] + w[H_SPACES];
}

/* Records are read as others than they were. */
static const char *counts(void)
{
	uint64_t which = H_PROCESSES + below(4);

	w[which] = below(4) ? w[which] + 1 - 2 * below(2) : word();
	right_size();
	return "a count changed, and the size with it";
}

/* A part of another image. */
static const char *splice(void)
{
	static struct boot_image mine;
	uint64_t from = below(used()), size = below(2 * BOOT_PROCESS), to = below(2) ? from : below(used());

	mine = boot_image;
	make_image_with_dice();
	for (uint64_t k = 0; k < size && from + k < BOOT_WORDS && to + k < BOOT_WORDS; k++)
		mine.w[to + k] = w[from + k];
	boot_image = mine;
	return "a part of another image put in";
}

const char *mutate_image(void)
{
	switch (below(10)) {
	case 0:  return flip();
	case 1:  return header();
	case 2:  return process_record();
	case 3:
	case 4:  return slot();
	case 5:  return endpoint_record();
	case 6:  return truncate();
	case 7:  return counts();
	default: return splice();
	}
}
