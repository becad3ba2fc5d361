# The core compiled for the host, under sanitizers.
HOSTED := build/small/hosted/random
HOSTED_STEPS ?= 1000000
HOSTED_SEED  ?= 1

.PHONY: hosted
hosted: $(HOSTED)
	@$(HOSTED) $(HOSTED_STEPS) $(HOSTED_SEED)

$(HOSTED): $(wildcard core/*.c core/*.h harness/hosted/*) config/small/config.h
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@gcc -std=c11 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror \
		-Iconfig/small -Icore -Iproofs/bridge -Iharness/hosted -o $@ \
		$(filter %.c,$^)
