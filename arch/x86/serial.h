/* The first serial port: where the kernel's log goes. */
#ifndef POSTERN_SERIAL_H
#define POSTERN_SERIAL_H
#include <stdint.h>

void serial_init(void);
void serial_put(char c);
#endif
