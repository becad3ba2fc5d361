# The core on the host against the machine of spec/, which is run: step by step, every field.
# The small configuration, if none is named: more happens in it.
ORACLE_CONFIG := $(if $(filter file,$(origin CONFIG)),small,$(CONFIG))
ORACLE       := build/$(ORACLE_CONFIG)/oracle
# An event takes longer the larger the tables are.
STEPS        ?= $(or $(STEPS_$(ORACLE_CONFIG)),1000000)
STEPS_default := 20000
STEPS_large  := 500
SYSTEM_FIRST ?= 1
INV_EVERY    ?= $(if $(filter small,$(ORACLE_CONFIG)),10,100)
DAMAGED      ?= 5000
INPUTS       ?= build/small/fuzz/corpus
WHY3_LIB     := $(addprefix -I +,why3 menhirLib zip zarith) menhirLib.cmxa str.cmxa unix.cmxa \
	nums.cmxa dynlink.cmxa zip.cmxa why3.cmxa
ORACLE_C     := $(wildcard core/*.c) $(addprefix harness/hosted/,events.c dice.c rules.c damage.c mutate.c) harness/oracle/stubs.c

.PHONY: oracle oracle-build oracle-test oracle-replay oracle-inputs
oracle-build: $(ORACLE)/oracle

oracle: $(ORACLE)/oracle
ifeq ($(ORACLE_CONFIG),small)
	@$< fields
	@$< rules $(DAMAGED) 1
endif
	@$< random $(STEPS) $(SYSTEM_FIRST) $(INV_EVERY) $(ORACLE)/difference.trace
ifeq ($(ORACLE_CONFIG),small)
	@$< random 20000 1000001 1 $(ORACLE)/difference.trace
endif

oracle-replay: $(ORACLE)/oracle
	@$< replay $(or $(TRACE),$(error TRACE= is missing: the file that make oracle wrote))

# What the fuzzer found worth keeping, or INPUTS=, another folder of its inputs.
oracle-inputs: $(ORACLE)/oracle build/small/fuzz/corpus
	@$< bytes $(ORACLE)/difference.trace $(INPUTS)/*

# Faults planted in the core and in the oracle must be found.
oracle-test: oracle oracle-inputs
	@[ $(ORACLE_CONFIG) = small ] || { echo 'oracle-test: only with CONFIG=small, the default here'; exit 1; }
	@$(MAKE) --no-print-directory fuzz RUNS=20000 > $(ORACLE)/fuzz.log 2>&1 || \
		{ tail -n 30 $(ORACLE)/fuzz.log; exit 1; }
	@tail -n 1 $(ORACLE)/fuzz.log
	@$(MAKE) --no-print-directory reached
	@python3 harness/oracle/planted.py $(ORACLE)

$(ORACLE)/translate: harness/oracle/ranges.ml harness/oracle/translate.ml
	@mkdir -p $(@D)
	@echo "  OCAML $@"
	@cp $^ $(@D)/ && cd $(@D) && ocamlopt $(WHY3_LIB) $(notdir $^) -o translate

$(ORACLE)/machine.ml: $(ORACLE)/translate $(wildcard spec/*.mlw)
	@echo "  WHY3  $@"
	@$< spec Host > $@ 2> $@.log || { cat $@.log; exit 1; }

$(ORACLE)/abstraction.ml: harness/oracle/abstraction.py proofs/abs.toml proofs/whyml.py spec/types.mlw spec/image.mlw
	@mkdir -p $(@D)
	@python3 $< $(@D)

$(ORACLE)/oracle: $(ORACLE)/machine.ml $(ORACLE)/abstraction.ml $(ORACLE_C) \
		$(wildcard core/*.h harness/hosted/*.h harness/oracle/*.ml) harness/oracle/link.py config/$(ORACLE_CONFIG)/config.h
	@echo "  LINK  $@"
	@python3 harness/oracle/link.py $(@D) $(ORACLE_CONFIG) oracle
