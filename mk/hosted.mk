# The core compiled for the host, under sanitizers.
HOSTED_C := $(wildcard core/*.c) $(addprefix harness/hosted/,random.c events.c dice.c rules.c)
HOSTED := build/small/hosted/random
HOSTED_STEPS ?= 1000000
HOSTED_SEED  ?= 1

.PHONY: hosted
hosted: $(HOSTED)
	@$(HOSTED) $(HOSTED_STEPS) $(HOSTED_SEED)

$(HOSTED): $(HOSTED_C) $(wildcard core/*.h harness/hosted/*.h) config/small/config.h
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@gcc -std=c11 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror \
		-Iconfig/small -Icore -Iproofs/bridge -Iharness/hosted -o $@ \
		$(HOSTED_C)
