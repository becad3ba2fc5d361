/* Single steps, and the loads of ss that put them off: a debug trap belongs to the
   process, also when it comes due at a system call. */
#include "scenes.h"

#define TF 0x100u

/* Each sets TF by popf. The trap comes after the instruction behind popf. */
__asm__(".text\n"
	".macro set_tf\n\tpushf\n\torl $0x100, (%rsp)\n\tpopf\n.endm\n"
	"step_nop: set_tf\n\tnop\n"
	"step_nop_past: nop\n\tud2\n"
	"step_syscall: mov $1, %eax\n\tset_tf\n"
	"step_syscall_at: syscall\n"
	"step_syscall_past: nop\n\tnop\n\tud2\n"
	"step_ss: mov %ss, %ecx\n\tmov $1, %eax\n\tset_tf\n"
	"step_ss_at: mov %ecx, %ss\n\tsyscall\n"
	"step_ss_past: nop\n\tnop\n\tud2\n"
	"step_ss_int3: mov %ss, %ecx\n\tset_tf\n\tmov %ecx, %ss\n\tint3\n"
	"step_ss_int3_past: nop\n\tnop\n\tud2\n"
	"ss_syscall: mov %ss, %ecx\n\tmov $1, %eax\n\tmov %ecx, %ss\n\tsyscall\n"
	"ss_syscall_past: ud2\n"
	"ss_fault: mov %ss, %ecx\n\tmov %ecx, %ss\n"
	"ss_fault_at: ud2\n");
extern char step_nop[], step_nop_past[], step_syscall[], step_syscall_at[], step_syscall_past[];
extern char step_ss[], step_ss_at[], step_ss_past[], step_ss_int3[], step_ss_int3_past[];
extern char ss_syscall[], ss_syscall_past[], ss_fault[], ss_fault_at[];

static struct fault run_at(const char *at)
{
	clear_stage();
	play(B, bystander, 0);
	rehearse(A, divide, 0);
	set_register(A, PN_RIP, ADDRESS(at));
	pn_start(PROCESS(A));
	reaches(A, PN_FAULTED);
	return look(A);
}

/* A trap at one of the places up to `last`, and the kernel does not mind. */
static void traps(const char *name, const char *at, const char *first, const char *last)
{
	struct fault f = run_at(at);
	int in_place = f.info >= ADDRESS(first) && f.info <= ADDRESS(last);

	if (f.code == PN_VECTOR(PN_DEBUG) && in_place && others_go_on())
		say("ok %s", name);
	else
		say("FAIL %s: code 0x%x, info 0x%x", name, f.code, f.info);
}

static void not_inherited(void)
{
	struct fault f = run_at(step_nop);

	check_is("steps/flag-is-shown", register_of(A, PN_RFLAGS) & TF, TF);
	set_register(A, PN_RFLAGS, register_of(A, PN_RFLAGS) & ~(uint64_t)TF);
	pn_start(PROCESS(A));
	reaches(A, PN_FAULTED);
	check_is("steps/ends-with-the-flag", look(A).code, PN_VECTOR(PN_OPCODE));
	check_is("steps/others-do-not-step", look(B).code, 0);
	(void)f;
}

/* Many steps, each answered by a handler: through a whole system call and back. */
static volatile unsigned stepped;

static void stepper(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)unused;
	for (;;) {
		pn_receive(CALLER, &m);
		if (m.w[0] != PN_VECTOR(PN_DEBUG))
			continue;
		stepped++;
		page->w[PN_REGISTER_WORD + PN_RFLAGS] |= TF;
		answer_past(page, CALLER, 0);
	}
}

__attribute__((noipa)) static void walk(struct page *page, uint64_t me)
{
	(void)page;
	for (unsigned i = 0; i < 5; i++)
		pn_yield();
	passed[me]++;
}

static void step_by_step(void)
{
	clear_stage();
	forget();
	stepped = 0;
	give_entry(A, PN_HANDLER, C, 0);
	play(B, bystander, 0);
	play(C, stepper, 0);
	rehearse(A, walk, A);
	set_register(A, PN_RFLAGS, 0x202 | TF);
	pn_start(PROCESS(A));
	check("steps/through-system-calls", reaches(A, PN_INACTIVE) && passed[A] == 1);
	check("steps/one-by-one", stepped > 50);
}

void steps(void)
{
	traps("steps/behind-an-instruction", step_nop, step_nop_past, step_nop_past);
	traps("steps/across-a-system-call", step_syscall, step_syscall_past, step_syscall_past + 1);
	traps("steps/put-off-until-a-system-call", step_ss, step_ss_at, step_ss_past + 1);
	not_inherited();
	step_by_step();
	struct fault f = run_at(step_ss_int3);
	check("steps/put-off-until-a-breakpoint",
	      (f.code == PN_VECTOR(PN_BREAKPOINT) || f.code == PN_VECTOR(PN_DEBUG))
	      && f.info <= ADDRESS(step_ss_int3_past) && others_go_on());
	f = run_at(ss_syscall);
	check("steps/ss-then-system-call", f.code == PN_VECTOR(PN_OPCODE)
	      && f.info == ADDRESS(ss_syscall_past) && register_of(A, PN_RAX) == PN_OK);
	f = run_at(ss_fault);
	check("steps/ss-then-fault", f.code == PN_VECTOR(PN_OPCODE) && f.info == ADDRESS(ss_fault_at));
}
