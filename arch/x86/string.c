/* The compiler calls these for structures; nothing else does. */
#include <stddef.h>
#include <stdint.h>
#include "string.h"

/*@ requires to:    \valid((uint8_t *)to + (0 .. n - 1));
    requires from:  \valid_read((uint8_t *)from + (0 .. n - 1));
    requires apart: \separated((uint8_t *)to + (0 .. n - 1), (uint8_t *)from + (0 .. n - 1));
    terminates \true; assigns ((uint8_t *)to)[0 .. n - 1]; */
void *memcpy(void *to, const void *from, size_t n)
{
	uint8_t *t = to;
	const uint8_t *f = from;
	for (size_t i = 0; i < n; i++)
		t[i] = f[i];
	return to;
}

/*@ requires to: \valid((uint8_t *)to + (0 .. n - 1));
    terminates \true; assigns ((uint8_t *)to)[0 .. n - 1]; */
void *memset(void *to, int value, size_t n)
{
	uint8_t *t = to;
	for (size_t i = 0; i < n; i++)
		t[i] = (uint8_t)value;
	return to;
}
