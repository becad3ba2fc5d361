/* Table sizes of the large configuration: the only place where they stand. */
#ifndef POSTERN_CONFIG_H
#define POSTERN_CONFIG_H
#define NPROC 4096 /* processes, 1 .. 65535 */
#define NENDP 8192 /* endpoints, 1 .. 65535 */
#include "../limits.h"
#endif
