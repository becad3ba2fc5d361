/* Floating point and vectors: that state is not kept for a process, so every use of it
   is a fault of its own kind. */
#include "scenes.h"

__asm__(".text\n"
	"use_x87: fld1\n\tud2\n"
	"use_fninit: fninit\n\tud2\n"
	"use_fwait: fwait\n\tud2\n"
	"use_mmx: movd %eax, %mm0\n\tud2\n"
	"use_sse: movaps %xmm0, %xmm1\n\tud2\n"
	"use_sse2: movq %rax, %xmm7\n\tud2\n"
	"use_ldmxcsr: ldmxcsr (%rsp)\n\tud2\n"
	"use_fxsave: fxsave (%rsp)\n\tud2\n"
	"use_avx: vmovaps %ymm0, %ymm1\n\tud2\n"
	"use_xsave: xsave (%rsp)\n\tud2\n");
extern char use_x87[], use_fninit[], use_fwait[], use_mmx[], use_sse[], use_sse2[];
extern char use_ldmxcsr[], use_fxsave[], use_avx[], use_xsave[];

static const struct attempt attempts[] = {
	{ "floating/x87", use_x87, PN_FLOATING, 0 },
	{ "floating/fninit", use_fninit, PN_FLOATING, 0 },
	{ "floating/fwait", use_fwait, PN_FLOATING, 0 },
	{ "floating/mmx", use_mmx, PN_FLOATING, 0 },
	{ "floating/sse", use_sse, PN_FLOATING, 0 },
	{ "floating/sse2", use_sse2, PN_FLOATING, 0 },
	{ "floating/ldmxcsr", use_ldmxcsr, PN_FLOATING, 0 },
	{ "floating/fxsave", use_fxsave, PN_FLOATING, 0 },
	{ "floating/avx", use_avx, PN_OPCODE, 0 },
	{ "floating/xsave", use_xsave, PN_OPCODE, 0 },
};

void floating(void)
{
	for (unsigned i = 0; i < sizeof attempts / sizeof *attempts; i++)
		attempt(A, &attempts[i], 0);
}
