/* The interval timer of the PC: one interrupt on line 0 per time slice. */
#ifndef POSTERN_TIMER_H
#define POSTERN_TIMER_H
#define TIMER_LINE 0
/*@ terminates \true; assigns \nothing; */
void timer_init(void);
#endif
