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
#include "place.h"
#include "serial.h"
#include "space.h"
#include "stop.h"
#include "timer.h"
#include "trap.h"
#include "walk.h"

/*@ terminates \true; assigns ports; */
static void log_count(uint64_t number, const char *what)
{
	log_number(number);
	log_text(what);
}

/*@ terminates \true; assigns ports; */
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

/* The processor's tables, so that a mistake in what follows is reported; and the places
   of the kernel's own parts. */
/*@ terminates \false; assigns task, gdt[5 .. 6], idt[0 .. VECTORS - 1], place, ports, processor;
    ensures place: place_ok;
    ensures task:  stacks_ok && ports_ok && task.ports_base == 0xffff && task_descriptor(address_of_task(&task));
    ensures gates: \forall integer v; 0 <= v < VECTORS ==> gate_ok(v);
    ensures set:   processor == syscall_set(registers_set(
      load_idt(tables_set(\old(processor)), &idt[0], 16 * VECTORS - 1))); */
static void machine_init(void)
{
	serial_init();
	gdt_init();
	idt_init();
	if (!features_init() || !place_init())
		machine_stop(STOP_REFUSED);
}

/* Everything that reads the boot image. */
/*@ requires pool: pool_ok && frames_used == 0;
    terminates \false;
    assigns ports, image, boot_image, bad_record, spaces[0 .. NPROC - 1], homes[0 .. NPROC - 1],
            frames_used, frames[0 .. FRAMES - 1], frame_uses[0 .. FRAMES - 1], kernel_root, kernel_half;
    ensures image: image_counts && image_place;
    ensures spaces: spaces_ok(image.spaces);
    ensures kernel: \forall integer v; 0 <= v < ADDRESSES ==> walk_ok(KERNEL_SPACE, kernel_root, v);
    ensures roots: \forall integer p; 0 <= p < image.processes ==>
      space_of(p) < image.spaces && leads(homes[p].root, 4, space_of(p));
    ensures processes: \forall integer p, v; 0 <= p < image.processes && 0 <= v < ADDRESSES ==>
      walk_ok(space_of(p), frame_in(homes[p].root), v); */
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
    assigns procs[0 .. NPROC-1], endpoints[0 .. NENDP-1], links[0 .. NNODE-1], current, ports;
    ensures inv: spec_inv(abs{Post});
    ensures refines: abs{Post} == spec_init(abs{Pre}, aimage(boot_image)); */
static void core_start(void)
{
	struct boot_result result = core_init();
	if (result.error != BOOT_OK) {
		image_refuse_core(result.error, result.record, result.field);
		machine_stop(STOP_REFUSED);
	}
}

/* The registers of the first process that runs in the system of the image. */
/*@ requires root:  tables_ok && kernel_ok;
    requires fresh: process_loaded == NPROC;
    terminates \false;
    assigns procs[0 .. NPROC-1], messages[0 .. NPROC-1], endpoints[0 .. NENDP-1], links[0 .. NNODE-1],
            current, ports, processor, cr3, task.ports_base, process_loaded, root_loaded, registers_end;
    ensures refines: abs{Post} == settled(spec_tick(spec_init(abs{Pre}, aimage(boot_image))));
    ensures told:  \exists integer before; ports == timer_told(pic_told(before));
    ensures ready: ready(\result); */
static struct regs *first_process(void)
{
	core_start();
	log_boot();
	root_loaded = paging_enter();
	pic_init();
	timer_init();
	core_tick(); /* nobody runs yet: this picks the first */
	return trap_leave();
}

void kernel_main(uint32_t protocol, uint64_t information)
{
	machine_init();
	image_init(protocol, information);
	restore_first(first_process());
}
