/* What every scenario uses: a judge that sends actors on stage, each with a part to
   play, and looks at what became of them. The cast is that of systems/stage.toml. */
#ifndef STAGE_H
#define STAGE_H
#include "process.h"
#include "report.h"

/* A, B, C, D share the judge's memory; E and F have spaces of their own. */
enum actor { A, B, C, D, E, F, ACTORS };

/* The judge's capability registers. */
#define PROCESS(a)  (3u + (a))
#define ENDPOINT(a) (9u + (a))
#define JUDGES_ENDPOINT 15u
#define SECOND_ENDPOINT 16u /* B's other one */
#define SCRATCH 17u         /* used by the functions below */
#define KEPT    18u         /* and from here on the scenario's own */

/* Capability registers of the actors, by custom. */
#define SELF   2u /* Process: itself */
#define DOOR   4u /* what the part is about, mostly an Entry */
#define CALLER 5u /* where receiving puts the Resume */
#define OTHER  6u
#define EXTRA  7u

/* Endpoints by their number, as PN_FROM shows it. */
#define NUMBER(a)     (2u + (a))
#define JUDGES_NUMBER 1u
#define SECOND_NUMBER 8u

/* A part: the actor's own message page, and what the judge passes on. An actor whose
   part is over stops itself and is then Inactive. */
typedef void part(struct page *page, uint64_t argument);

/* Once at the beginning; the name stands before the judge's lines. */
void curtain(const char *name);

/* Everybody off: stopped, released, without handler, receiver and capabilities. */
void clear_stage(void);

/* The actor begins its part, from the top of its stack and with clean registers. */
void play(enum actor a, part *what, uint64_t argument);

/* Prepares the same, without starting. */
void rehearse(enum actor a, part *what, uint64_t argument);

/* Slots of actors. */
void give(enum actor a, unsigned slot, unsigned cap);
void give_entry(enum actor a, unsigned slot, enum actor to, uint64_t badge);
void give_proxy(enum actor a, unsigned slot, enum actor to, uint64_t badge);
void give_process(enum actor a, unsigned slot, enum actor whom);
void take_away(enum actor a, unsigned slot);

/* What became of them. */
struct fault look(enum actor a);
uint64_t state_of(enum actor a);
uint64_t register_of(enum actor a, enum pn_register r);
void set_register(enum actor a, enum pn_register r, uint64_t value);

/* Waits, not for ever, until the actor is in the state: whether it came to that. */
int reaches(enum actor a, enum pn_state state);
int finishes(enum actor a);

/* Lets everybody go as far as they can. */
void wait_a_while(void);

/* A part that counts and yields, for ever; and whether such an actor gets turns. The
   actor must share the judge's memory. */
part bystander;
int others_go_on(void);

/* Computes, without a system call, for so long that the timer must have struck. */
void spin(void);

/* Computes until another process changes the number: only the timer lets it run. Gives
   up after a long while; whether it changed. */
int moves(const volatile uint64_t *number);

#endif
