/* The objects of the kernel: what one entry of each table holds. */
#ifndef POSTERN_TYPES_H
#define POSTERN_TYPES_H
#include <stdint.h>
#include <config.h>

#define NONE 0xffffffffu /* no process */
#define NCAP 32          /* capability registers of a process; number 0 is always Null */
#define NREG 18          /* integer registers of a process, see enum reg */
#define NWORD 64         /* words of a message, at most */
#define NMSG 6           /* of these, so many travel in registers */
#define PAGE_WORDS 512   /* words of a page */

/* A capability's kind: its type, and for an Entry the proxy flag. */
enum cap_kind {
	CAP_NULL     = 0,
	CAP_PROCESS  = 1,
	CAP_ENDPOINT = 2,
	CAP_ENTRY    = 3,
	CAP_RESUME   = 4,
	CAP_PROXY    = 0x103, /* Entry with the proxy flag */
};

enum run_state {
	ST_UNUSED    = 0, /* no such process, or destroyed */
	ST_INACTIVE  = 1, /* not started, or stopped */
	ST_READY     = 2, /* runs when chosen */
	ST_SENDING   = 3, /* its message waits in a queue */
	ST_OPEN      = 4, /* receives the next message */
	ST_CLOSED    = 5, /* waits for the one answer to its call */
	ST_FAULTED   = 6, /* has a fault that was not delivered */
	ST_DELIVERED = 7, /* has a fault, and somebody was told */
};

/* Places of the integer registers; the order is the ABI's (docs/abi.md). */
enum reg {
	R_CTL   = 0, /* rax: control word in, tag out */
	R_DESC  = 1, /* rdi: capability descriptor in, badge out */
	R_WORD0 = 2, /* rsi rdx r8 r9 r10 rbx: words 0 to 5 */
	R_SP    = 9,
	R_PC    = 16,
	R_FLAGS = 17,
};

struct cap {
	uint32_t kind;    /* enum cap_kind */
	uint32_t object;  /* number of the process or endpoint */
	uint64_t version; /* of the object; for a Resume, the epoch of the process */
	uint64_t badge;   /* protected payload of an Entry */
};

/* Arrays stand in structures of their own, so that the proof of a store to one
   of them need not look at its neighbours. */
struct caps { struct cap r[NCAP]; };
struct regs { uint64_t r[NREG]; };

struct process {
	struct regs regs;
	uint32_t state; /* enum run_state */
	uint32_t held;  /* not 0: not dispatched */
	uint32_t space; /* address space, a number that only arch/ interprets */
	uint64_t version;
	uint64_t epoch;
	uint64_t fault_code; /* 0: no fault */
	uint64_t fault_info;
	struct cap handler;
	struct cap proxy_receiver;
	struct cap proxy_reply;
	struct caps caps;
};

struct endpoint {
	uint32_t owner; /* the process that receives */
	uint64_t version;
};

/* One page per process, mapped into its address space. */
struct message { uint64_t w[PAGE_WORDS]; };

/* Queues are rings of nodes (spec/ring.mlw): a node is a process, an agent or
   the head of a queue. A node in no queue is a ring of one, and its own home. */
struct link {
	uint32_t next;
	uint32_t prev;
	uint32_t home; /* the head of the queue that the node is in */
	uint32_t unused;
};

#endif
