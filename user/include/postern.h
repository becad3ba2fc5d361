/* The system-call ABI, word by word. docs/abi.md says what each operation does;
   this header says how it is asked for. Nothing here depends on libpostern.

   A system call is the instruction `syscall`. In and out:

     rax                control word     tag
     rdi                descriptor       badge
     rsi rdx r8 r9 r10 rbx   words 0 to 5 of the message, both ways
     rcx r11            lost (the processor puts rip and rflags there)
     all other registers     kept

   Words 6 to 63 of a message lie in the process's message page, at the index of
   their number. A word that was not sent leaves what the receiver had there. */
#ifndef POSTERN_H
#define POSTERN_H
#include <stdint.h>

/* --- Control word (rax on entry). A bit that is not named must be 0. --- */

#define PN_INVOKE   0u         /* bits 0-3: the operation: invoke a capability, */
#define PN_YIELD    1u         /*   or let the next ready process run */
#define PN_SEND     (1u << 4)  /* bits 4-5, send phase: send, and go on; */
#define PN_CALL     (2u << 4)  /*   or call: send and wait for the one answer */
#define PN_NB       (1u << 6)  /* with PN_SEND: drop the message if the receiver is not ready */
#define PN_RECV     (1u << 7)  /* not with PN_CALL: then receive from any of one's endpoints */
#define PN_WORDS(n) ((uint64_t)(n) << 8)  /* bits 8-14: words sent, 0 to PN_MAX_WORDS */
#define PN_CAPS(n)  ((uint64_t)(n) << 16) /* bits 16-18: capabilities sent, 0 to PN_MAX_CAPS */
#define PN_REGS     (1u << 20) /* answering a fault: words 6-23 replace the integer registers */

#define PN_MAX_WORDS 64
#define PN_REG_WORDS 6         /* of these, so many travel in registers */
#define PN_MAX_CAPS  4

/* --- Descriptor (rdi on entry): numbers of capability registers, 5 bits each.
       Register 0 is always Null: as a destination it discards. --- */

#define PN_INVOKED(c) ((uint64_t)(c))                  /* bits 0-4: the capability invoked */
#define PN_GIVE(i, c) ((uint64_t)(c) << (5 + 5 * (i))) /* bits 5-24: capability i = 0..3 sent */
#define PN_REPLY(c)   ((uint64_t)(c) << 25)            /* where the Resume (or Process) goes */
#define PN_TAKE(i, c) ((uint64_t)(c) << (30 + 5 * (i)))/* bits 30-49: where capability i goes */

/* --- Tag (rax on return). --- */

#define PN_STATUS(tag)   ((tag) & 0xff)        /* bits 0-7: one of enum pn_status */
#define PN_COUNT(tag)    ((tag) >> 8 & 0x7f)   /* bits 8-14: words received */
#define PN_TAKEN(tag)    ((tag) >> 16 & 7)     /* bits 16-18: capabilities received */
#define PN_KIND(tag)     ((tag) >> 20 & 7)     /* bits 20-22: one of enum pn_kind */
#define PN_HAS_REPLY(tag) ((tag) >> 23 & 1)    /* bit 23: a Resume, or for PN_PROXIED a Process,
                                                  was put where PN_REPLY said */
#define PN_FROM(tag)     ((tag) >> 32)         /* bits 32-63: number of the endpoint; 0 in answers */

enum pn_status {
	PN_OK           = 0,
	PN_INVALID_CAP  = 1, /* Null, or the object is destroyed, or the Resume is used up */
	PN_MALFORMED    = 2, /* a control word or descriptor that means nothing */
	PN_UNKNOWN      = 3, /* the object has no such method */
	PN_BAD_ARGUMENT = 4, /* the method does not take this argument */
	PN_BUSY         = 5, /* not in the run state that the target is in */
	PN_RETIRED      = 6, /* a version or epoch has reached its end */
};

enum pn_kind {
	PN_NOTHING = 0, /* a plain status, or the answer of a kernel object */
	PN_MESSAGE = 1, /* somebody invoked an Entry */
	PN_FAULT   = 2, /* a process faulted; see PN_FAULT_WORDS */
	PN_PROXIED = 3, /* somebody invoked an Entry with the proxy flag; its target is now held */
	PN_ANSWER  = 4, /* the answer to one's call */
};

/* --- Capabilities and slots. --- */

enum pn_slot { /* argument of PN_GET_SLOT and PN_SET_SLOT; 0 to 31 are the capability registers */
	PN_HANDLER        = 32, /* Null or Entry: who is told of this process's faults */
	PN_PROXY_RECEIVER = 33, /* Null or Entry: who gets messages sent by proxy entry */
};

/* --- Methods of kernel objects. Word 0 is the method, word 1 and on the arguments.
       An answer comes at once; its results are word 1 and on. --- */

enum pn_process_method {
	PN_START           = 1,  /* Inactive or Faulted becomes Ready; a fault is dropped */
	PN_STOP            = 2,  /* becomes Inactive, wherever it waits; a fault is dropped */
	PN_HOLD            = 3,  /* executes nothing until released; changes nothing else */
	PN_RELEASE         = 4,  /* word 1: 1 drops a stored reply; 0 with one stored: PN_BUSY */
	PN_READ_FAULT      = 5,  /* out: word 1 code (0: none), 2 info, 3 run state, 4 held */
	PN_READ_REGISTERS  = 6,  /* out: words 6-23, see enum pn_register */
	PN_WRITE_REGISTERS = 7,  /* in: words 6-23; PN_BUSY while Sending */
	PN_GET_SLOT        = 8,  /* word 1: slot; out: capability 0, a copy */
	PN_SET_SLOT        = 9,  /* word 1: slot; in: capability 0; PN_BUSY: a register while Sending */
	PN_TAKE_REPLY      = 10, /* out: capability 0, the reply stored by a proxied call; clears it */
	PN_DESTROY         = 11, /* every capability to it is void from now on */
};

enum pn_endpoint_method {
	PN_MAKE_ENTRY       = 1, /* word 1: badge, word 2: 0 plain, 1 proxy; out: capability 0 */
	PN_DESTROY_ENDPOINT = 2,
};

enum pn_state { /* word 3 of PN_READ_FAULT */
	PN_UNUSED    = 0,
	PN_INACTIVE  = 1,
	PN_READY     = 2,
	PN_SENDING   = 3,
	PN_OPEN      = 4, /* receives from any of its endpoints */
	PN_CLOSED    = 5, /* waits for the one answer to its call */
	PN_FAULTED   = 6, /* has a fault that nobody was told of */
	PN_DELIVERED = 7, /* has a fault, and its handler was told */
};

/* --- Faults: a message of 24 words, with a Resume capability. --- */

#define PN_FAULT_WORDS 24 /* 0 code, 1 info, 2 rip, 3 rsp, 4 rflags, 5 rax, 6-23 all registers */

/* The code: 0x100 and the processor's vector, and its error code in the upper half.
   The info: the address for a page fault, rip for the others. */
#define PN_VECTOR(v)      (0x100u | (v))
#define PN_FAULT_CODE(c)  ((c) & 0x1ff)
#define PN_FAULT_ERROR(c) ((c) >> 32)

enum pn_vector {
	PN_DIVIDE = 0, PN_DEBUG = 1, PN_BREAKPOINT = 3, PN_OPCODE = 6,
	PN_FLOATING = 7, /* any use of floating point or vectors: that state is not kept yet */
	PN_STACK = 12, PN_PROTECTION = 13, PN_PAGE_FAULT = 14,
};

/* Word 6 + n of a fault message, and of PN_READ_REGISTERS and PN_WRITE_REGISTERS. */
enum pn_register {
	PN_RAX, PN_RDI, PN_RSI, PN_RDX, PN_R8, PN_R9, PN_R10, PN_RBX, PN_RBP,
	PN_RSP, PN_RCX, PN_R11, PN_R12, PN_R13, PN_R14, PN_R15, PN_RIP, PN_RFLAGS,
	PN_REGISTERS
};
#define PN_REGISTER_WORD 6 /* the word of register 0 */

/* --- Memory. The rest is what the system file says. --- */

#define PN_PAGE         4096u
#define PN_MESSAGE_BASE 0x7f0000000000u /* the message page of process p is here + PN_PAGE * p */

/* At start rdi holds the address of the process's message page, and rsp points to its
   argument (one word), with 16 bytes of stack from there to the top. All else is 0. */

#endif
