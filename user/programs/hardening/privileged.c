/* Privileged instructions: general protection, at the instruction. */
#include "scenes.h"

/* name, label, instruction */
#define PRIVILEGED(try) \
	try(hlt, "hlt") \
	try(cli, "cli") \
	try(sti, "sti") \
	try(clts, "clts") \
	try(invd, "invd") \
	try(wbinvd, "wbinvd") \
	try(swapgs, "swapgs") \
	try(sysret, "sysretq") \
	try(rdmsr, "rdmsr") \
	try(wrmsr, "wrmsr") \
	try(invlpg, "invlpg (%rsp)") \
	try(lgdt, "lgdt (%rsp)") \
	try(lidt, "lidt (%rsp)") \
	try(lldt, "lldt %ax") \
	try(ltr, "ltr %ax") \
	try(lmsw, "lmsw %ax") \
	try(read_cr0, "mov %cr0, %rax") \
	try(write_cr0, "mov %rax, %cr0") \
	try(read_cr3, "mov %cr3, %rax") \
	try(write_cr3, "mov %rax, %cr3") \
	try(write_cr4, "mov %rax, %cr4") \
	try(write_cr8, "mov %rax, %cr8") \
	try(read_dr7, "mov %dr7, %rax") \
	try(write_dr0, "mov %rax, %dr0") \
	try(write_dr7, "mov %rax, %dr7")

#define CODE(name, instruction) ".globl try_" #name "\ntry_" #name ": " instruction "\n\tud2\n"
__asm__(".text\n" PRIVILEGED(CODE));

#define LABEL(name, instruction) extern char try_##name[];
PRIVILEGED(LABEL)

#define ATTEMPT(name, instruction) { "privileged/" #name, try_##name, PN_PROTECTION, 0 },
static const struct attempt attempts[] = { PRIVILEGED(ATTEMPT) };

/* Return to ring 0: the kernel's code selector is refused, whatever the address. */
__asm__(".text\n"
	"try_ring_0: iretq\n"
	"ring_0_frame_end:");
extern char try_ring_0[];

#define KERNEL_CODE 0x08

static void ring_0(void)
{
	static uint64_t frame[5];

	clear_stage();
	frame[0] = ADDRESS(undefined_here);
	frame[1] = KERNEL_CODE;
	frame[2] = 0x2;
	frame[3] = ADDRESS(frame);
	rehearse(A, divide, 0);
	set_register(A, PN_RIP, ADDRESS(try_ring_0));
	set_register(A, PN_RSP, ADDRESS(frame));
	pn_start(PROCESS(A));
	reaches(A, PN_FAULTED);
	/* the selector, or for emulators that read the frame with other rights, the frame */
	uint64_t code = PN_FAULT_CODE(look(A).code);
	check("privileged/iret-to-ring-0", state_of(A) == PN_FAULTED
	      && (code == PN_VECTOR(PN_PROTECTION) || code == PN_VECTOR(PN_PAGE_FAULT)));
}

void privileged(void)
{
	for (unsigned i = 0; i < sizeof attempts / sizeof *attempts; i++)
		attempt(A, &attempts[i], 0);
	ring_0();
}
