/* Where a process goes on is up to its controller, so it may be anything: an address
   that `sysret` would fault on in the kernel, or one in the kernel's half. */
#include "scenes.h"

static const uint64_t bad[] = {
	0x800000000000,     /* the first that is not canonical: what rip is after a `syscall` */
	0xffff7fffffffffff, /*   in the last bytes below, and the last that is not */
	0x8000000000000000, 0xdeadbeefdeadbeef,
	0xffff800000000000, 0xffffffff80200000, /* the kernel's half */
	0xffffffffffffffff,
};
#define BAD (sizeof bad / sizeof *bad)

/* Whether A stopped with the fault that stands for it, and the rest of us go on. */
static int stopped_at(uint64_t rip)
{
	int faulted = reaches(A, PN_FAULTED);
	struct fault f = look(A);

	return faulted && f.code == PN_VECTOR(PN_PROTECTION) && f.info == rip && others_go_on();
}

static void waiter(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_call(DOOR, 0, &m);
}

static void server(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_receive(CALLER, &m);
	pn_receive(0, &m);
	pn_send(CALLER, 0, &m);
}

/* A returns from a system call, by `sysret`: rcx and r11 are what that wants. */
static unsigned from_system_call(uint64_t rip)
{
	struct message m = { 0 };

	clear_stage();
	play(D, bystander, 0);
	give_entry(A, DOOR, B, 0);
	pn_make_entry(ENDPOINT(B), 0, 0, KEPT);
	play(B, server, 0);
	play(A, waiter, 0);
	reaches(A, PN_CLOSED);
	set_register(A, PN_RIP, rip);
	set_register(A, PN_RCX, rip);
	set_register(A, PN_R11, register_of(A, PN_RFLAGS));
	pn_send(KEPT, 0, &m);
	return !stopped_at(rip);
}

static unsigned from_start(uint64_t rip)
{
	clear_stage();
	play(D, bystander, 0);
	rehearse(A, waiter, 0);
	set_register(A, PN_RIP, rip);
	pn_start(PROCESS(A));
	return !stopped_at(rip);
}

static void misleading(struct page *page, uint64_t rip)
{
	struct message m = { 0 };

	pn_receive(CALLER, &m);
	page->w[PN_REGISTER_WORD + PN_RIP] = rip;
	page->w[PN_REGISTER_WORD + PN_RCX] = rip;
	page->w[PN_REGISTER_WORD + PN_R11] = page->w[PN_REGISTER_WORD + PN_RFLAGS];
	answer_past(page, CALLER, 0);
}

static unsigned from_answer(uint64_t rip)
{
	clear_stage();
	play(D, bystander, 0);
	give_entry(A, PN_HANDLER, B, 0);
	play(B, misleading, rip);
	play(A, undefined, A);
	finishes(B);
	return !stopped_at(rip);
}

/* Its handler is told like of any fault, and can put it right. */
static void putting_right(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)unused;
	pn_receive(CALLER, &m);
	page->w[PN_REGISTER_WORD + PN_RIP] = ADDRESS(bystander); /* needs no stack, never ends */
	answer_past(page, CALLER, 0);
}

static void repaired(void)
{
	clear_stage();
	forget();
	give_entry(A, PN_HANDLER, B, 0);
	play(B, putting_right, 0);
	rehearse(A, undefined, A);
	set_register(A, PN_RIP, bad[0]);
	pn_start(PROCESS(A));
	check("addresses/handler-can-put-it-right", finishes(B) && look(A).code == 0);
}

/* More at once than the kernel deals with in one entry. */
static void many(void)
{
	static const enum actor lost[] = { A, B, C, E };
	const uint64_t rip = 0xffffffff80200000; /* there, ring 3 would get a page fault instead */
	unsigned told = 0, count = sizeof lost / sizeof *lost;

	clear_stage();
	play(D, bystander, 0);
	for (unsigned i = 0; i < count; i++) {
		rehearse(lost[i], waiter, 0);
		set_register(lost[i], PN_RIP, rip);
	}
	for (unsigned i = 0; i < count; i++)
		pn_start(PROCESS(lost[i]));
	for (unsigned i = 0; i < count; i++)
		told += reaches(lost[i], PN_FAULTED) && look(lost[i]).info == rip
			&& look(lost[i]).code == PN_VECTOR(PN_PROTECTION);
	check_is("addresses/many-at-once", told, count);
	check("addresses/the-others-go-on", others_go_on());
}

static void any_of(const char *name, unsigned (*way)(uint64_t))
{
	unsigned wrong = 0;

	for (unsigned i = 0; i < BAD; i++)
		wrong += way(bad[i]);
	check_is(name, wrong, 0);
}

void addresses(void)
{
	any_of("addresses/return-from-a-system-call", from_system_call);
	any_of("addresses/start", from_start);
	any_of("addresses/answer-to-a-fault", from_answer);
	repaired();
	many();
}
