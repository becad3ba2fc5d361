/* The two interrupt controllers of the PC, on vectors 32 to 47. */
#ifndef POSTERN_PIC_H
#define POSTERN_PIC_H
#include <stdint.h>
#include "machine.h"

/* To a controller: initialise; its first vector; which line the other is at; 8086 mode; which
   lines are masked. Not masked are 0 (timer), 2 (the second controller) and 4 (COM1). */
/*@ logic integer controller_told(integer h, integer port, integer vector, integer cascade, integer mask) =
      out8(out8(out8(out8(out8(h, port, 0x11), port + 1, vector), port + 1, cascade), port + 1, 0x01),
           port + 1, mask);
    logic integer pic_told(integer h) =
      controller_told(controller_told(h, 0x20, 32, 4, 0xea), 0xa0, 40, 2, 0xff);
    // Asked for the lines in service; a line went away if the last of them is not.
    logic integer service_asked(integer h, integer port) = in8(out8(h, port, 0x0b), port);
    logic integer service(integer h, integer port) = heard(out8(h, port, 0x0b), port);
    predicate went_away(integer h, integer port) = service(h, port) / 128 == 0; */

/*@ terminates \true; assigns ports;
    ensures told: ports == pic_told(\old(ports)); */
void pic_init(void);
/* Answer the controllers for an interrupt on a line; 0: there was none. The last line of a
   controller may be a request that went away; the first controller is then answered for the
   second, whose own request was real. */
/*@ requires line: line < 16;
    terminates \true; assigns ports;
    ensures first: line < 7 ==> \result != 0 && ports == out8(\old(ports), 0x20, 0x20);
    ensures second: 8 <= line < 15 ==> \result != 0
      && ports == out8(out8(\old(ports), 0xa0, 0x20), 0x20, 0x20);
    ensures seven: line == 7 ==> \let asked = service_asked(\old(ports), 0x20);
      went_away(\old(ports), 0x20) ? \result == 0 && ports == asked
                                   : \result != 0 && ports == out8(asked, 0x20, 0x20);
    ensures fifteen: line == 15 ==> \let asked = service_asked(\old(ports), 0xa0);
      went_away(\old(ports), 0xa0) ? \result == 0 && ports == out8(asked, 0x20, 0x20)
                                   : \result != 0 && ports == out8(out8(asked, 0xa0, 0x20), 0x20, 0x20); */
uint32_t pic_accept(uint32_t line);
#endif
