/* For measuring what is reached: alone images COUNT: mutated boot images; alone FILE...: the
   fuzzer's inputs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "dice.h"
#include "events.h"
#include "init.h"
#include "mutate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void images(uint64_t count)
{
	for (uint64_t n = 1; n <= count; n++) {
		make_image(n);
		for (uint64_t k = n % 4; k; k--)
			mutate_image();
		core_init();
	}
}

static int input(const char *name)
{
	static uint8_t bytes[1 << 16];
	FILE *f = fopen(name, "rb");

	if (!f) {
		perror(name);
		return 1;
	}
	size_t size = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	return LLVMFuzzerTestOneInput(bytes, size);
}

int main(int argc, char **argv)
{
	int bad = 0;

	if (argc == 3 && !strcmp(argv[1], "images"))
		images(strtoull(argv[2], NULL, 0));
	else
		for (int k = 1; k < argc; k++)
			bad |= input(argv[k]);
	return bad;
}
