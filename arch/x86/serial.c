#include "cpu.h"
#include "serial.h"

#define COM1 0x3f8
#define PATIENCE 100000 /* polls, so that a missing port cannot hang the kernel */

void serial_init(void)
{
	cpu_out8(COM1 + 1, 0);    /* no interrupts */
	cpu_out8(COM1 + 3, 0x80); /* the divisor: 115200 */
	cpu_out8(COM1 + 0, 1);
	cpu_out8(COM1 + 1, 0);
	cpu_out8(COM1 + 3, 0x03); /* 8 bits, no parity, 1 stop bit */
	cpu_out8(COM1 + 2, 0xc7); /* FIFOs on and empty */
	cpu_out8(COM1 + 4, 0x03); /* DTR, RTS */
}

void serial_put(uint8_t c)
{
	/*@ loop invariant range: 0 <= i <= PATIENCE;
	    loop invariant asked: waited(ports, PATIENCE - i) == waited(\at(ports,Pre), PATIENCE);
	    loop assigns   i, ports;
	    loop variant   PATIENCE - i; */
	for (uint32_t i = 0; i < PATIENCE; i++)
		if (cpu_in8(COM1 + 5) / 32 % 2 == 1) /* room for one more */
			break;
	cpu_out8(COM1, c);
}
