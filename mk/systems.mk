# User programs and systems. One program per user/programs/NAME.c, or per folder
# user/programs/NAME/ of several files; one boot image per user/systems/NAME.toml.

USER_BUILD  := build/$(CONFIG)/user
SYSTEMS_OUT := build/$(CONFIG)/systems
MKIMAGE     := tools/mkimage.py
MKIMAGE_SRC := $(wildcard tools/*.py)

USER_CC     := gcc
USER_CFLAGS := -std=c11 -O2 -g -Wall -Wextra -Werror -ffreestanding -fno-pic -mgeneral-regs-only \
               -fno-stack-protector -fno-asynchronous-unwind-tables -fcf-protection=none \
               -fno-tree-loop-distribute-patterns -Iuser/include -Iuser/stage
USER_LDFLAGS := -static -no-pie -nostdlib -Wl,--build-id=none -Wl,-z,max-page-size=4096 \
               -Wl,-z,noexecstack -Wl,-Ttext-segment=0x400000

LIBPOSTERN  := $(USER_BUILD)/libpostern.a
LIB_SRC     := $(wildcard user/lib/*.c user/lib/*.S)
STAGE       := $(USER_BUILD)/libstage.a
STAGE_OBJ   := $(patsubst user/%,$(USER_BUILD)/%.o,$(wildcard user/stage/*.c))
LIB_OBJ     := $(patsubst user/%,$(USER_BUILD)/%.o,$(LIB_SRC))
USER_HEADERS := $(wildcard user/include/*.h user/stage/*.h user/programs/*/*.h)

PROGRAM_FILES   := $(patsubst user/programs/%.c,%,$(wildcard user/programs/*.c))
PROGRAM_FOLDERS := $(patsubst user/programs/%/,%,$(wildcard user/programs/*/))
PROGRAMS    := $(patsubst %,$(USER_BUILD)/%.elf,$(PROGRAM_FILES) $(PROGRAM_FOLDERS))
# Systems in a folder with a configuration's name are too big for the other ones.
SYSTEMS     := $(wildcard user/systems/*.toml user/systems/$(CONFIG)/*.toml)
IMAGES      := $(patsubst user/systems/%.toml,$(SYSTEMS_OUT)/%.img,$(SYSTEMS))

.PHONY: programs systems
programs: $(PROGRAMS)
systems: $(IMAGES)

$(USER_BUILD)/%.o: user/% $(USER_HEADERS) mk/systems.mk
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(USER_CC) $(USER_CFLAGS) -c -o $@ $<

$(LIBPOSTERN): $(LIB_OBJ)
$(STAGE): $(STAGE_OBJ)
$(LIBPOSTERN) $(STAGE):
	@rm -f $@
	@ar rcs $@ $^

# start.S.o comes first by name, so that _start is there whatever else is linked.
define link_program
	@echo "  LINK  $@"
	@$(USER_CC) $(USER_LDFLAGS) -o $@ $(USER_BUILD)/lib/start.S.o $(1) $(STAGE) $(LIBPOSTERN)
endef

$(foreach p,$(PROGRAM_FILES),$(eval $(USER_BUILD)/$(p).elf: $(USER_BUILD)/programs/$(p).c.o $(STAGE) $(LIBPOSTERN) ; \
	$$(call link_program,$(USER_BUILD)/programs/$(p).c.o)))
folder_objects = $(patsubst user/%,$(USER_BUILD)/%.o,$(wildcard user/programs/$(1)/*.c user/programs/$(1)/*.S))
$(foreach p,$(PROGRAM_FOLDERS),$(eval $(USER_BUILD)/$(p).elf: $(call folder_objects,$(p)) $(STAGE) $(LIBPOSTERN) ; \
	$$(call link_program,$(call folder_objects,$(p)))))

# A system may be based on another one, so an image depends on all of them.
$(SYSTEMS_OUT)/%.img: user/systems/%.toml $(SYSTEMS) $(PROGRAMS) $(MKIMAGE_SRC) config/$(CONFIG)/config.h
	@mkdir -p $(@D)
	@echo "  IMAGE $@"
	@python3 $(MKIMAGE) --programs $(USER_BUILD) --config config/$(CONFIG)/config.h -o $@ $<

$(SYSTEMS_OUT)/%.img:
	@echo "there is no system file user/systems/$*.toml"; exit 1

# Running them. KERNEL and ISO images are mk/kernel.mk's.
SCENARIOS   := $(patsubst harness/expected/%.txt,%,\
               $(sort $(wildcard harness/expected/*.txt harness/expected/$(CONFIG)/*.txt)))
ISOS        := $(SCENARIOS:%=build/$(CONFIG)/iso/%.iso)

.PHONY: scenarios scenarios-nmi scenarios-iso isos refusals doors test-tools bench bench-one bounds bounds-test
scenarios: $(KERNEL) $(SCENARIOS:%=$(SYSTEMS_OUT)/%.img)
	@python3 harness/scenarios.py --kernel $(KERNEL) --images $(SYSTEMS_OUT) \
		--json build/$(CONFIG)/scenarios.json $(SCENARIOS)

# Which functions of core/ each of them runs; `make report` shows it.
.PHONY: coverage
coverage: $(KERNEL) $(SCENARIOS:%=$(SYSTEMS_OUT)/%.img)
	@python3 harness/coverage.py --kernel $(KERNEL) --images $(SYSTEMS_OUT) \
		--json build/$(CONFIG)/coverage.json $(SCENARIOS)

# The same under a hail of non-maskable interrupts, and on a processor without SMEP and SMAP.
scenarios-nmi: $(KERNEL) $(SCENARIOS:%=$(SYSTEMS_OUT)/%.img)
	@python3 harness/scenarios.py --kernel $(KERNEL) --images $(SYSTEMS_OUT) --cpu qemu64 --nmi 0.001 $(SCENARIOS)

isos: $(ISOS)
scenarios-iso: isos
	@python3 harness/scenarios.py --iso build/$(CONFIG)/iso $(SCENARIOS)

refusals: $(KERNEL) $(SYSTEMS_OUT)/hello.img
	@python3 harness/refusals.py --kernel $(KERNEL) --image $(SYSTEMS_OUT)/hello.img

# What the processor holds where the kernel is entered and left.
doors: $(KERNEL) $(SYSTEMS_OUT)/doors.img
	@python3 harness/doors.py --kernel $(KERNEL) --image $(SYSTEMS_OUT)/doors.img

test-tools:
	@python3 harness/test_mkimage.py
	@python3 harness/test_log_lines.py

# Figures of the default configuration, and whether the table sizes make a difference.
bench-one: $(KERNEL) $(SYSTEMS_OUT)/bench.img $(SYSTEMS_OUT)/bench-few.img
	@python3 harness/bench.py --kernel $(KERNEL) --images $(SYSTEMS_OUT) \
		--program $(USER_BUILD)/bench.elf --json $(or $(JSON),build/$(CONFIG)/bench.json) \
		$(if $(SAME_AS),--same-as $(SAME_AS))

bench:
	@$(MAKE) --no-print-directory CONFIG=default JSON=build/bench.json bench-one
	@for config in small large; do \
		out=$$($(MAKE) --no-print-directory CONFIG=$$config SAME_AS=build/bench.json bench-one 2>&1) \
		|| { echo "$$out"; exit 1; }; \
		echo "The same medians with the $$config configuration."; done

# The most instructions that a kernel entry can take, and that an operation of the core can in the
# debug image; and that what has no bound is refused.
bounds: $(KERNEL)
	@$(MAKE) --no-print-directory CONFIG=small build/small/debug.elf
	@python3 harness/bounds.py --config $(CONFIG)

bounds-test: bounds
	@python3 harness/test_bounds.py
