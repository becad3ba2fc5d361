/* Queues as rings through the table `links` (spec/ring.mlw). */
#ifndef POSTERN_RING_H
#define POSTERN_RING_H
#include "abs.h"

/* The queues. */
#define FIFO(p)   (NPROC + (p))     /* senders to p */
#define AGENT(p)  (2 * NPROC + (p)) /* stands for p's proxied senders in another's queue */
#define PROXYQ(p) (3 * NPROC + (p)) /* p's proxied senders */
#define READYQ    (4 * NPROC)       /* ready processes */
#define REAPQ     (4 * NPROC + 1)   /* what must be cleaned up */

/* n, in no queue, becomes the last of queue q. */
/*@ requires linked: spec_node(spec_link_prev(spec_lk(abs{Here}, q)));
    requires range: q < NNODE && n < NNODE; terminates \true; assigns LINKS;
    ensures refines: abs{Post} == spec_enqueue(abs{Pre}, q, n); */
void enqueue(uint32_t q, uint32_t n);

/* n leaves its queue, if it is in one. */
/*@ requires wf: spec_wf(abs{Here}); requires range: n < NNODE; terminates \true;
    assigns LINKS; ensures refines: abs{Post} == spec_remove(abs{Pre}, n); */
void remove_node(uint32_t n);

/* The longest waiting node of queue q; q itself when there is none. */
/*@ requires wf: spec_wf(abs{Here}); requires range: q < NNODE; terminates \true; assigns \nothing;
    ensures is: \result == spec_first(abs{Here}, q); ensures range: \result < NNODE; */
uint32_t first(uint32_t q);

/*@ requires range: n < NNODE; terminates \true;
    assigns \nothing; ensures is: \result != 0 <==> spec_queued(abs{Here}, n); */
int queued(uint32_t n);

#endif
