/* Where the C compiler put what, as in the kernel: the same headers and configuration. */
#include <stddef.h>
#include <string.h>
#include <caml/alloc.h>
#include <caml/fail.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>
#include "recorder.h"
#include "ring.h"

/* Only where things lie is asked for. */
struct boot_image boot_image;

struct place { const char *name; long offset, size; };

static const struct place places[] = {
#include "layout.inc"
	{ "recorder room", 0, ROOM },
	{ "recorder full", 0, FULL },
	{ "recorder ring", 0, RING },
};

value replay_place(value name)
{
	CAMLparam1(name);
	CAMLlocal1(pair);
	size_t k = 0;
	while (k < sizeof places / sizeof places[0] && strcmp(places[k].name, String_val(name)))
		k++;
	if (k == sizeof places / sizeof places[0])
		caml_failwith("no place of that name in proofs/abs.toml");
	pair = caml_alloc_tuple(2);
	Store_field(pair, 0, Val_long(places[k].offset));
	Store_field(pair, 1, Val_long(places[k].size));
	CAMLreturn(pair);
}
