/* Capabilities to a destroyed object came to life again. Here they are void at once and
   for good, wherever they are; and whoever waits behind one is told. */
#include "scenes.h"

static volatile uint64_t status;

static void caller(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	status = pn_call(DOOR, 0, &m);
}

/* B's second endpoint goes, B's own stays. */
void revocation(void)
{
	struct message m = { 0 };

	clear_stage();
	forget();
	pn_make_entry(SECOND_ENDPOINT, 1, 0, KEPT);
	pn_get_slot(SELF, SECOND_ENDPOINT, KEPT + 1);
	give(A, DOOR, KEPT);
	give(C, PN_HANDLER, KEPT);
	status = ~0u;
	play(A, caller, 0);
	play(C, divide, C);
	check("revocation/both-wait", reaches(A, PN_SENDING) && reaches(C, PN_FAULTED));
	check_is("revocation/destroy", pn_plain(SECOND_ENDPOINT, PN_DESTROY_ENDPOINT, 0), PN_OK);
	check_is("revocation/endpoint-is-void",
	         pn_plain(SECOND_ENDPOINT, PN_DESTROY_ENDPOINT, 0), PN_INVALID_CAP);
	check_is("revocation/copy-is-void", pn_make_entry(KEPT + 1, 0, 0, KEPT + 2), PN_INVALID_CAP);
	check_is("revocation/entry-is-void", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
	play(B, note_faults, B);
	check("revocation/waiting-sender-is-told", finishes(A) && status == PN_INVALID_CAP);
	reaches(B, PN_OPEN);
	check_is("revocation/nothing-is-delivered", told[B].count, 0);
	check_is("revocation/fault-stays-pending", state_of(C), PN_FAULTED);
	give_entry(C, PN_HANDLER, B, 0);
	check("revocation/new-handler-gets-it", reaches(C, PN_DELIVERED) && reaches(B, PN_OPEN)
	      && told[B].count == 1);
	check("revocation/other-endpoint-is-untouched", told[B].m.w[0] == PN_VECTOR(PN_DIVIDE));
}
