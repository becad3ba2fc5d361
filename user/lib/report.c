#include <stdarg.h>
#include "ipc.h"
#include "report.h"

struct line {
	struct message m;
	unsigned used;
};

static void flush(struct line *l, uint64_t what)
{
	l->m.w[0] = what | (uint64_t)l->used << 8;
	pn_send(REPORT, PN_REG_WORDS, &l->m);
	*l = (struct line){ 0 };
}

static void put(struct line *l, char c)
{
	if (l->used == REPORT_PIECE)
		flush(l, REPORT_TEXT);
	l->m.w[1 + l->used / 8] |= (uint64_t)(unsigned char)c << 8 * (l->used % 8);
	l->used++;
}

static void put_text(struct line *l, const char *s)
{
	while (*s)
		put(l, *s++);
}

static void put_number(struct line *l, uint64_t n, unsigned base)
{
	char digits[20];
	unsigned i = 0;

	do
		digits[i++] = "0123456789abcdef"[n % base];
	while (n /= base);
	while (i)
		put(l, digits[--i]);
}

static void put_argument(struct line *l, char kind, va_list *arguments)
{
	if (kind == 's')
		put_text(l, va_arg(*arguments, const char *));
	else if (kind == 'u')
		put_number(l, va_arg(*arguments, uint64_t), 10);
	else if (kind == 'x')
		put_number(l, va_arg(*arguments, uint64_t), 16);
	else
		put(l, kind);
}

void say(const char *format, ...)
{
	struct line l = { 0 };
	va_list arguments;

	va_start(arguments, format);
	for (; *format; format++)
		if (*format == '%' && format[1])
			put_argument(&l, *++format, &arguments);
		else
			put(&l, *format);
	va_end(arguments);
	flush(&l, REPORT_LINE);
}

void introduce(const char *name)
{
	struct line l = { 0 };

	put_text(&l, name);
	flush(&l, REPORT_NAME);
}

void check(const char *name, int holds)
{
	say(holds ? "ok %s" : "FAIL %s", name);
}

void check_is(const char *name, uint64_t got, uint64_t wanted)
{
	if (got == wanted)
		say("ok %s", name);
	else
		say("FAIL %s: got 0x%x, expected 0x%x", name, got, wanted);
}

void end(int failed)
{
	struct message m = { .w = { REPORT_END, (uint64_t)failed } };

	pn_send(REPORT, 2, &m);
}
