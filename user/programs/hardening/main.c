/* What a process might try: each ends in a fault of that process, or in nothing, and
   the kernel and everybody else go on. */
#include "scenes.h"

void attempt(enum actor a, const struct attempt *what, uint64_t info)
{
	clear_stage();
	rehearse(a, divide, 0);
	set_register(a, PN_RIP, ADDRESS(what->at));
	pn_start(PROCESS(a));
	reaches(a, PN_FAULTED);
	struct fault f = look(a);
	if (PN_FAULT_CODE(f.code) == PN_VECTOR(what->vector)
	    && (what->error == ANY_ERROR || PN_FAULT_ERROR(f.code) == what->error)
	    && f.info == (info ? info : ADDRESS(what->at)))
		say("ok %s", what->name);
	else
		say("FAIL %s: code 0x%x, info 0x%x", what->name, f.code, f.info);
}

/* With an argument, only what shows at the kernel's doors (systems/doors.toml). */
int main(struct page *page, uint64_t doors)
{
	(void)page;
	curtain("hardening");
	if (doors) {
		flags();
		restored();
		steps();
		addresses();
		end(0);
	}
	privileged();
	vectors();
	floating();
	pages();
	ports();
	flags();
	foreign_flags();
	restored();
	steps();
	addresses();
	stacks();
	end(0);
	return 0;
}
