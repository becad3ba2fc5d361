#include "cpu.h"
#include "log.h"
#include "stop.h"
#include "trap.h"

struct named { const char *name; uint64_t value; };

/*@ requires valid: \valid_read(registers + (0 .. n - 1));
    requires names: \forall integer k; 0 <= k < n ==> \object_pointer(registers[k].name);
    terminates \true; assigns ports; */
static void log_registers(const struct named *registers, uint32_t n)
{
	log_begin();
	/*@ loop invariant range: i <= n;
	    loop assigns   i, ports;
	    loop variant   n - i; */
	for (uint32_t i = 0; i < n; i++) {
		log_text(registers[i].name);
		log_text(" ");
		log_hex(registers[i].value);
		log_text(i + 1 < n ? " " : "");
	}
	log_end();
}

void trap_stop(const struct stop_frame *f)
{
	const struct named registers[] = {
		{ "rip", f->rip }, { "cs ", f->cs },  { "flg", f->rflags }, { "err", f->error },
		{ "rax", f->rax }, { "rbx", f->rbx }, { "rcx", f->rcx },    { "rdx", f->rdx },
		{ "rsi", f->rsi }, { "rdi", f->rdi }, { "rbp", f->rbp },    { "rsp", f->rsp },
		{ "r8 ", f->r8 },  { "r9 ", f->r9 },  { "r10", f->r10 },    { "r11", f->r11 },
		{ "r12", f->r12 }, { "r13", f->r13 }, { "r14", f->r14 },    { "r15", f->r15 },
		{ "ss ", f->ss },  { "cr2", cpu_cr2() },
	};
	const uint32_t count = sizeof(registers) / sizeof(registers[0]);
	log_begin();
	log_text("stopped: exception ");
	log_number(f->vector);
	log_text(f->cs % 4 == 0 ? " in the kernel" : " in a process");
	log_end();
	/*@ loop invariant range: i <= count + 3;
	    loop assigns   i, ports;
	    loop variant   count + 3 - i; */
	for (uint32_t i = 0; i < count; i += 4)
		log_registers(registers + i, count - i < 4 ? count - i : 4);
	machine_stop(STOP_TRAP);
}
