/* I/O ports: none, but for COM1 and isa-debug-exit in a space with console = true. In
   this system that is E's space as well as the reporter's. */
#include "scenes.h"

#define PORTS(try) \
	try(com1, 0x3f8) \
	try(debug_exit, 0xf4) \
	try(keyboard, 0x64) \
	try(timer, 0x40) \
	try(interrupts, 0x20) \
	try(last_of_bitmap, 0x3ff + 1) \
	try(pci, 0xcf8)

#define CODE(name, port) "out_" #name ": outb %al, %dx\n\tud2\nin_" #name ": inb %dx, %al\n\tud2\n"
__asm__(".text\n" PORTS(CODE));
#define LABEL(name, port) extern char out_##name[], in_##name[];
PORTS(LABEL)

struct door { const char *out_name, *in_name, *out, *in; uint64_t port; };
#define DOORS(name, port) { "/out-" #name, "/in-" #name, out_##name, in_##name, port },
static const struct door doors[] = { PORTS(DOORS) };

static void touch(enum actor a, const char *who, const char *name, const char *at, uint64_t port)
{
	clear_stage();
	rehearse(a, divide, 0);
	set_register(a, PN_RIP, ADDRESS(at));
	set_register(a, PN_RDX, port);
	pn_start(PROCESS(a));
	reaches(a, PN_FAULTED);
	struct fault f = look(a);
	if (f.code == PN_VECTOR(PN_PROTECTION) && f.info == ADDRESS(at))
		say("ok %s%s", who, name);
	else
		say("FAIL %s%s: code 0x%x, info 0x%x", who, name, f.code, f.info);
}

/* Reads COM1's status, which does no harm. */
static void reader(struct page *page, uint64_t unused)
{
	uint8_t value;

	(void)page, (void)unused;
	for (;;) {
		__asm__ volatile("inb %%dx, %0" : "=a"(value) : "d"(0x3fd));
		passed[E]++;
		pn_yield();
	}
}

void ports(void)
{
	const unsigned all = sizeof doors / sizeof *doors;

	for (unsigned i = 0; i < all; i++) {
		touch(A, "ports/none", doors[i].out_name, doors[i].out, doors[i].port);
		touch(A, "ports/none", doors[i].in_name, doors[i].in, doors[i].port);
	}
	for (unsigned i = 2; i < all; i++)
		touch(E, "ports/console", doors[i].out_name, doors[i].out, doors[i].port);

	/* the right stays with the space when processes take turns */
	clear_stage();
	play(E, reader, 0);
	wait_a_while();
	check_is("ports/console/its-own", state_of(E), PN_READY);
	rehearse(F, divide, 0);
	set_register(F, PN_RIP, ADDRESS(in_com1));
	set_register(F, PN_RDX, 0x3fd);
	pn_start(PROCESS(F));
	check("ports/none/after-another-space", reaches(F, PN_FAULTED)
	      && look(F).code == PN_VECTOR(PN_PROTECTION));
}
