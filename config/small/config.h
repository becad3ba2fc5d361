/* Table sizes of the small configuration: the only place where they stand. */
#ifndef POSTERN_CONFIG_H
#define POSTERN_CONFIG_H
#define NPROC 8 /* processes, 1 .. 65535 */
#define NENDP 32 /* endpoints, 1 .. 65535 */
#include "../limits.h"
#endif
