/* What the oracle (host.ml) asks of the C side. */
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <caml/alloc.h>
#include <caml/fail.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>
#include "rules.h"
#include "core.h"
#include "damage.h"
#include "dice.h"
#include "events.h"
#include "init.h"
#include "mutate.h"

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

/* One byte of a table becomes another. */
value oracle_poke(value name, value at)
{
	((uint8_t *)find(String_val(name)).offset)[Long_val(at)] ^= 0xff;
	return Val_unit;
}

/* Where a crash of the core happened: no trace can be made of it here. */
static volatile long system_now, event_now;
static void crashed(int signal)
{
	char line[160];
	int size = snprintf(line, sizeof line, "oracle: signal %d in system %ld, event %ld: the core crashed\n"
	                    "        see it with: make hosted HOSTED_SEED=%ld\n", signal, system_now, event_now, system_now);
	if (write(2, line, (size_t)size) == size)
		_exit(3);
	_exit(4);
}

static void watch(long system)
{
	system_now = system;
	event_now = 0;
	signal(SIGSEGV, crashed);
	signal(SIGFPE, crashed);
	signal(SIGILL, crashed);
}

/* System number; of its image the slots that are named, 256 * process + slot, are Null. */
value oracle_start(value number, value nulls)
{
	make_image((uint64_t)Long_val(number));
	for (mlsize_t n = 0; n < Wosize_val(nulls); n++) {
		long at = Long_val(Field(nulls, n));
		memset(boot_image.w + BOOT_HEADER + BOOT_PROCESS * (at / 256) + 8 + 3 * (at % 256), 0, 24);
	}
	watch(Long_val(number));
	return Val_bool(boot_system((uint64_t)Long_val(number)));
}

static value changes_of(const struct event *e)
{
	CAMLparam0();
	CAMLlocal2(all, one);
	all = caml_alloc(e->changed, 0);
	for (uint32_t k = 0; k < e->changed; k++) {
		one = caml_alloc(3, 0);
		Store_field(one, 0, Val_long(e->changes[k].page));
		Store_field(one, 1, Val_long(e->changes[k].word));
		Store_field(one, 2, caml_copy_int64((int64_t)e->changes[k].value));
		Store_field(all, k, one);
	}
	CAMLreturn(all);
}

value oracle_next(value unit)
{
	CAMLparam1(unit);
	CAMLlocal1(four);
	struct event e = next_event();
	four = caml_alloc(4, 0);
	Store_field(four, 0, Val_long(e.entry));
	Store_field(four, 1, caml_copy_int64((int64_t)e.a));
	Store_field(four, 2, caml_copy_int64((int64_t)e.b));
	Store_field(four, 3, changes_of(&e));
	CAMLreturn(four);
}

value oracle_change(value page, value word, value to)
{
	change((struct change){ (uint32_t)Long_val(page), (uint32_t)Long_val(word), (uint64_t)Int64_val(to) });
	return Val_unit;
}

value oracle_enter(value entry, value a, value b)
{
	event_now++;
	enter((struct event){ (enum entry)Long_val(entry), (uint64_t)Int64_val(a), (uint64_t)Int64_val(b), NULL, 0 });
	return Val_unit;
}

/* The boot words of a file, as the boot code copies them. */
value oracle_image(value text)
{
	size_t size = caml_string_length(text);

	memset(&boot_image, 0, sizeof boot_image);
	memcpy(&boot_image, String_val(text), size < sizeof boot_image ? size : sizeof boot_image);
	return Val_unit;
}

value oracle_make(value unit)
{
	make_image_with_dice();
	return unit;
}

value oracle_mutate(value unit)
{
	(void)unit;
	return caml_copy_string(mutate_image());
}

value oracle_roll(value number)
{
	roll((uint64_t)Long_val(number));
	return Val_unit;
}

/* Boot: the error, and record and field that it names. */
value oracle_boot(value unit)
{
	CAMLparam1(unit);
	CAMLlocal1(three);
	struct boot_result r = core_init();

	three = caml_alloc(3, 0);
	Store_field(three, 0, Val_long(r.error));
	Store_field(three, 1, Val_long(r.record));
	Store_field(three, 2, Val_long(r.field));
	CAMLreturn(three);
}

value oracle_damage(value unit)
{
	damage();
	return unit;
}

/* Which rule the tables break (harness/hosted/rules.c); nothing if none. */
value oracle_rule(value unit)
{
	(void)unit;
	const char *why = broken_rule();
	return caml_copy_string(why ? why : "");
}

value oracle_read(value text)
{
	static uint8_t bytes[1 << 16];
	size_t size = caml_string_length(text);

	memcpy(bytes, String_val(text), size < sizeof bytes ? size : sizeof bytes);
	read_bytes(bytes, size < sizeof bytes ? size : sizeof bytes);
	return Val_unit;
}

value oracle_left(value unit)
{
	(void)unit;
	return Val_long(bytes_left());
}

/* ---- bytes of the tables that stand for nothing: what the compiler leaves between fields,
   and the field that is called so */

static void unused_of(uint8_t *to, size_t rows, size_t size, const uint8_t *row)
{
	for (size_t k = 0; k < rows * size; k++)
		to[k] = row[k % size];
}

#define ROW(table, ...) do { \
	__typeof__(table[0]) x; \
	memset(&x, 0xff, sizeof x); \
	__builtin_clear_padding(&x); \
	__VA_ARGS__; \
	unused_of(Bytes_val(bytes), sizeof table / sizeof x, sizeof x, (const uint8_t *)&x); \
} while (0)

/* 0 for each byte of the table that stands for nothing. */
value oracle_used(value name, value bytes)
{
	const char *table = String_val(name);

	memset(Bytes_val(bytes), 0xff, caml_string_length(bytes));
	if (!strcmp(table, "procs")) ROW(procs);
	if (!strcmp(table, "endpoints")) ROW(endpoints);
	if (!strcmp(table, "links")) ROW(links, x.unused = 0);
	return Val_unit;
}
