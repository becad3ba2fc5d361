/* Scenarios of proxy entry, one file a noun. The cast: T is the target, R its proxy
   receiver, S sends by proxy entry, V is the server that T calls. */
#ifndef PROXY_SCENARIOS_H
#define PROXY_SCENARIOS_H
#include "incidents.h"

#define T A
#define R B
#define S C
#define V D

/* Registers that R uses: where the Process to T arrives is CALLER. */
#define STORED OTHER /* what it takes out of T's stored reply */

/* What R saw last, and how many. */
extern volatile unsigned proxied;
extern struct message proxied_message;
void forget_proxied(void);

part receive_proxied;   /* takes down each message and does nothing */
part call_door;         /* calls DOOR with the argument; counts in `passed` what it got back */
part send_door;         /* sends the argument to DOOR, counts in `passed` */

/* T's slot proxy_receiver leads to R, S holds a proxy Entry to T with the badge. */
void appoint(uint64_t badge);

void watchdog(void);
void second(void);
void twice(void);
void compose(void);
void refused(void);
void nothing_else(void);
void gone(void);

#endif
