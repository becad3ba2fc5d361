/* The message that a handler gets: code, info and every register, by the badge and
   endpoint of the handler capability, with one Resume. */
#include "scenes.h"

#define MARK(r) (0x5100000000000000u + (r) * 0x0101010101u)

static void set_all(enum actor a)
{
	for (unsigned r = PN_RAX; r < PN_RIP; r++)
		if (r != PN_RSP)
			set_register(a, (enum pn_register)r, MARK(r));
	set_register(a, PN_RIP, ADDRESS(undefined_here));
	set_register(a, PN_RFLAGS, 0x202 | 0x8d5); /* OF SF ZF AF PF CF */
}

static unsigned wrong_registers(const uint64_t *r)
{
	unsigned bad = 0;

	for (unsigned i = PN_RAX; i < PN_RIP; i++)
		bad += i != PN_RSP && r[i] != MARK(i);
	return bad;
}

void told_what(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0xbad6e);
	play(B, note_faults, B);
	reaches(B, PN_OPEN);
	rehearse(A, undefined, A);
	uint64_t rsp = register_of(A, PN_RSP);
	set_all(A);
	pn_start(PROCESS(A));
	check("told/delivered", reaches(A, PN_DELIVERED) && reaches(B, PN_OPEN));

	const struct message *m = &told[B].m;
	check_is("told/kind", PN_KIND(m->tag), PN_FAULT);
	check_is("told/status", PN_STATUS(m->tag), PN_OK);
	check_is("told/words", PN_COUNT(m->tag), PN_FAULT_WORDS);
	check_is("told/no-capabilities", PN_TAKEN(m->tag), 0);
	check_is("told/a-resume", PN_HAS_REPLY(m->tag), 1);
	check_is("told/endpoint", PN_FROM(m->tag), NUMBER(B));
	check_is("told/badge", m->badge, 0xbad6e);
	check_is("told/code", m->w[0], PN_VECTOR(PN_OPCODE));
	check_is("told/info", m->w[1], ADDRESS(undefined_here));
	check_is("told/rip", m->w[2], ADDRESS(undefined_here));
	check_is("told/rsp", m->w[3], rsp);
	check_is("told/rflags", m->w[4] & 0x8d5, 0x8d5);
	check_is("told/rax", m->w[5], MARK(PN_RAX));
	check_is("told/all-registers", wrong_registers(told[B].registers), 0);
	check_is("told/all-registers/rip", told[B].registers[PN_RIP], ADDRESS(undefined_here));
	check_is("told/all-registers/rsp", told[B].registers[PN_RSP], rsp);
	check_is("told/all-registers/rflags", told[B].registers[PN_RFLAGS], m->w[4]);
}
