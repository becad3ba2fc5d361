#include <core.h>
#include <init.h>
#include <tables.h>
#include "asm.h"
#include "cpu.h"
#include "features.h"
#include "frame.h"
#include "gdt.h"
#include "idt.h"
#include "image.h"
#include "log.h"
#include "main.h"
#include "paging.h"
#include "pic.h"
#include "serial.h"
#include "space.h"
#include "stop.h"
#include "timer.h"
#include "trap.h"

/*@ terminates \true; assigns \nothing; */
static void log_count(uint64_t number, const char *what)
{
	log_number(number);
	log_text(what);
}

/*@ terminates \true; assigns \nothing; */
static void log_boot(void)
{
	log_begin();
	log_count(image.processes, " processes, ");
	log_count(image.endpoints, " endpoints, ");
	log_count(image.spaces, " spaces, ");
	log_count(frames_used, " frames of ");
	log_number(FRAMES);
	log_end();
}

/* The processor's tables, so that a mistake in what follows is reported. */
/*@ terminates \false; assigns task, gdt[0 .. 6], idt[0 .. VECTORS - 1]; */
static void machine_init(void)
{
	serial_init();
	gdt_init();
	idt_init();
	if (!features_init())
		machine_stop(STOP_REFUSED);
}

/* Everything that reads the boot image. */
/*@ requires used: frames_used <= FRAMES;
    terminates \false;
    assigns image, boot_image, bad_record, spaces[0 .. NPROC - 1], homes[0 .. NPROC - 1],
            frames_used, frames[0 .. FRAMES - 1], kernel_root, kernel_half;
    ensures root: kernel_root < FRAMES; */
static void image_init(uint32_t protocol, uint64_t information)
{
	enum refusal refusal = image_load(protocol, information);
	if (refusal == ACCEPTED && paging_init() != MAP_DONE)
		refusal = NO_FRAMES;
	if (refusal == ACCEPTED)
		refusal = space_init();
	if (refusal != ACCEPTED) {
		image_refuse(refusal, bad_record);
		machine_stop(STOP_REFUSED);
	}
}

/*@ terminates \false;
    assigns procs[0 .. NPROC-1], endpoints[0 .. NENDP-1], links[0 .. NNODE-1], current;
    ensures inv: spec_inv(abs{Post}); */
static void core_start(void)
{
	struct boot_result result = core_init();
	if (result.error != BOOT_OK) {
		image_refuse_core(result.error, result.record, result.field);
		machine_stop(STOP_REFUSED);
	}
}

void kernel_main(uint32_t protocol, uint64_t information)
{
	machine_init();
	image_init(protocol, information);
	core_start();
	log_boot();
	paging_enter();
	pic_init();
	timer_init();
	core_tick(); /* nobody runs yet: this picks the first */
	restore_first(trap_leave());
}
