/* Smallest, middle and largest count of an operation: one tally for each count. */
#include "bench.h"

#define MOST 8192u /* anything longer is tallied here; the largest is kept as it is */

uint64_t overhead;
static uint32_t tally[MOST + 1];
static uint64_t smallest, largest, rounds;

void begin(void)
{
	for (unsigned i = 0; i <= MOST; i++)
		tally[i] = 0;
	smallest = ~0ull;
	largest = rounds = 0;
}

void record(uint64_t instructions)
{
	instructions -= overhead;
	tally[instructions < MOST ? instructions : MOST]++;
	smallest = instructions < smallest ? instructions : smallest;
	largest = instructions > largest ? instructions : largest;
	rounds++;
}

static uint64_t median(void)
{
	uint64_t count = 0;
	unsigned i = 0;

	while ((count += tally[i]) * 2 < rounds)
		i++;
	return i;
}

void show(const char *operation)
{
	if (overhead == 0)
		overhead = median();
	say("%s %u %u %u of %u", operation, median(), smallest, largest, rounds);
}
