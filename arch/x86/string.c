/* The compiler calls these for structures; nothing else does. */
#include <stddef.h>
#include <stdint.h>
#include "string.h"

void *memcpy(void *to, const void *from, size_t n)
{
	uint8_t *t = to;
	const uint8_t *f = from;
	for (size_t i = 0; i < n; i++)
		t[i] = f[i];
	return to;
}

void *memset(void *to, int value, size_t n)
{
	uint8_t *t = to;
	for (size_t i = 0; i < n; i++)
		t[i] = (uint8_t)value;
	return to;
}
