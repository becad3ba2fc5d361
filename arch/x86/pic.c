#include "cpu.h"
#include "pic.h"

#define MASTER     0x20 /* command port; data is the next one */
#define SLAVE      0xa0
#define FIRST      32   /* vector of line 0 */
#define LINES      0xffea /* masked: all but 0 (timer), 2 (slave), 4 (COM1) */
#define IN_SERVICE 0x0b
#define DONE       0x20

/*@ requires port: port < 0xffff;
    terminates \true; assigns ports;
    ensures told: ports == controller_told(\old(ports), port, vector, cascade, mask); */
static void controller_init(uint16_t port, uint8_t vector, uint8_t cascade, uint8_t mask)
{
	cpu_out8(port, 0x11); /* initialise, three more words follow */
	cpu_out8(port + 1, vector);
	cpu_out8(port + 1, cascade);
	cpu_out8(port + 1, 0x01); /* 8086 mode */
	cpu_out8(port + 1, mask);
}

void pic_init(void)
{
	controller_init(MASTER, FIRST, 1 << 2, LINES % 256);
	controller_init(SLAVE, FIRST + 8, 2, LINES / 256);
}

/* The last line of a controller also stands for a request that went away
   before it was asked which one it was; then none is in service. */
/*@ terminates \true; assigns ports;
    ensures asked: ports == service_asked(\old(ports), port);
    ensures away:  \result != 0 <==> went_away(\old(ports), port); */
static uint32_t spurious(uint16_t port)
{
	cpu_out8(port, IN_SERVICE);
	return cpu_in8(port) / 128 == 0;
}

uint32_t pic_accept(uint32_t line)
{
	if (line == 7 && spurious(MASTER))
		return 0;
	if (line == 15 && spurious(SLAVE)) {
		cpu_out8(MASTER, DONE); /* the slave's own request was real */
		return 0;
	}
	if (line >= 8)
		cpu_out8(SLAVE, DONE);
	cpu_out8(MASTER, DONE);
	return 1;
}
