/* The two interrupt controllers of the PC, on vectors 32 to 47. */
#ifndef POSTERN_PIC_H
#define POSTERN_PIC_H
#include <stdint.h>

/*@ terminates \true; assigns \nothing; */
void pic_init(void);
/* Answer the controllers for an interrupt on a line; 0: there was none. */
/*@ terminates \true; assigns \nothing; */
uint32_t pic_accept(uint32_t line);
#endif
