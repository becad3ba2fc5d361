/* The control word w and the capability descriptor d of a system call, field by
   field (docs/abi.md; spec/control.mlw). */
#ifndef POSTERN_CONTROL_H
#define POSTERN_CONTROL_H
#include "abs.h"

#define ONLY_RECEIVE 128u /* the control word that just receives */

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_send_of(w); ensures range: \result < 4; */
uint32_t send_of(uint64_t w);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_nonblocking_of(w); ensures range: \result < 2; */
uint32_t nonblocking_of(uint64_t w);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_receive_of(w); ensures range: \result < 2; */
uint32_t receive_of(uint64_t w);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_words_of(w); ensures range: \result < 256; */
uint32_t words_of(uint64_t w);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_caps_of(w); ensures range: \result < 16; */
uint32_t caps_of(uint64_t w);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_regs_of(w); ensures range: \result < 2; */
uint32_t regs_of(uint64_t w);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_invoked_of(d); ensures range: \result < 32; */
uint32_t invoked_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_sent0_of(d); ensures range: \result < 32; */
uint32_t sent0_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_sent1_of(d); ensures range: \result < 32; */
uint32_t sent1_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_sent2_of(d); ensures range: \result < 32; */
uint32_t sent2_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_sent3_of(d); ensures range: \result < 32; */
uint32_t sent3_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_reply_of(d); ensures range: \result < 32; */
uint32_t reply_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_take0_of(d); ensures range: \result < 32; */
uint32_t take0_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_take1_of(d); ensures range: \result < 32; */
uint32_t take1_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_take2_of(d); ensures range: \result < 32; */
uint32_t take2_of(uint64_t d);

/*@ terminates \true;
    assigns \nothing; ensures is: \result == spec_take3_of(d); ensures range: \result < 32; */
uint32_t take3_of(uint64_t d);

/* Phases that go together, counts in range, no unknown bit. */
/*@ terminates \true; assigns \nothing; ensures is: \result != 0 <==> spec_invoke_form(w); */
int invoke_form(uint64_t w);

/*@ terminates \true; assigns \nothing; ensures is: \result != 0 <==> spec_desc_form(d); */
int desc_form(uint64_t d);

/* What came with a message. */
enum kind {
	KIND_MESSAGE = 1,
	KIND_FAULT   = 2,
	KIND_PROXIED = 3,
	KIND_ANSWER  = 4,
	WITH_REPLY   = 8, /* added when a reply capability came too */
};
#define FAULT_TAG (24u * 256u) /* the words of a fault message */

/* The tag that a receiver finds. */
/*@ requires range: kind < 16; terminates \true;
    assigns \nothing; ensures is: \result == spec_tag(w, kind, endpoint); */
uint64_t tag(uint64_t w, uint32_t kind, uint32_t endpoint);

/*@ terminates \true; assigns \nothing; ensures is: \result == spec_rewind(pc); */
uint64_t rewind_pc(uint64_t pc);

#endif
