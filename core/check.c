#include "check.h"

struct boot_image boot_image;

uint64_t process_word(uint32_t p, uint32_t w)
{
	if (p >= boot_image.w[H_PROCESSES])
		return 0;
	return boot_image.w[BOOT_HEADER + BOOT_PROCESS * p + w];
}

uint64_t endpoint_word(uint32_t e, uint32_t w)
{
	if (e >= boot_image.w[H_ENDPOINTS])
		return 0;
	return boot_image.w[BOOT_HEADER + BOOT_PROCESS * boot_image.w[H_PROCESSES]
	                    + BOOT_ENDPOINT * e + w];
}

uint64_t slot_kind(uint32_t p, uint32_t k)
{
	return process_word(p, 8 + 3 * k);
}

uint64_t slot_object(uint32_t p, uint32_t k)
{
	return process_word(p, 8 + 3 * k + 1);
}

uint64_t slot_badge(uint32_t p, uint32_t k)
{
	return process_word(p, 8 + 3 * k + 2);
}

/*@ terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_counts_ok(aimage(boot_image)); */
static int counts_ok(void)
{
	return boot_image.w[H_MAGIC] == BOOT_MAGIC
	    && 1 <= boot_image.w[H_PROCESSES] && boot_image.w[H_PROCESSES] <= NPROC
	    && boot_image.w[H_ENDPOINTS] <= NENDP && boot_image.w[H_SPACES] <= NPROC
	    && boot_image.w[H_SEGMENTS] <= BOOT_SEGMENTS;
}

/* The first word of the header that should be 0 and is not; BOOT_HEADER if none. */
/*@ terminates \true; assigns \nothing; ensures range: H_ZERO <= \result <= BOOT_HEADER;
    ensures is: \result == BOOT_HEADER <==> spec_zeros_ok(aimage(boot_image));
    ensures wrong: \result < BOOT_HEADER ==> boot_image.w[\result] != 0; */
static uint32_t first_nonzero(void)
{
	/*@ loop invariant range: H_ZERO <= k <= BOOT_HEADER;
	    loop invariant zero: \forall integer g; H_ZERO <= g < k ==>
	        spec_header(aimage(boot_image), g) == 0; loop assigns k;
	    loop variant BOOT_HEADER - k; */
	for (uint32_t k = H_ZERO; k < BOOT_HEADER; k++)
		if (boot_image.w[k] != 0)
			return k;
	return BOOT_HEADER;
}

/*@ terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_header_ok(aimage(boot_image)); */
static int header_ok(void)
{
	return counts_ok() && first_nonzero() == BOOT_HEADER
	    && boot_image.w[H_WORDS] == BOOT_HEADER + BOOT_PROCESS * boot_image.w[H_PROCESSES]
	           + BOOT_ENDPOINT * boot_image.w[H_ENDPOINTS]
	           + BOOT_SEGMENT * boot_image.w[H_SEGMENTS] + boot_image.w[H_SPACES];
}

/* The first word of a wrong header that is wrong. */
/*@ terminates \true; assigns \nothing;
    ensures range: \result < BOOT_HEADER; ensures wrong: bad_header(\result); */
static uint32_t header_field(void)
{
	if (boot_image.w[H_MAGIC] != BOOT_MAGIC)
		return H_MAGIC;
	if (boot_image.w[H_PROCESSES] < 1 || boot_image.w[H_PROCESSES] > NPROC)
		return H_PROCESSES;
	if (boot_image.w[H_ENDPOINTS] > NENDP)
		return H_ENDPOINTS;
	if (boot_image.w[H_SPACES] > NPROC)
		return H_SPACES;
	if (boot_image.w[H_SEGMENTS] > BOOT_SEGMENTS)
		return H_SEGMENTS;
	return first_nonzero() < BOOT_HEADER ? first_nonzero() : H_WORDS;
}

/*@ requires counts: spec_counts_ok(aimage(boot_image)); terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_object_ok(aimage(boot_image), kind, object, badge); */
static int object_ok(uint64_t kind, uint64_t object, uint64_t badge)
{
	switch (kind) {
	case CAP_NULL:     return object == 0 && badge == 0;
	case CAP_PROCESS:  return object < boot_image.w[H_PROCESSES] && badge == 0;
	case CAP_ENDPOINT: return object < boot_image.w[H_ENDPOINTS] && badge == 0;
	case CAP_ENTRY:
	case CAP_PROXY:    return object < boot_image.w[H_ENDPOINTS];
	default:           return 0;
	}
}

/*@ terminates \true; assigns \nothing; ensures is: \result != 0 <==> spec_place_ok(k, kind); */
static int place_ok(uint32_t k, uint64_t kind)
{
	return kind == CAP_NULL || (k != 0 && (k < NCAP || kind == CAP_ENTRY));
}

/*@ requires counts: spec_counts_ok(aimage(boot_image));
    requires range: p < NPROC && k < BOOT_SLOTS; terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_slot_ok(aimage(boot_image), p, k); */
static int slot_ok(uint32_t p, uint32_t k)
{
	return object_ok(slot_kind(p, k), slot_object(p, k), slot_badge(p, k))
	    && place_ok(k, slot_kind(p, k));
}

/*@ requires counts: spec_counts_ok(aimage(boot_image)); requires range: p < NPROC && f < 8;
    terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_process_field_ok(aimage(boot_image), p, f); */
static int process_field_ok(uint32_t p, uint32_t f)
{
	uint64_t v = process_word(p, f);

	switch (f) {
	case F_STATE:   return v <= 1;
	case F_SPACE:   return v < boot_image.w[H_SPACES];
	case F_VERSION: return 1 <= v && v < UINT64_MAX;
	case F_ZERO:    return v == 0;
	default:        return 1;
	}
}

/* The first word of process p's record that is wrong; BOOT_PROCESS if none is. */
/*@ requires counts: spec_counts_ok(aimage(boot_image)); requires range: p < NPROC;
    terminates \true; assigns \nothing; ensures range: \result <= BOOT_PROCESS;
    ensures right: \result == BOOT_PROCESS <==> spec_process_ok(aimage(boot_image), p);
    ensures wrong: \result < BOOT_PROCESS ==> bad_process(p, \result); */
static uint32_t process_fault(uint32_t p)
{
	/*@ loop invariant range: f <= 8;
	    loop invariant right: \forall integer g; 0 <= g < f ==>
	        spec_process_field_ok(aimage(boot_image), p, g); loop assigns f;
	    loop variant 8 - f; */
	for (uint32_t f = 0; f < 8; f++)
		if (!process_field_ok(p, f))
			return f;
	/*@ loop invariant range: k <= BOOT_SLOTS;
	    loop invariant right: \forall integer g; 0 <= g < k ==>
	        spec_slot_ok(aimage(boot_image), p, g); loop assigns k;
	    loop variant BOOT_SLOTS - k; */
	for (uint32_t k = 0; k < BOOT_SLOTS; k++)
		if (!slot_ok(p, k))
			return 8 + 3 * k;
	return BOOT_PROCESS;
}

/*@ requires counts: spec_counts_ok(aimage(boot_image)); requires range: e < NENDP;
    terminates \true; assigns \nothing;
    ensures is: \result != 0 <==> spec_endpoint_ok(aimage(boot_image), e); */
static int endpoint_ok(uint32_t e)
{
	return endpoint_word(e, 0) < boot_image.w[H_PROCESSES]
	    && 1 <= endpoint_word(e, 1) && endpoint_word(e, 1) < UINT64_MAX;
}

/*@ terminates \true; assigns \nothing;
    ensures is: \result.error == error && \result.record == record && \result.field == field; */
static struct boot_result verdict(uint32_t error, uint32_t record, uint32_t field)
{
	struct boot_result r = { error, record, field };
	return r;
}

/*@ requires counts: spec_counts_ok(aimage(boot_image)); terminates \true; assigns \nothing;
    ensures cases: \result.error == BOOT_OK || \result.error == BOOT_BAD_PROCESS;
    ensures right: \result.error == BOOT_OK <==>
        (\forall integer p; 0 <= p < boot_image.w[H_PROCESSES] ==>
        spec_process_ok(aimage(boot_image), p));
    ensures wrong: \result.error == BOOT_BAD_PROCESS ==> bad_process(\result.record,
        \result.field); */
static struct boot_result check_processes(void)
{
	/*@ loop invariant range: p <= boot_image.w[H_PROCESSES];
	    loop invariant right: \forall integer q; 0 <= q < p ==>
	        spec_process_ok(aimage(boot_image), q); loop assigns p;
	    loop variant boot_image.w[H_PROCESSES] - p; */
	for (uint32_t p = 0; p < boot_image.w[H_PROCESSES]; p++) {
		uint32_t f = process_fault(p);
		if (f != BOOT_PROCESS)
			return verdict(BOOT_BAD_PROCESS, p, f);
	}
	return verdict(BOOT_OK, 0, 0);
}

/*@ requires counts: spec_counts_ok(aimage(boot_image)); terminates \true; assigns \nothing;
    ensures cases: \result.error == BOOT_OK || \result.error == BOOT_BAD_ENDPOINT;
    ensures right: \result.error == BOOT_OK <==>
        (\forall integer e; 0 <= e < boot_image.w[H_ENDPOINTS] ==>
        spec_endpoint_ok(aimage(boot_image), e));
    ensures wrong: \result.error == BOOT_BAD_ENDPOINT ==> bad_endpoint(\result.record,
        \result.field); */
static struct boot_result check_endpoints(void)
{
	/*@ loop invariant range: e <= boot_image.w[H_ENDPOINTS];
	    loop invariant right: \forall integer q; 0 <= q < e ==>
	        spec_endpoint_ok(aimage(boot_image), q); loop assigns e;
	    loop variant boot_image.w[H_ENDPOINTS] - e; */
	for (uint32_t e = 0; e < boot_image.w[H_ENDPOINTS]; e++)
		if (!endpoint_ok(e))
			return verdict(BOOT_BAD_ENDPOINT, e, endpoint_word(e, 0) < boot_image.w[H_PROCESSES]);
	return verdict(BOOT_OK, 0, 0);
}

struct boot_result check_image(void)
{
	struct boot_result r;

	if (!header_ok())
		return verdict(BOOT_BAD_HEADER, 0, header_field());
	r = check_processes();
	return r.error == BOOT_OK ? check_endpoints() : r;
}
