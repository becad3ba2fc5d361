# The debug image: the very same objects of core/ and arch/x86/, linked as two halves, so that
# the recorder can stand between them. Only that the core is not inlined into the trap code
# is different from the kernel.
DEBUG    := $(BUILD)/debug
DEBUG_ELF := $(BUILD)/debug.elf
RECORDER_O := $(DEBUG)/recorder.o $(DEBUG)/timed.o
HALF      = $(KERNEL_CC) $(KERNEL_CFLAGS) -flto -r -flinker-output=nolto-rel -nostdlib -no-pie
ENTRIES   := core_init core_syscall core_fault core_tick core_irq

$(DEBUG)/core.o: $(filter $(BUILD)/kernel/core/%,$(KERNEL_O)) mk/replay.mk
$(DEBUG)/arch.o: $(filter $(BUILD)/kernel/arch/%,$(KERNEL_O)) mk/replay.mk
$(DEBUG)/core.o $(DEBUG)/arch.o:
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@$(HALF) -o $@ $(filter %.o,$^)

$(DEBUG)/%.o: harness/recorder/%.c harness/recorder/recorder.h mk/replay.mk config/$(CONFIG)/config.h
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) -Iarch/x86 -c -o $@ $<

$(DEBUG)/%.o: harness/recorder/%.S mk/replay.mk
	@mkdir -p $(@D)
	@echo "  AS    $<"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) -c -o $@ $<

$(DEBUG_ELF): $(DEBUG)/core.o $(DEBUG)/arch.o $(RECORDER_O) $(KERNEL_LD)
	@echo "  LINK  $@"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) $(KERNEL_LDFLAGS) $(ENTRIES:%=-Wl,--wrap=%) -T $(KERNEL_LD) -o $@ \
		$(filter %.o,$^)

.PHONY: debug
debug: $(DEBUG_ELF)
