#include "cpu.h"
#include "timer.h"

#define CHANNEL0 0x40
#define CONTROL  0x43
#define DIVISOR  11932 /* of 1193182 Hz: 10 ms */

void timer_init(void)
{
	cpu_out8(CONTROL, 0x34); /* channel 0, both bytes, rate generator */
	cpu_out8(CHANNEL0, DIVISOR % 256);
	cpu_out8(CHANNEL0, DIVISOR / 256);
}
