/* The reporter: owns COM1 and isa-debug-exit (its space has console = true), prints
   what processes tell it, and ends the run. The badge says who is speaking. */
#include "ipc.h"
#include "report.h"

#define COM1 0x3f8
#define LINE_STATUS (COM1 + 5)
#define READY_TO_SEND 0x20
#define DEBUG_EXIT 0xf4

#define SPEAKERS 64
#define NAME_LENGTH REPORT_PIECE
#define LINE_LENGTH 200

struct speaker {
	char name[NAME_LENGTH + 1], line[LINE_LENGTH];
	unsigned used;
};

static struct speaker speakers[SPEAKERS];
static unsigned failures;

static uint8_t in(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static void out(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static void print(char c)
{
	if (c == '\n')
		print('\r');
	while (!(in(LINE_STATUS) & READY_TO_SEND))
		;
	out(COM1, (uint8_t)c);
}

static void print_text(const char *s)
{
	while (*s)
		print(*s++);
}

static void print_number(uint64_t n)
{
	if (n >= 10)
		print_number(n / 10);
	print((char)('0' + n % 10));
}

static char letter(const struct message *m, unsigned i)
{
	char c = (char)(m->w[1 + i / 8] >> 8 * (i % 8));

	return c >= ' ' && c <= '~' ? c : '?';
}

static unsigned length(const struct message *m)
{
	uint64_t n = REPORT_LENGTH(m->w[0]);

	return n < REPORT_PIECE ? (unsigned)n : REPORT_PIECE;
}

static void append(struct speaker *s, const struct message *m)
{
	for (unsigned i = 0; i < length(m) && s->used < LINE_LENGTH - 1; i++)
		s->line[s->used++] = letter(m, i);
	s->line[s->used] = 0;
}

static int starts_with(const char *text, const char *word)
{
	while (*word)
		if (*text++ != *word++)
			return 0;
	return 1;
}

static void print_line(struct speaker *s, uint64_t badge)
{
	if (s->name[0])
		print_text(s->name);
	else
		print_number(badge);
	print_text(": ");
	print_text(s->line);
	print('\n');
	failures += starts_with(s->line, "FAIL");
	s->used = 0;
	s->line[0] = 0;
}

static void rename(struct speaker *s, const struct message *m)
{
	unsigned i;

	for (i = 0; i < length(m); i++)
		s->name[i] = letter(m, i);
	s->name[i] = 0;
}

static void finish(uint64_t failed)
{
	failed = failed || failures;
	print_text(failed ? "reporter: failed\n" : "reporter: passed\n");
	out(DEBUG_EXIT, failed ? REPORT_FAILED : REPORT_PASSED);
}

static void handle(const struct message *m)
{
	struct speaker *s = &speakers[m->badge % SPEAKERS];

	switch (REPORT_OP(m->w[0])) {
	case REPORT_TEXT: append(s, m); break;
	case REPORT_LINE: append(s, m); print_line(s, m->badge); break;
	case REPORT_NAME: rename(s, m); break;
	case REPORT_END: finish(m->w[1]); break;
	}
}

int main(void)
{
	struct message m = { 0 };

	for (;;) {
		pn_receive(0, &m);
		if (PN_KIND(m.tag) == PN_MESSAGE)
			handle(&m);
	}
}
