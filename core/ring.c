#include "ring.h"

/*@ requires range: n < NNODE; terminates \true;
    assigns LINKS; ensures refines: alinks{Post} == spec_set_next(alinks{Pre}, n, v); */
static void set_next(uint32_t n, uint32_t v)
{
	links[n].next = v;
}

/*@ requires range: n < NNODE; terminates \true;
    assigns LINKS; ensures refines: alinks{Post} == spec_set_prev(alinks{Pre}, n, v); */
static void set_prev(uint32_t n, uint32_t v)
{
	links[n].prev = v;
}

/*@ requires range: n < NNODE; terminates \true;
    assigns LINKS; ensures refines: alinks{Post} == spec_set_link(alinks{Pre}, n, a, b, h); */
static void set_link(uint32_t n, uint32_t a, uint32_t b, uint32_t h)
{
	links[n].next = a;
	links[n].prev = b;
	links[n].home = h;
}

void enqueue(uint32_t q, uint32_t n)
{
	uint32_t last = links[q].prev;
	/*@ assert read: last == spec_link_prev(spec_lk(abs{Here}, q)) && last < NNODE; */
	set_next(last, n);
	set_prev(q, n);
	set_link(n, q, last, q);
}

void remove_node(uint32_t n)
{
	uint32_t a = links[n].prev, b = links[n].next;
	/*@ assert read: a == spec_link_prev(spec_lk(abs{Here}, n)) && a < NNODE
	        && b == spec_link_next(spec_lk(abs{Here}, n)) && b < NNODE; */
	set_next(a, b);
	set_prev(b, a);
	set_link(n, n, n, n);
}

uint32_t first(uint32_t q)
{
	return links[q].next;
}

int queued(uint32_t n)
{
	return links[n].next != n;
}
