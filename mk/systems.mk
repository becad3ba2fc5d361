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
SYSTEMS     := $(wildcard user/systems/*.toml)
IMAGES      := $(patsubst user/systems/%.toml,$(SYSTEMS_OUT)/%.img,$(SYSTEMS))

.PHONY: programs systems
programs: $(PROGRAMS)
systems: $(IMAGES)

$(USER_BUILD)/%.o: user/% $(USER_HEADERS) mk/systems.mk
	@mkdir -p $(@D)
	$(USER_CC) $(USER_CFLAGS) -c -o $@ $<

$(LIBPOSTERN): $(LIB_OBJ)
$(STAGE): $(STAGE_OBJ)
$(LIBPOSTERN) $(STAGE):
	@rm -f $@
	ar rcs $@ $^

# start.S.o comes first by name, so that _start is there whatever else is linked.
define link_program
	$(USER_CC) $(USER_LDFLAGS) -o $@ $(USER_BUILD)/lib/start.S.o $(1) $(STAGE) $(LIBPOSTERN)
endef

$(foreach p,$(PROGRAM_FILES),$(eval $(USER_BUILD)/$(p).elf: $(USER_BUILD)/programs/$(p).c.o $(STAGE) $(LIBPOSTERN) ; \
	$$(call link_program,$(USER_BUILD)/programs/$(p).c.o)))
folder_objects = $(patsubst user/%,$(USER_BUILD)/%.o,$(wildcard user/programs/$(1)/*.c user/programs/$(1)/*.S))
$(foreach p,$(PROGRAM_FOLDERS),$(eval $(USER_BUILD)/$(p).elf: $(call folder_objects,$(p)) $(STAGE) $(LIBPOSTERN) ; \
	$$(call link_program,$(call folder_objects,$(p)))))

# A system may be based on another one, so an image depends on all of them.
$(SYSTEMS_OUT)/%.img: user/systems/%.toml $(SYSTEMS) $(PROGRAMS) $(MKIMAGE_SRC) config/$(CONFIG)/config.h
	@mkdir -p $(@D)
	python3 $(MKIMAGE) --programs $(USER_BUILD) --config config/$(CONFIG)/config.h -o $@ $<
