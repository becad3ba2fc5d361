# Mutated boot images, given to both.
IMAGES_OUT := build/$(ORACLE_CONFIG)/images
COUNT ?= 10000
BOOTS ?= 100

.PHONY: images image-boots images-test
images-test: images image-boots

images: $(IMAGES_OUT)/images
	@$(MAKE) --no-print-directory CONFIG=$(ORACLE_CONFIG) systems
	@ASAN_OPTIONS=detect_leaks=0 $< $(COUNT) $(SEED) build/$(ORACLE_CONFIG)/systems/*.img

# Some of them in QEMU, put into whole images.
image-boots: $(IMAGES_OUT)/images
	@$(MAKE) --no-print-directory CONFIG=$(ORACLE_CONFIG) build systems
	@rm -rf $(IMAGES_OUT)/boots && mkdir $(IMAGES_OUT)/boots
	@ASAN_OPTIONS=detect_leaks=0 $< write $(IMAGES_OUT)/boots $(BOOTS) build/$(ORACLE_CONFIG)/systems/*.img
	@python3 harness/image_boots.py --kernel build/$(ORACLE_CONFIG)/postern.elf $(IMAGES_OUT)/boots

$(IMAGES_OUT)/images: $(ORACLE)/machine.ml $(ORACLE)/abstraction.ml $(ORACLE_C) \
		$(wildcard core/*.h harness/hosted/*.h harness/oracle/*.ml) harness/oracle/link.py config/$(ORACLE_CONFIG)/config.h
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@cp $(ORACLE)/machine.ml $(ORACLE)/abstraction.ml $(ORACLE)/layout.inc $(@D)/
	@python3 harness/oracle/link.py $(@D) $(ORACLE_CONFIG) images
