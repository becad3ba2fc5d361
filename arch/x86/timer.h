/* The interval timer of the PC: one interrupt on line 0 per time slice. */
#ifndef POSTERN_TIMER_H
#define POSTERN_TIMER_H
#include "machine.h"

#define TIMER_LINE 0
/* Channel 0 is a rate generator that divides 1193182 Hz by 11932 (0x2e9c): 10 ms. */
/*@ logic integer timer_told(integer h) = out8(out8(out8(h, 0x43, 0x34), 0x40, 0x9c), 0x40, 0x2e); */

/*@ terminates \true; assigns ports;
    ensures told: ports == timer_told(\old(ports)); */
void timer_init(void);
#endif
