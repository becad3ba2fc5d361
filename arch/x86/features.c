#include "asm.h"
#include "cpu.h"
#include "features.h"
#include "log.h"

#define MSR_SYSENTER 0x174      /* selector of sysenter; 0: it faults */
#define MSR_EFER    0xc0000080
#define MSR_STAR    0xc0000081 /* selectors of syscall and sysret */
#define MSR_LSTAR   0xc0000082 /* entry point */
#define MSR_SFMASK  0xc0000084 /* flags that syscall clears */

#define EFER (1 << 0 | 1 << 8 | 1 << 10 | 1 << 11) /* syscall, long mode enabled and active, no-execute */

/* Paging, alignment checks for ring 3, write protection for ring 0, native FPU
   errors; task switched and monitor: the first FPU or vector instruction of a
   process traps. */
#define CR0 (1u << 31 | 1 << 18 | 1 << 16 | 1 << 5 | 1 << 4 | 1 << 3 | 1 << 1 | 1 << 0)

/* Physical address extension, global pages, and FXSR, without which a vector
   instruction would be undefined rather than unavailable. */
#define CR4      (1 << 5 | 1 << 7 | 1 << 9 | 1 << 10)
#define CR4_UMIP (1 << 11) /* ring 3 cannot read where the GDT and IDT are */
#define CR4_SMEP (1 << 20) /* ring 0 does not execute user pages */
#define CR4_SMAP (1 << 21) /* ring 0 does not touch user pages */

#define ALL_FLAGS 0x3f7fd5

/*@ requires bit: bit < 32;
    terminates \true; assigns \nothing;
    ensures is: \result == if_bit(word, bit, value); */
static uint64_t has(uint32_t word, uint32_t bit, uint64_t value)
{
	return word >> bit & 1 ? value : 0;
}

/*@ terminates \true; assigns \nothing;
    ensures is: \result == strict; */
static uint64_t strict_features(void)
{
	if (cpu_cpuid(0).eax < 7)
		return 0;
	struct cpuid c = cpu_cpuid(7);
	return has(c.ebx, 7, CR4_SMEP) + has(c.ebx, 20, CR4_SMAP) + has(c.ecx, 2, CR4_UMIP);
}

/*@ terminates \true; assigns processor;
    ensures set: processor == syscall_set(\old(processor)); */
static void syscall_init(void)
{
	cpu_set_msr(MSR_EFER, EFER);
	cpu_set_msr(MSR_STAR, (uint64_t)(KERNEL_DATA | 3) << 48 | (uint64_t)KERNEL_CODE << 32);
	cpu_set_msr(MSR_LSTAR, cpu_address(syscall_entry));
	cpu_set_msr(MSR_SFMASK, ALL_FLAGS);
	cpu_set_msr(MSR_SYSENTER, 0);
}

/*@ terminates \true; assigns ports; */
static void log_features(uint64_t strict)
{
	log_begin();
	log_text("protections: NX");
	log_text(strict / CR4_SMEP % 2 == 1 ? " SMEP" : " (no SMEP)");
	log_text(strict / CR4_SMAP % 2 == 1 ? " SMAP" : " (no SMAP)");
	log_text(strict / CR4_UMIP % 2 == 1 ? " UMIP" : " (no UMIP)");
	log_end();
}

int features_init(void)
{
	struct cpuid c = cpu_cpuid(0x80000001);
	if (!has(c.edx, 20, 1) || !has(c.edx, 11, 1)) {
		log_line("this processor has no NX or no SYSCALL: not supported");
		return 0;
	}
	cpu_set_cr0(CR0);
	uint64_t strict = strict_features();
	cpu_set_cr4(CR4 + strict);
	log_features(strict);
	cpu_set_dr7(0x400); /* no breakpoints */
	syscall_init();
	return 1;
}
