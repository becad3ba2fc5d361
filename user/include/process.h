/* libpostern: the methods of Process and Endpoint capabilities, one function each.
   `process` and `endpoint` are numbers of the caller's capability registers. */
#ifndef PROCESS_H
#define PROCESS_H
#include "ipc.h"

/* A method with up to two arguments and no capabilities; results in *m from word 1. */
static inline uint64_t pn_ask(unsigned cap, uint64_t method, uint64_t a, uint64_t b,
                              struct message *m)
{
	m->w[0] = method;
	m->w[1] = a;
	m->w[2] = b;
	return pn_call(cap, 3, m);
}

static inline uint64_t pn_plain(unsigned cap, uint64_t method, uint64_t a)
{
	struct message m = { 0 };

	return pn_ask(cap, method, a, 0, &m);
}

static inline uint64_t pn_start(unsigned process) { return pn_plain(process, PN_START, 0); }
static inline uint64_t pn_stop(unsigned process) { return pn_plain(process, PN_STOP, 0); }
static inline uint64_t pn_hold(unsigned process) { return pn_plain(process, PN_HOLD, 0); }
static inline uint64_t pn_destroy(unsigned process) { return pn_plain(process, PN_DESTROY, 0); }

static inline uint64_t pn_release(unsigned process, int drop_reply)
{
	return pn_plain(process, PN_RELEASE, (uint64_t)drop_reply);
}

/* What a process is at: its fault, if any, and its run state. */
struct fault { uint64_t code, info, state, held; };

static inline uint64_t pn_read_fault(unsigned process, struct fault *f)
{
	struct message m = { 0 };
	uint64_t status = pn_ask(process, PN_READ_FAULT, 0, 0, &m);

	*f = (struct fault){ m.w[1], m.w[2], m.w[3], m.w[4] };
	return status;
}

/* The registers appear in the caller's own message page. */
static inline uint64_t pn_read_registers(unsigned process)
{
	return pn_plain(process, PN_READ_REGISTERS, 0);
}

/* Takes the registers from the caller's own message page. */
static inline uint64_t pn_write_registers(unsigned process)
{
	struct message m = { .w = { PN_WRITE_REGISTERS } };

	return pn_call(process, PN_FAULT_WORDS, &m);
}

/* Puts a copy of the process's slot into the caller's capability register `into`. */
static inline uint64_t pn_get_slot(unsigned process, unsigned slot, unsigned into)
{
	struct message m = { .w = { PN_GET_SLOT, slot } };

	return pn_do(PN_CALL | PN_WORDS(2), PN_INVOKED(process) | PN_TAKE(0, into), &m);
}

/* Puts a copy of the caller's capability register `cap` into the process's slot. */
static inline uint64_t pn_set_slot(unsigned process, unsigned slot, unsigned cap)
{
	struct message m = { .w = { PN_SET_SLOT, slot } };

	return pn_do(PN_CALL | PN_WORDS(2) | PN_CAPS(1), PN_INVOKED(process) | PN_GIVE(0, cap), &m);
}

/* Moves the reply that a proxied call left with the process to register `into`. */
static inline uint64_t pn_take_reply(unsigned process, unsigned into)
{
	struct message m = { .w = { PN_TAKE_REPLY } };

	return pn_do(PN_CALL | PN_WORDS(1), PN_INVOKED(process) | PN_TAKE(0, into), &m);
}

/* Makes an Entry to the endpoint in register `into`. */
static inline uint64_t pn_make_entry(unsigned endpoint, uint64_t badge, int proxy, unsigned into)
{
	struct message m = { .w = { PN_MAKE_ENTRY, badge, (uint64_t)proxy } };

	return pn_do(PN_CALL | PN_WORDS(3), PN_INVOKED(endpoint) | PN_TAKE(0, into), &m);
}

#endif
