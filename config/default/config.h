/* Table sizes of the default configuration: the only place where they stand. */
#ifndef POSTERN_CONFIG_H
#define POSTERN_CONFIG_H
#define NPROC 256 /* processes, 1 .. 65535 */
#define NENDP 1024 /* endpoints, 1 .. 65535 */
#include "../limits.h"
#endif
