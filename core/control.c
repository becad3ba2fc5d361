#include "control.h"

uint32_t send_of(uint64_t w)
{
	return (uint32_t)(w / 16u % 4u);
}

uint32_t nonblocking_of(uint64_t w)
{
	return (uint32_t)(w / 64u % 2u);
}

uint32_t receive_of(uint64_t w)
{
	return (uint32_t)(w / 128u % 2u);
}

uint32_t words_of(uint64_t w)
{
	return (uint32_t)(w / 256u % 256u);
}

uint32_t caps_of(uint64_t w)
{
	return (uint32_t)(w / 65536u % 16u);
}

uint32_t regs_of(uint64_t w)
{
	return (uint32_t)(w / 1048576u % 2u);
}

uint32_t invoked_of(uint64_t d)
{
	return (uint32_t)(d % 32u);
}

uint32_t sent0_of(uint64_t d)
{
	return (uint32_t)(d / 32u % 32u);
}

uint32_t sent1_of(uint64_t d)
{
	return (uint32_t)(d / 1024u % 32u);
}

uint32_t sent2_of(uint64_t d)
{
	return (uint32_t)(d / 32768u % 32u);
}

uint32_t sent3_of(uint64_t d)
{
	return (uint32_t)(d / 1048576u % 32u);
}

uint32_t reply_of(uint64_t d)
{
	return (uint32_t)(d / 33554432u % 32u);
}

uint32_t take0_of(uint64_t d)
{
	return (uint32_t)(d / 1073741824u % 32u);
}

uint32_t take1_of(uint64_t d)
{
	return (uint32_t)(d / 34359738368u % 32u);
}

uint32_t take2_of(uint64_t d)
{
	return (uint32_t)(d / 1099511627776u % 32u);
}

uint32_t take3_of(uint64_t d)
{
	return (uint32_t)(d / 35184372088832u % 32u);
}

/* The compiler makes one bit test of this. */
/*@ terminates \true; assigns \nothing; ensures is: \result != 0 <==> spec_phase_form(w); */
static int phase_form(uint64_t w)
{
	uint32_t phase = (uint32_t)(w / 16u % 16u);

	return phase == 0 || phase == 1 || phase == 5 || phase == 2
	    || phase == 8 || phase == 9 || phase == 13;
}

/*@ terminates \true; assigns \nothing; ensures is: \result != 0 <==> spec_counts_form(w); */
static int counts_form(uint64_t w)
{
	return words_of(w) <= NWORD && caps_of(w) <= 4 && w < 2097152u;
}

int invoke_form(uint64_t w)
{
	return w % 16u == 0 && phase_form(w) && counts_form(w);
}

int desc_form(uint64_t d)
{
	return d < 1125899906842624u;
}

uint64_t tag(uint64_t w, uint32_t kind, uint32_t endpoint)
{
	return w / 256u % 4096u * 256u + kind * 1048576u + endpoint * (uint64_t)4294967296u;
}

uint64_t rewind_pc(uint64_t pc)
{
	return pc < 2 ? pc : pc - 2;
}
