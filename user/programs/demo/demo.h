/* Capability registers of the demonstration, as systems/demo.toml fills them. */
#ifndef DEMO_H
#define DEMO_H
#include "process.h"
#include "report.h"
#include "start.h"

/* the director's */
#define WORKER       2 /* Process */
#define WORKERS_DOOR 3 /* Entry */
#define KEEPERS_DOOR 4 /* Entry, what handler slots hold */
#define CLIENT       5 /* Process */
#define CLIENTS_DOOR 6 /* Entry */
#define SERVERS_DOOR 7 /* Entry */
#define WATCHDOGS_DOOR 8 /* Entry */

/* everybody's: where the Resume of a caller or a faulter goes, and spare ones */
#define CALLER 9
#define SPARE  10

/* the client's */
#define ASK_SERVER 2 /* Entry */

/* the watchdog's */
#define PROXY_TO_CLIENT 2 /* Entry with the proxy flag */
#define ASK_GUARDIAN    3 /* plain Entry */

/* the guardian's */
#define CLIENT_BY_HAND 2 /* Process */

#endif
