#include "message.h"

void copy_words(uint32_t dst, uint32_t src, uint32_t n)
{
	if (n <= NMSG) {
		copy_regs(dst, src, n);
	} else {
		copy_regs(dst, src, NMSG);
		copy_page(dst, src, n);
	}
}

/* Capability i goes from the register that the sender names to the one that the
   receiver names. */

/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_pass0(abs{Pre}, dst, src); */
static void pass0(uint32_t dst, uint32_t src)
{
	put_cap(dst, take0_of(desc(dst)), slot(src, sent0_of(desc(src))));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_pass1(abs{Pre}, dst, src); */
static void pass1(uint32_t dst, uint32_t src)
{
	put_cap(dst, take1_of(desc(dst)), slot(src, sent1_of(desc(src))));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_pass2(abs{Pre}, dst, src); */
static void pass2(uint32_t dst, uint32_t src)
{
	put_cap(dst, take2_of(desc(dst)), slot(src, sent2_of(desc(src))));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_pass3(abs{Pre}, dst, src); */
static void pass3(uint32_t dst, uint32_t src)
{
	put_cap(dst, take3_of(desc(dst)), slot(src, sent3_of(desc(src))));
}

/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_pass_two(abs{Pre}, dst, src, n); */
static void pass_two(uint32_t dst, uint32_t src, uint32_t n)
{
	pass0(dst, src);
	if (n >= 2)
		pass1(dst, src);
}

/*@ requires wf: spec_wf(abs{Here}); requires range: dst < NPROC && src < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_pass_four(abs{Pre}, dst, src, n); */
static void pass_four(uint32_t dst, uint32_t src, uint32_t n)
{
	pass_two(dst, src, n);
	pass2(dst, src);
	if (n >= 4)
		pass3(dst, src);
}

void pass_caps(uint32_t dst, uint32_t src, uint32_t n)
{
	if (n == 0)
		return;
	if (n < 3)
		pass_two(dst, src, n);
	else
		pass_four(dst, src, n);
}

void give_reply(uint32_t dst, struct cap c)
{
	put_cap(dst, reply_of(desc(dst)), c);
}

void finish(uint32_t dst, uint64_t t, uint64_t b)
{
	set_reg(dst, R_CTL, t);
	set_reg(dst, R_DESC, b);
	set_state(dst, ST_READY);
}

void deliver_words(uint32_t dst, uint32_t src, uint64_t t, uint64_t b)
{
	copy_words(dst, src, words_of(ctl(src)));
	finish(dst, t, b);
}

void send_message(uint32_t dst, uint32_t src, uint64_t t, uint64_t b)
{
	pass_caps(dst, src, caps_of(ctl(src)));
	deliver_words(dst, src, t, b);
}

void await(uint32_t src, uint32_t v)
{
	raise_epoch(src);
	set_state(src, v);
}

void grant_resume(uint32_t dst, uint32_t src, uint32_t v)
{
	await(src, v);
	give_reply(dst, resume_cap(src));
}

void call_message(uint32_t dst, uint32_t src, uint64_t t, uint64_t b)
{
	pass_caps(dst, src, caps_of(ctl(src)));
	grant_resume(dst, src, ST_CLOSED);
	deliver_words(dst, src, t, b);
}

void set_status(uint32_t p, uint32_t v)
{
	set_reg(p, R_CTL, v);
}

void restart(uint32_t p)
{
	uint64_t pc = procs[p].regs.r[R_PC];
	/*@ assert read: pc == spec_reg(abs{Here}, p, R_PC); */

	set_reg(p, R_CTL, ONLY_RECEIVE);
	set_reg(p, R_PC, rewind_pc(pc));
	set_state(p, ST_READY);
}
