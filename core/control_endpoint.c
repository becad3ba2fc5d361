#include "control_endpoint.h"

/*@ terminates \true; assigns \nothing; ensures is: \result == spec_entry_kind(f);
    ensures range: \result == CAP_ENTRY || \result == CAP_PROXY; */
static uint32_t entry_kind(uint64_t f)
{
	return f == 0 ? CAP_ENTRY : CAP_PROXY;
}

/*@ requires range: p < NPROC && e < NENDP; terminates \true;
    assigns PROCS; ensures refines: abs{Post} == spec_make_entry(abs{Pre}, p, e); */
static void make_entry(uint32_t p, uint32_t e)
{
	if (argument(p, 2) > 1)
		fail(p, BAD_ARGUMENT);
	else
		give(p, entry_cap(entry_kind(argument(p, 2)), e, argument(p, 1)));
}

/*@ requires range: p < NPROC && e < NENDP; terminates \true; assigns PROCS, ENDPOINTS;
    ensures refines: abs{Post} == spec_destroy_endpoint(abs{Pre}, p, e); */
static void destroy_endpoint(uint32_t p, uint32_t e)
{
	/*@ assert read: endpoints[e].version == spec_endpoint_endp_version(spec_ep(abs{Here}, e)); */
	if (endpoints[e].version == UINT64_MAX) {
		fail(p, RETIRED);
	} else {
		raise_endpoint(e);
		done(p);
	}
}

/*@ requires range: p < NPROC && e < NENDP; terminates \true; assigns PROCS, ENDPOINTS;
    ensures refines: abs{Post} == spec_endpoint_method(abs{Pre}, p, e, m); */
static void endpoint_method(uint32_t p, uint32_t e, uint64_t m)
{
	if (m == E_MAKE_ENTRY)
		make_entry(p, e);
	else if (m == E_DESTROY)
		destroy_endpoint(p, e);
	else
		fail(p, UNKNOWN_METHOD);
}

void invoke_endpoint(uint32_t p)
{
	struct cap c = invoked(p);

	if (names_endpoint(c))
		endpoint_method(p, c.object, argument(p, 0));
	else
		fail(p, INVALID_CAPABILITY);
}
