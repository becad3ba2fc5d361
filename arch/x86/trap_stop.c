#include "cpu.h"
#include "log.h"
#include "stop.h"
#include "trap.h"

static void log_register(const char *name, uint64_t value)
{
	log_text(" ");
	log_text(name);
	log_text(" ");
	log_hex(value);
}

static void log_four(const char *const names[4], const uint64_t values[4])
{
	log_begin();
	for (uint32_t i = 0; i < 4; i++)
		log_register(names[i], values[i]);
	log_end();
}

void trap_stop(const struct stop_frame *f)
{
	log_begin();
	log_text("stopped: exception ");
	log_number(f->vector);
	log_text(f->cs % 4 == 0 ? " in the kernel" : " in a process");
	log_end();
	log_four((const char *const[4]){ "rip", "cs ", "flg", "err" },
		 (const uint64_t[4]){ f->rip, f->cs, f->rflags, f->error });
	log_four((const char *const[4]){ "rax", "rbx", "rcx", "rdx" },
		 (const uint64_t[4]){ f->rax, f->rbx, f->rcx, f->rdx });
	log_four((const char *const[4]){ "rsi", "rdi", "rbp", "rsp" },
		 (const uint64_t[4]){ f->rsi, f->rdi, f->rbp, f->rsp });
	log_four((const char *const[4]){ "r8 ", "r9 ", "r10", "r11" },
		 (const uint64_t[4]){ f->r8, f->r9, f->r10, f->r11 });
	log_four((const char *const[4]){ "r12", "r13", "r14", "r15" },
		 (const uint64_t[4]){ f->r12, f->r13, f->r14, f->r15 });
	log_four((const char *const[4]){ "ss ", "cr2", "   ", "   " },
		 (const uint64_t[4]){ f->ss, cpu_cr2(), 0, 0 });
	machine_stop(STOP_TRAP);
}
