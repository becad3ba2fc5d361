/* The table of exceptions and interrupts. */
#ifndef POSTERN_IDT_H
#define POSTERN_IDT_H
void idt_init(void);
#endif
