/* The edges of what a process may do: the ports right beside those of COM1 and of
   isa-debug-exit, which E has, and accesses that reach over; the last and the first
   addresses that code can stand at. */
#include "incidents.h"

__asm__(".text\n"
	"read_byte: inb %dx, %al\n\tud2\n"
	"read_half: inw %dx, %ax\n\tud2\n"
	"read_word: inl %dx, %eax\n\tud2\n"
	"jump_to: jmp *%rdx\n\tud2\n");
extern char read_byte[], read_half[], read_word[], jump_to[];

struct edge {
	const char *name, *how;
	uint64_t at;
	int allowed;
};
static const struct edge ports[] = {
	{ "ports/com1-first", read_byte, 0x3f8, 1 },
	{ "ports/com1-last", read_byte, 0x3ff, 1 },
	{ "ports/com1-last-four", read_word, 0x3fc, 1 },
	{ "ports/before-com1", read_byte, 0x3f7, 0 },
	{ "ports/after-com1", read_byte, 0x400, 0 },
	{ "ports/after-com1-last-of-byte", read_byte, 0x407, 0 },
	{ "ports/behind-the-bitmap", read_byte, 0x408, 0 },
	{ "ports/into-com1", read_half, 0x3f7, 0 },
	{ "ports/out-of-com1", read_half, 0x3ff, 0 },
	{ "ports/out-of-com1-by-one", read_word, 0x3fd, 0 },
	{ "ports/exit-first", read_byte, 0xf4, 1 },
	{ "ports/exit-last", read_byte, 0xf7, 1 },
	{ "ports/before-exit", read_byte, 0xf3, 0 },
	{ "ports/after-exit", read_byte, 0xf8, 0 },
	{ "ports/out-of-exit", read_word, 0xf5, 0 },
	{ "ports/first", read_byte, 0, 0 },
	{ "ports/last", read_byte, 0xffff, 0 },
};

static struct fault tried(enum actor a, const char *how, uint64_t rdx)
{
	clear_stage();
	rehearse(a, divide, 0);
	set_register(a, PN_RIP, ADDRESS(how));
	set_register(a, PN_RDX, rdx);
	pn_start(PROCESS(a));
	reaches(a, PN_FAULTED);
	return look(a);
}

/* Where it is allowed, the process gets as far as its `ud2`. */
static void port(const struct edge *e)
{
	struct fault f = tried(E, e->how, e->at);
	unsigned vector = e->allowed ? PN_OPCODE : PN_PROTECTION;
	int there = (f.info == ADDRESS(e->how)) != e->allowed;

	if (f.code == PN_VECTOR(vector) && there)
		say("ok %s", e->name);
	else
		say("FAIL %s: code 0x%x, info 0x%x", e->name, f.code, f.info);
}

/* The last page of the lower half: nothing is there, but an address can be. */
static void last_address(void)
{
	struct fault f = tried(A, jump_to, 0x7ffffffffffe);

	check("addresses/last-is-a-page-fault", PN_FAULT_CODE(f.code) == PN_VECTOR(PN_PAGE_FAULT)
	      && f.info == 0x7ffffffffffe && register_of(A, PN_RIP) == f.info);
}

int main(void)
{
	curtain("edges");
	for (unsigned i = 0; i < sizeof ports / sizeof *ports; i++)
		port(&ports[i]);
	last_address();
	end(0);
	return 0;
}
