# The kernel: core/*.c and arch/x86/* make build/$(CONFIG)/postern.elf.
CONFIG ?= default
BUILD  := build/$(CONFIG)
KERNEL := $(BUILD)/postern.elf

KERNEL_CC     ?= gcc
KERNEL_CFLAGS := -std=c11 -O2 -ffreestanding -mgeneral-regs-only -mno-red-zone \
	-mcmodel=kernel -fno-pic -fno-pie -fno-stack-protector \
	-fno-asynchronous-unwind-tables -fcf-protection=none \
	-Wall -Wextra -Werror -Iconfig/$(CONFIG) -Icore -Iproofs/bridge -g
# For short paths. The trap code has saved every register before C runs, so no
# function need preserve one (rbp, which gcc insists on preserving, is not used at
# all); nothing needs 16-byte stack alignment; padding and
# chains of shifts instead of a multiplication are instructions too; micro-steps
# of core/ are to be inlined where they are used.
KERNEL_CFLAGS += -mtune=haswell -mpreferred-stack-boundary=3 \
	-ffixed-rbp -fcall-used-rbx -fcall-used-r12 -fcall-used-r13 -fcall-used-r14 -fcall-used-r15 \
	-falign-functions=1 -falign-jumps=1 -falign-labels=1 -falign-loops=1 \
	-flto-partition=one --param=inline-unit-growth=1000 \
	--param=large-function-growth=10000 --param=max-inline-insns-auto=130
KERNEL_LTO    := -flto
KERNEL_LDFLAGS := -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-z,max-page-size=4096

KERNEL_C := $(sort $(wildcard core/*.c)) $(sort $(wildcard arch/x86/*.c))
KERNEL_S := $(sort $(wildcard arch/x86/*.S))
KERNEL_O := $(KERNEL_C:%.c=$(BUILD)/kernel/%.o) $(KERNEL_S:%.S=$(BUILD)/kernel/%.o)
KERNEL_LD := $(BUILD)/kernel/linker.ld

.PHONY: build
build: $(KERNEL)

# There is no memcpy or memset, for nobody could prove it: of C that makes the compiler want one, ld complains.
$(KERNEL): $(KERNEL_O) $(KERNEL_LD)
	@echo "  LINK  $@"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) $(KERNEL_LTO) $(KERNEL_LDFLAGS) -T $(KERNEL_LD) -o $@ $(KERNEL_O)

$(BUILD)/kernel/%.o: %.c mk/kernel.mk
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) $(KERNEL_LTO) -MMD -MP -c -o $@ $<

$(BUILD)/kernel/%.o: %.S mk/kernel.mk
	@mkdir -p $(@D)
	@echo "  AS    $<"
	@$(KERNEL_CC) $(KERNEL_CFLAGS) -MMD -MP -c -o $@ $<

$(KERNEL_LD): arch/x86/linker.ld arch/x86/layout.h mk/kernel.mk
	@mkdir -p $(@D)
	@$(KERNEL_CC) -E -P -x c -Iarch/x86 -o $@ $<

-include $(KERNEL_O:.o=.d)

# One system: its boot image, and how it is booted.
SYSTEM ?= user/systems/demo.toml
$(if $(filter user/systems/%.toml,$(SYSTEM)),,$(error SYSTEM=$(SYSTEM): expected user/systems/NAME.toml))
IMAGE  ?= $(SYSTEM:user/systems/%.toml=$(BUILD)/systems/%.img)
ISO    := $(SYSTEM:user/systems/%.toml=$(BUILD)/iso/%.iso)
BOOT   := python3 harness/qemu.py

.PHONY: run iso
run: $(KERNEL) $(IMAGE)
	@$(BOOT) --interactive --kernel $(KERNEL) --image $(IMAGE)

iso: $(ISO)

$(BUILD)/iso/%.iso: $(BUILD)/systems/%.img $(KERNEL) arch/x86/grub.cfg
	@for t in grub-mkrescue xorriso mformat; do command -v $$t >/dev/null || { \
		echo "make iso needs $$t (Debian packages grub-pc-bin grub-common xorriso mtools)"; exit 1; }; done
	@rm -rf $(@:.iso=.tree) && mkdir -p $(@:.iso=.tree)/boot/grub
	@cp arch/x86/grub.cfg $(@:.iso=.tree)/boot/grub/grub.cfg
	@cp $(KERNEL) $(@:.iso=.tree)/boot/postern.elf
	@cp $< $(@:.iso=.tree)/boot/system.img
	@echo "  ISO   $@"
	@grub-mkrescue -o $@ $(@:.iso=.tree) >$(@:.iso=.log) 2>&1 || { cat $(@:.iso=.log); exit 1; }
	@rm -rf $(@:.iso=.tree)
