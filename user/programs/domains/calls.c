/* Entries to a process that waits for an answer; answers by copies; servers with
   several callers; sends; calls to oneself. */
#include "scenes.h"

static volatile unsigned go;
static volatile uint64_t seen[4];

static void caller(struct page *page, uint64_t word)
{
	struct message m = { .w = { word } };

	(void)page;
	pn_call(DOOR, 1, &m);
	passed[word % ACTORS] = m.w[0];
}

/* Calls on, then serves one: while it waits for its answer, others queue. */
static void middle(struct page *page, uint64_t word)
{
	struct message m = { 0 };

	caller(page, word);
	pn_receive(CALLER, &m);
	m.w[0] = 7;
	pn_send(CALLER, 1, &m);
}

static void server(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	pn_receive(CALLER, &m);
	while (!go)
		pn_yield();
	pn_send(CALLER, 1, &m);
}

void waiting_queues(void)
{
	clear_stage();
	forget();
	go = 0;
	give_entry(A, DOOR, B, 0);
	give_entry(C, DOOR, A, 0);
	play(B, server, 0);
	play(A, middle, A + 6);
	reaches(A, PN_CLOSED);
	play(C, caller, C + 6);
	check("waiting/entry-to-a-waiting-process-queues", reaches(C, PN_SENDING));
	wait_a_while();
	check("waiting/and-does-not-disturb-it", state_of(A) == PN_CLOSED && state_of(C) == PN_SENDING);
	go = 1;
	check("waiting/answered-then-serves", finishes(A) && passed[A] == A + 6);
	check("waiting/queued-caller-is-served", finishes(C) && passed[C] == 7);
}

void copies(void)
{
	struct message m = { .w = { 1001 } };

	clear_stage();
	forget();
	give_entry(A, DOOR, B, 0);
	play(B, note_faults, B);
	play(A, caller, A + 6);
	reaches(A, PN_CLOSED);
	reaches(B, PN_OPEN);
	pn_get_slot(PROCESS(B), CALLER, KEPT);
	pn_get_slot(PROCESS(B), CALLER, KEPT + 1);
	check_is("copies/first", pn_send(KEPT, 1, &m), PN_OK);
	m.w[0] = 1002;
	check_is("copies/second", pn_send(KEPT + 1, 1, &m), PN_INVALID_CAP);
	check("copies/first-counts", finishes(A) && passed[A] == 1001);
}

/* Three callers queue; each answer lets one more in, and one only. */
static void one_at_a_time(struct page *page, uint64_t unused)
{
	struct message m = { 0 };

	(void)page, (void)unused;
	while (!go)
		pn_yield();
	for (unsigned i = 0; i < 3; i++) {
		pn_receive(CALLER, &m);
		seen[i] = m.w[0];
		while (go < i + 2)
			pn_yield();
		m.w[0] += 50;
		pn_send(CALLER, 1, &m);
	}
}

static unsigned count(enum pn_state state)
{
	return (state_of(A) == state) + (state_of(C) == state) + (state_of(E) == state);
}

void returning(void)
{
	static const enum actor callers[3] = { A, C, E };

	clear_stage();
	forget();
	go = 0;
	play(B, one_at_a_time, 0);
	for (unsigned i = 0; i < 3; i++) {
		give_entry(callers[i], DOOR, B, 0);
		play(callers[i], caller, 6 + callers[i]);
		reaches(callers[i], PN_SENDING);
	}
	go = 1;
	wait_a_while();
	check("returning/one-proceeds", count(PN_CLOSED) == 1 && count(PN_SENDING) == 2);
	go = 2;
	wait_a_while();
	check("returning/then-the-next", count(PN_CLOSED) == 1 && count(PN_SENDING) == 1);
	go = 4;
	check("returning/all-served", finishes(A) && finishes(C) && finishes(E) && finishes(B));
	check("returning/in-order", seen[0] == 6 + A && seen[1] == 6 + C && seen[2] == 6 + E);
	check("returning/each-its-own-answer", passed[A] == 56 + A && passed[C] == 56 + C);
}

/* A send to an available process starts it, and the sender runs on. */
static void sender(struct page *page, uint64_t unused)
{
	struct message m = { .w = { 5 } };

	(void)unused;
	pn_send(DOOR, 1, &m);
	bystander(page, 0);
}

void forking(void)
{
	clear_stage();
	forget();
	give_entry(A, DOOR, B, 0);
	play(B, note_faults, B);
	reaches(B, PN_OPEN);
	play(A, sender, 0);
	wait_a_while();
	check("forking/receiver-had-it", told[B].count == 1 && told[B].m.w[0] == 5);
	check("forking/sender-still-runs", state_of(A) == PN_READY && others_go_on());
}

/* Documented: a process that calls itself waits in its own queue for ever. */
void self_call(void)
{
	clear_stage();
	forget();
	play(C, bystander, 0);
	give_entry(A, DOOR, A, 0);
	play(A, caller, A + 6);
	check("self-call/waits-in-its-own-queue", reaches(A, PN_SENDING));
	check("self-call/others-go-on", others_go_on());
	check_is("self-call/for-ever", state_of(A), PN_SENDING);
	pn_stop(PROCESS(A));
	play(A, note_faults, A);
	check("self-call/a-controller-can-free-it", reaches(A, PN_OPEN) && told[A].count == 0);
}
