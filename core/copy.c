/* The bulk copies of micro.h: one word at a time, by set_reg and set_word. */
#include "micro.h"

void copy_regs(uint32_t dst, uint32_t src, uint32_t n)
{
	/*@ loop invariant range: i <= n;
	    loop invariant refines: abs{Here} == spec_copy_regs(abs{Pre}, dst, src, i);
	    loop assigns i, PROCS; loop variant n - i; */
	for (uint32_t i = 0; i < n; i++)
		set_reg(dst, R_WORD0 + i, procs[src].regs.r[R_WORD0 + i]);
}

void copy_page(uint32_t dst, uint32_t src, uint32_t n)
{
	/*@ loop invariant range: NMSG <= i <= n;
	    loop invariant refines: abs{Here} == spec_copy_page(abs{Pre}, dst, src, i);
	    loop assigns i, MESSAGES; loop variant n - i; */
	for (uint32_t i = NMSG; i < n; i++)
		set_word(dst, i, messages[src].w[i]);
}

void store_regs(uint32_t dst, uint32_t src)
{
	/*@ loop invariant range: i <= NREG;
	    loop invariant refines: abs{Here} == spec_store_regs(abs{Pre}, dst, src, i);
	    loop assigns i, MESSAGES; loop variant NREG - i; */
	for (uint32_t i = 0; i < NREG; i++)
		set_word(dst, NMSG + i, procs[src].regs.r[i]);
}

void load_regs(uint32_t dst, uint32_t src)
{
	/*@ loop invariant range: i <= NREG;
	    loop invariant refines: abs{Here} == spec_load_regs(abs{Pre}, dst, src, i);
	    loop assigns i, PROCS; loop variant NREG - i; */
	for (uint32_t i = 0; i < NREG; i++)
		set_reg(dst, i, messages[src].w[NMSG + i]);
}
