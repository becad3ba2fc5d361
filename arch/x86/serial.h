/* The first serial port: where the kernel's log goes. */
#ifndef POSTERN_SERIAL_H
#define POSTERN_SERIAL_H
#include <stdint.h>

/*@ terminates \true; assigns \nothing; */
void serial_init(void);
/*@ terminates \true; assigns \nothing; */
void serial_put(uint8_t c);
#endif
