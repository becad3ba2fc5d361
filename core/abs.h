/* The tables, and what they stand for: abs{L} is the abstract state (spec/types.mlw)
   of the tables at program point L. The annotations are generated from spec/. */
#ifndef POSTERN_ABS_H
#define POSTERN_ABS_H
#include "tables.h"
#include "boot.h"
#include <abs.acsl.h>
#endif
