# Events that coverage guides: libFuzzer on the core's C; the oracle replays what it found.
FUZZ     := build/small/fuzz
RUNS     ?= 200000
CORPUS   := $(FUZZ)/corpus
FUZZ_C   := $(wildcard core/*.c) $(addprefix harness/hosted/,fuzz.c events.c dice.c rules.c)
FUZZ_CC  := clang -std=c11 -O1 -g -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
	$(addprefix -I$(CURDIR)/,config/small core proofs/bridge harness/hosted)

.PHONY: fuzz fuzz-corpus reached
fuzz: $(FUZZ)/fuzz $(CORPUS)
	@rm -rf $(FUZZ)/wrong && mkdir -p $(FUZZ)/found $(FUZZ)/wrong
	@cd $(FUZZ) && ./fuzz -runs=$(RUNS) -max_len=4096 -len_control=10 -timeout=10 -verbosity=1 \
		-artifact_prefix=wrong/ found corpus || { \
		echo 'fuzz: a rule is broken, or worse: see above; make oracle-inputs INPUTS=$(FUZZ)/wrong makes a short trace'; exit 1; }

# Keep of what was found what reaches more of the core than the corpus does.
fuzz-corpus: $(FUZZ)/fuzz $(CORPUS)
	@cd $(FUZZ) && ./fuzz -merge=1 -use_counters=0 -max_len=4096 corpus found
	@python3 harness/hosted/corpus.py pack $(CORPUS)

# Which branches of core/ all this reaches.
reached: $(CORPUS)
	@python3 harness/hosted/reached.py build/small/reached --corpus $(CORPUS) $(wildcard $(FUZZ)/found)

# Each time, so that no other input is among them.
.PHONY: $(CORPUS)
$(CORPUS):
	@python3 harness/hosted/corpus.py unpack $@

# Only what the core does guides.
$(FUZZ)/fuzz: $(FUZZ_C) $(wildcard core/*.h harness/hosted/*.h) config/small/config.h
	@mkdir -p $(FUZZ)/core $(FUZZ)/hosted
	@echo "  CLANG $@"
	@cd $(FUZZ)/core && $(FUZZ_CC) -fsanitize=fuzzer-no-link -c $(abspath $(filter core/%,$(FUZZ_C)))
	@cd $(FUZZ)/hosted && $(FUZZ_CC) -c $(abspath $(filter harness/%,$(FUZZ_C)))
	@$(FUZZ_CC) -fsanitize=fuzzer -o $@ $(FUZZ)/core/*.o $(FUZZ)/hosted/*.o
