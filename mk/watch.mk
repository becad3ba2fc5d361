# The debug image: the very same objects of core/ and arch/x86/, linked in parts, so that the
# recorder can stand between arch/x86 and the core, and that what decides between operations
# calls a function for each (harness/operations.py). Only that the compiler does not inline
# from one part into another is different from the kernel.
DEBUG    := $(BUILD)/debug
DEBUG_ELF := $(BUILD)/debug.elf
RECORDER_O := $(DEBUG)/recorder.o $(DEBUG)/timed.o
PART      = $(KERNEL_CC) $(KERNEL_CFLAGS) -flto -r -flinker-output=nolto-rel -nostdlib -no-pie \
	-Wl,-z,noexecstack
ENTRIES   := core_init core_syscall core_fault core_tick core_irq

DECIDES   := core control_process
CORE_O    := $(filter $(BUILD)/kernel/core/%,$(KERNEL_O))
PARTS_O   := $(addprefix $(DEBUG)/,$(addsuffix .o,arch operations $(DECIDES)))
$(DEBUG)/arch.o: $(filter $(BUILD)/kernel/arch/%,$(KERNEL_O)) mk/watch.mk
$(DEBUG)/operations.o: $(filter-out $(DECIDES:%=$(BUILD)/kernel/core/%.o),$(CORE_O)) mk/watch.mk
$(DECIDES:%=$(DEBUG)/%.o): $(DEBUG)/%.o: $(BUILD)/kernel/core/%.o mk/watch.mk
$(PARTS_O):
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@$(PART) -o $@ $(filter %.o,$^)

$(DEBUG)/%.o: harness/recorder/%.c harness/recorder/recorder.h mk/watch.mk config/$(CONFIG)/config.h
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) -Iarch/x86 -c -o $@ $<

$(DEBUG)/%.o: harness/recorder/%.S mk/watch.mk
	@mkdir -p $(@D)
	@echo "  AS    $<"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) -c -o $@ $<

$(DEBUG_ELF): $(PARTS_O) $(RECORDER_O) $(KERNEL_LD)
	@echo "  LINK  $@"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) $(KERNEL_LDFLAGS) $(ENTRIES:%=-Wl,--wrap=%) -T $(KERNEL_LD) -o $@ \
		$(filter %.o,$^)

.PHONY: debug
debug: $(DEBUG_ELF)

# The replayer: the machine of spec/, as mk/oracle.mk makes it, for the sizes of the configuration.
REPLAYER := $(BUILD)/replay/replay

$(REPLAYER): $(ORACLE)/machine.ml $(wildcard harness/replay/*.ml harness/replay/*.c) harness/replay/link.py \
		harness/oracle/rows.ml harness/oracle/abstraction.py proofs/abs.toml harness/recorder/recorder.h \
		$(wildcard core/*.h) core/tables.c config/$(CONFIG)/config.h
	@echo "  LINK  $@"
	@python3 harness/replay/link.py $(CONFIG) $(@D) $(ORACLE)/machine.ml

# All scenarios, or the one that is said.
REPLAYED := $(if $(filter command,$(origin SYSTEM)),$(SYSTEM:user/systems/%.toml=%),$(SCENARIOS))
.PHONY: replay replay-fits
replay-fits:
	@test $(CONFIG) != large || { echo "make replay: the recorder's copies of the large configuration's tables" \
		"do not fit into the kernel's memory; expected CONFIG=small or default"; exit 1; }
replay: replay-fits $(DEBUG_ELF) $(REPLAYER) $(REPLAYED:%=$(SYSTEMS_OUT)/%.img)
	@python3 harness/replay/replay.py --config $(CONFIG) $(REPLAYED)

# Hostile processes, drawn at random; the machine must do as the kernel. The small configuration.
CALLS  ?= 200000
RESUME ?=
SOAK_NEEDS := build/small/debug.elf build/small/replay/replay build/small/user/fuzzer.elf
.PHONY: soak soak-build
soak-build:
	@$(MAKE) --no-print-directory CONFIG=small $(SOAK_NEEDS)
soak: soak-build
	@python3 harness/replay/soak.py --calls $(CALLS) --seed $(SEED) $(if $(RESUME),--resume) $(if $(JSON),--json $(JSON))

# Faults planted in the core, the trap code, the recorder and the machine must be reported.
.PHONY: soak-test
soak-test: soak-build
	@python3 harness/replay/planted.py
