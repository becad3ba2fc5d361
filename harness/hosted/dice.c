#include "dice.h"

static uint64_t seed;
static const uint8_t *given;
static size_t left;

void roll(uint64_t number)
{
	given = NULL;
	left = 0;
	seed = number * 0x9e3779b97f4a7c15u | 1;
}

void read_bytes(const uint8_t *bytes, size_t size)
{
	given = bytes;
	left = size;
}

size_t bytes_left(void) { return left; }

static uint64_t take(size_t count)
{
	uint64_t v = 0;

	for (; count && left; count--, left--)
		v = v << 8 | *given++;
	return v;
}

uint64_t any(void)
{
	if (given)
		return take(8);
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

uint64_t below(uint64_t n)
{
	return (given ? take(n <= 1 << 8 ? 1 : n <= 1 << 16 ? 2 : n <= 1 << 24 ? 3 : 8) : any()) % n;
}
