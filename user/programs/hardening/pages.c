/* Pages that a process has no right to: the kernel's, the null page, other processes'
   message pages; its own text for writing, its own data and stack for executing. */
#include "scenes.h"

#define KERNEL_BASE 0xffffffff80200000u /* it is linked from here on, as everybody knows */
#define ONE_ABOVE   0x800000000000u     /* the first address that no pointer may have */

/* Bits of a page fault's error code. */
#define PRESENT 1u
#define WRITE   2u
#define USER    4u
#define FETCH   16u

__asm__(".text\n"
	"read_at: mov (%rdi), %rax\n\tud2\n"
	"write_at: movb $0x90, (%rdi)\n\tud2\n"
	"jump_to: jmp *%rdi\n\tud2\n");
extern char read_at[], write_at[], jump_to[];

static const uint64_t constant = 1;
static uint64_t variable = 1;

/* The instruction at `how`, with the address in rdi. A jump faults where it arrives. */
static struct fault touched(const char *how, uint64_t address)
{
	clear_stage();
	rehearse(E, divide, 0);
	set_register(E, PN_RIP, ADDRESS(how));
	set_register(E, PN_RDI, address);
	pn_start(PROCESS(E));
	reaches(E, PN_FAULTED);
	return look(E);
}

static void touch(const char *name, const char *how, uint64_t address, unsigned vector, uint64_t error)
{
	struct fault f = touched(how, address);
	uint64_t info = vector == PN_PAGE_FAULT ? address : ADDRESS(how);
	if (f.code == (PN_VECTOR(vector) | error << 32) && f.info == info)
		say("ok %s", name);
	else
		say("FAIL %s: code 0x%x, info 0x%x", name, f.code, f.info);
}

/* The kernel's first mapped page: only its owner's bit keeps a process out of it. */
static uint64_t kernel_page(void)
{
	for (uint64_t page = KERNEL_BASE; page < KERNEL_BASE + 64 * PN_PAGE; page += PN_PAGE)
		if (PN_FAULT_ERROR(touched(read_at, page).code) == (USER | PRESENT))
			return page;
	return 0;
}

static void kernels(void)
{
	uint64_t page = kernel_page();

	check("pages/kernel-is-there", page != 0);
	touch("pages/read-kernel", read_at, page, PN_PAGE_FAULT, USER | PRESENT);
	touch("pages/write-kernel", write_at, page, PN_PAGE_FAULT, USER | PRESENT | WRITE);
	touch("pages/jump-into-kernel", jump_to, page, PN_PAGE_FAULT, USER | PRESENT | FETCH);
	touch("pages/kernel-half-is-empty-elsewhere", read_at, 0xffff800000000000, PN_PAGE_FAULT, USER);
	touch("pages/non-canonical", read_at, ONE_ABOVE, PN_PROTECTION, 0);
}

static void nobodys(void)
{
	touch("pages/read-null", read_at, 8, PN_PAGE_FAULT, USER);
	touch("pages/write-null", write_at, 0, PN_PAGE_FAULT, USER | WRITE);
	touch("pages/jump-to-null", jump_to, 0, PN_PAGE_FAULT, USER | FETCH);
	touch("pages/others-message-page", read_at, ADDRESS(pn_page(2)), PN_PAGE_FAULT, USER);
	touch("pages/message-page-of-nobody", write_at, ADDRESS(pn_page(9)), PN_PAGE_FAULT, USER | WRITE);
}

static void its_own(void)
{
	uint64_t stack = register_of(E, PN_RSP);

	touch("pages/write-text", write_at, ADDRESS(read_at), PN_PAGE_FAULT, USER | PRESENT | WRITE);
	touch("pages/write-constant", write_at, ADDRESS(&constant), PN_PAGE_FAULT, USER | PRESENT | WRITE);
	touch("pages/execute-constant", jump_to, ADDRESS(&constant), PN_PAGE_FAULT, USER | PRESENT | FETCH);
	touch("pages/execute-data", jump_to, ADDRESS(&variable), PN_PAGE_FAULT, USER | PRESENT | FETCH);
	touch("pages/execute-message-page", jump_to, ADDRESS(pn_page(6)), PN_PAGE_FAULT, USER | PRESENT | FETCH);
	touch("pages/execute-stack", jump_to, stack, PN_PAGE_FAULT, USER | PRESENT | FETCH);
	touch("pages/below-the-stack", write_at, stack - 0x3000, PN_PAGE_FAULT, USER | WRITE);
}

void pages(void)
{
	variable++;
	kernels();
	nobodys();
	its_own();
}
