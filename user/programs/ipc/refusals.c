/* Invocations that are well formed and cannot be: each has its own status. */
#include "scenes.h"

static void null_capability(void)
{
	unsigned bad = 0;

	for (unsigned cap = KEPT; cap < 32; cap++)
		for (uint64_t method = 0; method < 16; method++)
			bad += pn_plain(cap, method, 0) != PN_INVALID_CAP;
	check_is("refusals/null", bad, 0);
	check_is("refusals/register-0", pn_plain(0, PN_START, 0), PN_INVALID_CAP);
}

static void unknown_method(void)
{
	static const uint64_t methods[] = { 0, 12, 99, 1ull << 32, ~0ull };
	unsigned bad = 0;

	for (unsigned i = 0; i < 5; i++) {
		bad += pn_plain(PROCESS(A), methods[i], 0) != PN_UNKNOWN;
		bad += pn_plain(ENDPOINT(A), methods[i], 0) != PN_UNKNOWN;
	}
	bad += pn_plain(ENDPOINT(A), PN_HOLD, 0) != PN_UNKNOWN;
	check_is("refusals/unknown-method", bad, 0);
	check("refusals/unknown-method/changes-nothing",
	      state_of(A) == PN_INACTIVE && look(A).held == 0);
}

static void bad_slot(void)
{
	struct message m = { .w = { PN_SET_SLOT, 5 } };

	check_is("refusals/set-slot-0", pn_set_slot(PROCESS(A), 0, SELF), PN_BAD_ARGUMENT);
	check_is("refusals/set-slot-34", pn_set_slot(PROCESS(A), 34, SELF), PN_BAD_ARGUMENT);
	check_is("refusals/get-slot-34", pn_get_slot(PROCESS(A), 34, KEPT), PN_BAD_ARGUMENT);
	check_is("refusals/set-slot-without-capability", pn_call(PROCESS(A), 2, &m), PN_BAD_ARGUMENT);
	check_is("refusals/handler-is-no-process",
	         pn_set_slot(PROCESS(A), PN_HANDLER, PROCESS(B)), PN_BAD_ARGUMENT);
	pn_make_entry(ENDPOINT(B), 1, 1, KEPT);
	check_is("refusals/handler-is-no-proxy-entry",
	         pn_set_slot(PROCESS(A), PN_HANDLER, KEPT), PN_BAD_ARGUMENT);
	check_is("refusals/receiver-is-no-proxy-entry",
	         pn_set_slot(PROCESS(A), PN_PROXY_RECEIVER, KEPT), PN_BAD_ARGUMENT);
	pn_get_slot(PROCESS(A), 0, KEPT);
	check_is("refusals/slot-0-stays-null", pn_plain(KEPT, PN_START, 0), PN_INVALID_CAP);
}

static void slots_hold(void)
{
	pn_make_entry(ENDPOINT(B), 9, 0, KEPT);
	check_is("refusals/good-handler", pn_set_slot(PROCESS(A), PN_HANDLER, KEPT), PN_OK);
	pn_get_slot(PROCESS(A), PN_HANDLER, KEPT + 1);
	pn_set_slot(PROCESS(A), 6, KEPT + 1);
	pn_get_slot(PROCESS(A), 6, KEPT + 2);
	check_is("refusals/copy-of-handler", pn_set_slot(PROCESS(C), PN_HANDLER, KEPT + 2), PN_OK);
	take_away(A, PN_HANDLER);
	pn_get_slot(PROCESS(A), PN_HANDLER, KEPT);
	struct message m = { 0 };
	check_is("refusals/handler-taken-away", pn_send(KEPT, 0, &m), PN_INVALID_CAP);
}

static void bad_badge_kind(void)
{
	check_is("refusals/make-entry-flag",
	         pn_plain(ENDPOINT(A), PN_MAKE_ENTRY, 0), PN_OK);
	struct message m = { 0 };
	check_is("refusals/make-entry-flag-2",
	         pn_ask(ENDPOINT(A), PN_MAKE_ENTRY, 0, 2, &m), PN_BAD_ARGUMENT);
	check_is("refusals/make-entry-flag-big",
	         pn_ask(ENDPOINT(A), PN_MAKE_ENTRY, 0, ~0ull, &m), PN_BAD_ARGUMENT);
}

static void sender(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_send(DOOR, 0, &m);
}

static void wrong_state(void)
{
	check_is("refusals/start-of-oneself", pn_start(SELF), PN_BUSY);
	give_entry(A, DOOR, B, 0);
	play(A, sender, 0);
	reaches(A, PN_SENDING);
	check_is("refusals/start-of-a-sender", pn_start(PROCESS(A)), PN_BUSY);
	pn_read_registers(PROCESS(A));
	check_is("refusals/registers-of-a-sender", pn_write_registers(PROCESS(A)), PN_BUSY);
	check_is("refusals/slot-of-a-sender", pn_set_slot(PROCESS(A), DOOR, SELF), PN_BUSY);
	check_is("refusals/handler-of-a-sender", pn_set_slot(PROCESS(A), PN_HANDLER, 0), PN_OK);
	check_is("refusals/it-waits-on", state_of(A), PN_SENDING);
}

void refusals(void)
{
	clear_stage();
	for (unsigned cap = KEPT; cap < 32; cap++)
		pn_get_slot(SELF, 0, cap);
	null_capability();
	unknown_method();
	bad_slot();
	slots_hold();
	bad_badge_kind();
	wrong_state();
}
