/* The first serial port: where the kernel's log goes. */
#ifndef POSTERN_SERIAL_H
#define POSTERN_SERIAL_H
#include <stdint.h>
#include "machine.h"

/* COM1: no interrupts; 115200 baud, by the divisor 1; 8 bits, no parity, 1 stop bit; FIFOs
   on and empty; DTR and RTS. */
/*@ terminates \true; assigns ports;
    ensures told: ports == out8(out8(out8(out8(out8(out8(out8(\old(ports), 0x3f9, 0), 0x3fb, 0x80),
      0x3f8, 1), 0x3f9, 0), 0x3fb, 0x03), 0x3fa, 0xc7), 0x3fc, 0x03); */
void serial_init(void);
/*@ logic integer waited(integer devices, integer polls) =
      polls <= 0 ? devices
      : heard(devices, 0x3fd) / 32 % 2 == 1 ? in8(devices, 0x3fd)
      : waited(in8(devices, 0x3fd), polls - 1); */
/* Asks for room for one more until there is, 100,000 times at most, and then sends it. */
/*@ terminates \true; assigns ports;
    ensures told: ports == out8(waited(\old(ports), 100000), 0x3f8, c); */
void serial_put(uint8_t c);
#endif
