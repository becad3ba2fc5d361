/* Measures each operation so many times (its argument), from before the system call
   until after it. The words are whatever the registers and the page hold. */
#include "bench.h"

#define CLIENT_NUMBER 1 /* of processes, in systems/bench.toml */
#define NEAR_NUMBER   2
#define FAR_NUMBER    3

static uint64_t rounds, tag;

#define SYSTEM_CALL(control, descriptor) do { \
	uint64_t rax_ = (control), rdi_ = (descriptor); \
	__asm__ volatile("syscall" : "+a"(rax_), "+D"(rdi_) : \
		: "rsi", "rdx", "r8", "r9", "r10", "rbx", "rcx", "r11", "memory"); \
	tag = rax_; \
} while (0)

#define FAULT() __asm__ volatile("ud2" : : : "memory")

#define MEASURE(operation, what) do { \
	begin(); \
	mark(); \
	for (uint64_t i = 0; i < rounds; i++) { \
		uint64_t start = now(); \
		what; \
		record(now() - start); \
	} \
	mark(); \
	show(operation); \
} while (0)

/* NEAR or FAR begins its part. */
static void cast(unsigned process, void (*part)(void), uint64_t control, uint64_t descriptor)
{
	uint64_t *r = pn_page(CLIENT_NUMBER)->w + PN_REGISTER_WORD;

	pn_stop(process);
	pn_read_registers(process);
	r[PN_RIP] = (uint64_t)(uintptr_t)part;
	r[PN_R12] = control;
	r[PN_R13] = descriptor;
	r[PN_R14] = (uint64_t)(uintptr_t)pn_page(process == NEAR ? NEAR_NUMBER : FAR_NUMBER);
	pn_write_registers(process);
	pn_start(process);
	for (unsigned i = 0; i < 10; i++)
		pn_yield();
}

static void expect(const char *operation, int holds)
{
	if (!holds)
		say("FAIL %s: it did something else", operation);
}

static void calls(const char *operation, unsigned process, unsigned door, unsigned n)
{
	cast(process, serve, PN_SEND | PN_RECV | PN_WORDS(n), PN_INVOKED(CALLER) | PN_REPLY(CALLER));
	MEASURE(operation, SYSTEM_CALL(PN_CALL | PN_WORDS(n), PN_INVOKED(door)));
	expect(operation, PN_KIND(tag) == PN_ANSWER && PN_COUNT(tag) == n);
	pn_stop(process);
}

static void faults(const char *operation, unsigned process, unsigned door)
{
	struct fault f;

	cast(process, mend, PN_SEND | PN_RECV | PN_REGS, PN_INVOKED(CALLER) | PN_REPLY(CALLER));
	pn_set_slot(SELF, PN_HANDLER, door);
	MEASURE(operation, FAULT());
	pn_read_fault(process, &f);
	expect(operation, f.state == PN_OPEN);
	pn_set_slot(SELF, PN_HANDLER, 0);
	pn_stop(process);
}

static void proxied(const char *operation)
{
	cast(FAR, attend, PN_SEND | PN_RECV, PN_INVOKED(SPARE) | PN_REPLY(CALLER));
	MEASURE(operation, SYSTEM_CALL(PN_CALL, PN_INVOKED(TARGET)));
	expect(operation, PN_KIND(tag) == PN_ANSWER);
	pn_stop(FAR);
}

static void yields(const char *operation)
{
	cast(FAR, alternate, 0, 0);
	MEASURE(operation, SYSTEM_CALL(PN_YIELD, 0));
	expect(operation, tag == PN_OK);
	pn_stop(FAR);
}

/* A control word with no phase at all: in, decoded, and out again. */
static void nothing(const char *operation)
{
	MEASURE(operation, SYSTEM_CALL(PN_INVOKE, 0));
	expect(operation, tag == PN_OK);
}

PROCESS(client)
{
	introduce("bench");
	rounds = argument;
	MEASURE("overhead", (void)0);
	nothing("null");
	yields("yield_two");
	calls("call_0_same", NEAR, NEAR_DOOR, 0);
	calls("call_0_two", FAR, FAR_DOOR, 0);
	calls("call_4_same", NEAR, NEAR_DOOR, 4);
	calls("call_4_two", FAR, FAR_DOOR, 4);
	calls("call_6_same", NEAR, NEAR_DOOR, 6);
	calls("call_6_two", FAR, FAR_DOOR, 6);
	calls("call_10_same", NEAR, NEAR_DOOR, 10);
	calls("call_10_two", FAR, FAR_DOOR, 10);
	faults("fault_same", NEAR, NEAR_DOOR);
	faults("fault_two", FAR, FAR_DOOR);
	proxied("proxy_two");
	end(0);
}
