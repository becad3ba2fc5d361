/* libpostern: the system call as C functions. */
#ifndef IPC_H
#define IPC_H
#include "postern.h"

/* What goes in the registers of a message. After the call: tag and badge as received. */
struct message { uint64_t tag, badge, w[PN_REG_WORDS]; };

/* A process's message page: words 6 to 63 of what it sends and receives. */
struct page { uint64_t w[PN_PAGE / 8]; };

/* The page of process number p, when the calling process is p. */
static inline struct page *pn_page(unsigned p)
{
	return (struct page *)(uintptr_t)(PN_MESSAGE_BASE + (uint64_t)PN_PAGE * p);
}

/* Every system call there is. Returns the status. */
static inline uint64_t pn_do(uint64_t control, uint64_t descriptor, struct message *m)
{
	register uint64_t w2 __asm__("r8") = m->w[2];
	register uint64_t w3 __asm__("r9") = m->w[3];
	register uint64_t w4 __asm__("r10") = m->w[4];

	__asm__ volatile("syscall"
		: "+a"(control), "+D"(descriptor), "+S"(m->w[0]), "+d"(m->w[1]),
		  "+r"(w2), "+r"(w3), "+r"(w4), "+b"(m->w[5])
		: : "rcx", "r11", "memory");
	m->w[2] = w2;
	m->w[3] = w3;
	m->w[4] = w4;
	m->tag = control;
	m->badge = descriptor;
	return PN_STATUS(control);
}

static inline void pn_yield(void)
{
	struct message m = { 0 };

	pn_do(PN_YIELD, 0, &m);
}

/* Sends n words and goes on; waits until the receiver has them. */
static inline uint64_t pn_send(unsigned cap, unsigned n, struct message *m)
{
	return pn_do(PN_SEND | PN_WORDS(n), PN_INVOKED(cap), m);
}

/* Sends n words if the receiver is ready, drops them if not: the status is the same. */
static inline uint64_t pn_send_nb(unsigned cap, unsigned n, struct message *m)
{
	return pn_do(PN_SEND | PN_NB | PN_WORDS(n), PN_INVOKED(cap), m);
}

/* Sends n words and waits for the answer. */
static inline uint64_t pn_call(unsigned cap, unsigned n, struct message *m)
{
	return pn_do(PN_CALL | PN_WORDS(n), PN_INVOKED(cap), m);
}

/* Waits for a message on any of the process's endpoints. */
static inline uint64_t pn_receive(unsigned reply, struct message *m)
{
	return pn_do(PN_RECV, PN_REPLY(reply), m);
}

/* Answers the caller whose Resume is in register `reply`, then waits for the next message. */
static inline uint64_t pn_answer_receive(unsigned reply, unsigned n, struct message *m)
{
	return pn_do(PN_SEND | PN_RECV | PN_WORDS(n), PN_INVOKED(reply) | PN_REPLY(reply), m);
}

/* Waits and lets nobody wake it: what a process does that has no more to do. */
_Noreturn void pn_wait_for_ever(void);

#endif
