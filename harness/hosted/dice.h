/* Numbers to choose by: a sequence of its own for each number, or given bytes. */
#ifndef HOSTED_DICE_H
#define HOSTED_DICE_H
#include <stddef.h>
#include <stdint.h>

void roll(uint64_t number);
/* From now on these bytes, and 0 behind them. */
void read_bytes(const uint8_t *bytes, size_t size);
size_t bytes_left(void);

uint64_t any(void);
uint64_t below(uint64_t n);
#endif
