#ifndef POSTERN_STRING_H
#define POSTERN_STRING_H
#include <stddef.h>
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int value, size_t n);
#endif
