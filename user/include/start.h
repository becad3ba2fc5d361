/* libpostern: a process that starts somewhere else than in main. PROCESS(name) { ... }
   defines the symbol that the system file calls entry = "name"; the body sees `page`
   and `argument` as main does, and when it ends the process waits for ever. */
#ifndef START_H
#define START_H
#include "ipc.h"

#define PROCESS(name) \
	void name##_body(struct page *page, uint64_t argument); \
	__asm__(".text\n\t.globl " #name "\n" #name ":\n" \
	        "\tmov (%rsp), %rsi\n\txor %ebp, %ebp\n" \
	        "\tcall " #name "_body\n\tjmp pn_wait_for_ever\n"); \
	void name##_body(struct page *page __attribute__((unused)), \
	                 uint64_t argument __attribute__((unused)))

#endif
