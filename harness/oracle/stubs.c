/* What the oracle (host.ml) asks of the C side. */
#include <stddef.h>
#include <string.h>
#include <caml/alloc.h>
#include <caml/fail.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>
#include "core.h"
#include "events.h"
#include "init.h"

struct place { const char *name; long offset, size; };

static struct place find(const char *name)
{
	const struct place places[] = {
#include "layout.inc"
	};
	for (size_t k = 0; k < sizeof places / sizeof places[0]; k++)
		if (!strcmp(places[k].name, name))
			return places[k];
	caml_failwith("no place of that name in proofs/abs.toml");
}

value oracle_place(value name)
{
	CAMLparam1(name);
	struct place found = find(String_val(name));
	value pair = caml_alloc_tuple(2);
	Store_field(pair, 0, Val_long(found.offset));
	Store_field(pair, 1, Val_long(found.size));
	CAMLreturn(pair);
}

value oracle_copy(value name, value bytes)
{
	struct place found = find(String_val(name));
	memcpy(Bytes_val(bytes), (const void *)found.offset, (size_t)found.size);
	return Val_unit;
}

value oracle_seed(value number)
{
	make_image((uint64_t)Long_val(number));
	return Val_bool(core_init().error == BOOT_OK);
}

static struct event event;

value oracle_next(value unit)
{
	CAMLparam1(unit);
	CAMLlocal1(triple);
	event = next_event();
	triple = caml_alloc_tuple(3);
	Store_field(triple, 0, Val_long(event.entry));
	Store_field(triple, 1, caml_copy_int64((int64_t)event.a));
	Store_field(triple, 2, caml_copy_int64((int64_t)event.b));
	CAMLreturn(triple);
}

value oracle_enter(value unit)
{
	enter(event);
	return unit;
}
