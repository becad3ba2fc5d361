#include "log.h"
#include "serial.h"

void log_text(const char *text)
{
	while (*text)
		serial_put((uint8_t)*text++);
}

void log_begin(void)
{
	log_text("postern: ");
}

void log_end(void)
{
	log_text("\r\n");
}

void log_line(const char *text)
{
	log_begin();
	log_text(text);
	log_end();
}

void log_number(uint64_t value)
{
	uint8_t digits[20];
	uint32_t n = 0;
	do {
		digits[n++] = (uint8_t)('0' + value % 10);
		value /= 10;
	} while (value);
	while (n)
		serial_put(digits[--n]);
}

void log_hex(uint64_t value)
{
	log_text("0x");
	for (uint32_t i = 0; i < 16; i++) {
		serial_put((uint8_t)"0123456789abcdef"[value >> 60]);
		value <<= 4;
	}
}
