#include "init.h"
#include "capability.h"
#include "ring.h"

/* The ready queue's head has a neighbour: all that enqueue needs. */
/*@ predicate linked_ready(spec_state s) = spec_node(spec_link_prev(spec_lk(s, READYQ))); */

/* ---- stores that only booting makes */

/*@ requires range: p < NPROC; terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_set_identity(abs{Pre}, p, v, space, version, epoch); */
static void set_identity(uint32_t p, uint32_t v, uint32_t space, uint64_t version, uint64_t epoch)
{
	procs[p].state = v;
	procs[p].held = 0;
	procs[p].space = space;
	procs[p].version = version;
	procs[p].epoch = epoch;
	procs[p].fault_code = 0;
	procs[p].fault_info = 0;
}

/*@ requires range: e < NENDP; terminates \true; assigns ENDPOINTS;
    ensures refines: abs{Post} == spec_set_endpoint(abs{Pre}, e, owner, version); */
static void set_endpoint(uint32_t e, uint32_t owner, uint64_t version)
{
	endpoints[e].owner = owner;
	endpoints[e].version = version;
}

/*@ requires range: n < NNODE; terminates \true;
    assigns LINKS; ensures refines: abs{Post} == spec_reset_link(abs{Pre}, n); */
static void reset_link(uint32_t n)
{
	links[n].next = n;
	links[n].prev = n;
	links[n].home = n;
}

/* ---- a process */

/*@ requires range: p < NPROC; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_clear_regs(abs{Pre}, p, NREG); */
static void clear_regs(uint32_t p)
{
	/*@ loop invariant range: k <= NREG;
	    loop invariant refines: abs{Here} == spec_clear_regs(abs{Pre}, p, k);
	    loop assigns k, PROCS; loop variant NREG - k; */
	for (uint32_t k = 0; k < NREG; k++)
		set_reg(p, k, 0);
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: p < NPROC;
    terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_start_regs(abs{Pre}, aimage(boot_image), p); */
static void start_regs(uint32_t p)
{
	clear_regs(p);
	set_reg(p, R_PC, process_word(p, F_PC));
	set_reg(p, R_SP, process_word(p, F_SP));
	set_reg(p, R_DESC, process_word(p, F_ARGUMENT));
}

/* The version of the object that a capability is to name. */
/*@ requires image: spec_image_ok(aimage(boot_image));
    requires object: spec_object_ok(aimage(boot_image), kind, object, badge); terminates \true;
    assigns \nothing; ensures is: \result == spec_slot_version(aimage(boot_image), kind, object); */
static uint64_t slot_version(uint64_t kind, uint64_t object, uint64_t badge)
{
	(void)badge;
	if (kind == CAP_NULL)
		return 0;
	return kind == CAP_PROCESS ? process_word((uint32_t)object, F_VERSION)
	                           : endpoint_word((uint32_t)object, 1);
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: p < NPROC && k < BOOT_SLOTS;
    terminates \true; assigns \nothing;
    ensures is: acap(\result) == spec_boot_cap(aimage(boot_image), p, k); */
static struct cap boot_cap(uint32_t p, uint32_t k)
{
	uint64_t kind = slot_kind(p, k), object = slot_object(p, k), badge = slot_badge(p, k);
	struct cap c = { (uint32_t)kind, (uint32_t)object, slot_version(kind, object, badge), badge };
	return c;
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: p < NPROC;
    terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_load_caps(abs{Pre}, aimage(boot_image), p, NCAP); */
static void load_caps(uint32_t p)
{
	/*@ loop invariant range: k <= NCAP;
	    loop invariant refines: abs{Here} == spec_load_caps(abs{Pre}, aimage(boot_image), p, k);
	    loop assigns k, PROCS; loop variant NCAP - k; */
	for (uint32_t k = 0; k < NCAP; k++)
		set_slot(p, k, boot_cap(p, k));
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: p < NPROC;
    terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_load_slots(abs{Pre}, aimage(boot_image), p); */
static void load_slots(uint32_t p)
{
	load_caps(p);
	set_handler(p, boot_cap(p, NCAP));
	set_receiver(p, boot_cap(p, NCAP + 1));
	set_stored_reply(p, null_cap());
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: p < NPROC; terminates \true;
    assigns \nothing; ensures is: \result == spec_boot_state(aimage(boot_image), p); */
static uint32_t boot_state(uint32_t p)
{
	if (p >= boot_image.w[H_PROCESSES])
		return ST_UNUSED;
	return process_word(p, F_STATE) == 1 ? ST_READY : ST_INACTIVE;
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: p < NPROC;
    terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_load_identity(abs{Pre}, aimage(boot_image), p); */
static void load_identity(uint32_t p)
{
	uint64_t space = process_word(p, F_SPACE);

	/*@ assert space: space < NPROC; */
	set_identity(p, boot_state(p), (uint32_t)space,
	             process_word(p, F_VERSION), process_word(p, F_EPOCH));
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: p < NPROC;
    terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_load_process(abs{Pre}, aimage(boot_image), p); */
static void load_process(uint32_t p)
{
	load_identity(p);
	start_regs(p);
	load_slots(p);
}

/*@ requires image: spec_image_ok(aimage(boot_image)); requires range: e < NENDP;
    terminates \true; assigns ENDPOINTS;
    ensures refines: abs{Post} == spec_load_endpoint(abs{Pre}, aimage(boot_image), e); */
static void load_endpoint(uint32_t e)
{
	uint64_t owner = endpoint_word(e, 0);

	/*@ assert owner: owner < NPROC; */
	set_endpoint(e, (uint32_t)owner, endpoint_word(e, 1));
}

/*@ requires linked: linked_ready(abs{Here}); requires image: spec_image_ok(aimage(boot_image));
    requires range: p < NPROC; terminates \true; assigns LINKS;
    ensures linked: linked_ready(abs{Post});
    ensures refines: abs{Post} == spec_start_process(abs{Pre}, aimage(boot_image), p); */
static void start_process(uint32_t p)
{
	if (process_word(p, F_STATE) == 1)
		enqueue(READYQ, p);
}

/* ---- all of them, in order */

/*@ terminates \true; assigns LINKS; ensures linked: linked_ready(abs{Post});
    ensures refines: abs{Post} == spec_reset_links(abs{Pre}, NNODE); */
static void reset_links(void)
{
	/*@ loop invariant range: n <= NNODE;
	    loop invariant linked: n > READYQ ==> linked_ready(abs{Here});
	    loop invariant refines: abs{Here} == spec_reset_links(abs{Pre}, n);
	    loop assigns n, LINKS; loop variant NNODE - n; */
	for (uint32_t n = 0; n < NNODE; n++)
		reset_link(n);
}

/*@ requires image: spec_image_ok(aimage(boot_image)); terminates \true; assigns ENDPOINTS;
    ensures refines: abs{Post} == spec_load_endpoints(abs{Pre}, aimage(boot_image), NENDP); */
static void load_endpoints(void)
{
	/*@ loop invariant range: e <= NENDP;
	    loop invariant refines: abs{Here} == spec_load_endpoints(abs{Pre}, aimage(boot_image),
	        e); loop assigns e, ENDPOINTS; loop variant NENDP - e; */
	for (uint32_t e = 0; e < NENDP; e++)
		load_endpoint(e);
}

/*@ requires image: spec_image_ok(aimage(boot_image)); terminates \true; assigns PROCS;
    ensures refines: abs{Post} == spec_load_processes(abs{Pre}, aimage(boot_image), NPROC); */
static void load_processes(void)
{
	/*@ loop invariant range: p <= NPROC;
	    loop invariant refines: abs{Here} == spec_load_processes(abs{Pre}, aimage(boot_image),
	        p); loop assigns p, PROCS; loop variant NPROC - p; */
	for (uint32_t p = 0; p < NPROC; p++)
		load_process(p);
}

/*@ requires linked: linked_ready(abs{Here}); requires image: spec_image_ok(aimage(boot_image));
    terminates \true; assigns LINKS;
    ensures refines: abs{Post} == spec_start_processes(abs{Pre}, aimage(boot_image), NPROC); */
static void start_processes(void)
{
	/*@ loop invariant range: p <= NPROC; loop invariant linked: linked_ready(abs{Here});
	    loop invariant refines: abs{Here} == spec_start_processes(abs{Pre}, aimage(boot_image),
	        p); loop assigns p, LINKS; loop variant NPROC - p; */
	for (uint32_t p = 0; p < NPROC; p++)
		start_process(p);
}

struct boot_result core_init(void)
{
	struct boot_result r = check_image();

	/*@ assert words: spec_image_words(aimage(boot_image)); */

	if (r.error == BOOT_OK) {
		set_current(NONE);
		reset_links();
		load_endpoints();
		load_processes();
		start_processes();
	}
	return r;
}
