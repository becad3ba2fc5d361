# Everything that runs provers, and the verdict over all of it.
PROVE := python3 proofs

.PHONY: tools theorems proof smoke gates gates-test audit prove bridge expected mutants mutants-sample stability verify

tools:
	@$(PROVE)/tools.py

# What is generated and committed; look at what changes: facts of spec/ about each operation,
# and proofs/bridge, the bridge from spec/ to core/.
bridge:
	@$(PROVE)/closed.py
	@$(PROVE)/bridge.py --config $(CONFIG) --update

# A message instead of a stumble; the verdict installs, and insists on versions.
.PHONY: need-provers
need-provers:
	@$(PROVE)/tools.py --need frama-c why3 z3 cvc5

theorems proof smoke prove mutants mutants-sample spec-mutants arch-proof gates-test stability: need-provers

theorems:
	@$(PROVE)/theorems.py

# Lemmas of linked modules are axioms for WP: they must be theorems first.
proof: theorems
	@$(PROVE)/wp.py --config $(CONFIG)

smoke:
	@$(PROVE)/wp.py --config $(CONFIG) --smoke

gates: $(KERNEL)
	@$(PROVE)/run_gates.py --config $(CONFIG)

gates-test:
	@python3 -m unittest discover -s proofs/tests -p 'test_*.py'

audit:
	@$(PROVE)/audit.py --config $(CONFIG)

# The inner loop: one file, with remembered answers.
prove:
	@test -f "$(FILE)" || { echo "there is no file '$(FILE)'; expected FILE=core/x.c, spec/x.mlw or arch/x86/x.c"; exit 1; }
	@case "$(FILE)" in \
	*.mlw) $(PROVE)/theorems.py $(FILE);; \
	core/*.c) $(PROVE)/wp.py --config $(CONFIG) $(FILE);; \
	arch/x86/*.c) $(PROVE)/arch_wp.py --config $(CONFIG) $(FILE);; \
	*) echo "$(FILE): only core/x.c, spec/x.mlw and arch/x86/x.c are proved"; exit 1;; esac

# After a proof: the committed lists of what must be proved.
expected:
	@$(PROVE)/expected.py

# Each planted bug must make the proof fail (CONFIRM=1: with all provers, too); with SAMPLE=100 SEED=1 (or SAMPLE=all) each of so
# many small changes of core/.
SAMPLE ?=
SEED ?= 1
mutants:
	@$(if $(SAMPLE),$(PROVE)/mutate.py --config $(CONFIG) --sample $(SAMPLE) --seed $(SEED) $(if $(CONFIRM),--confirm),\
		$(PROVE)/mutants.py --config $(CONFIG) $(if $(CONFIRM),--confirm))

mutants-sample:
	@$(PROVE)/mutate.py --config $(CONFIG) --sample 30 --seed $(SEED)

# The same for spec/: what the theorems are made of, in the tree that Why3 gives.
.PHONY: spec-mutants spec-mutants-sample
spec-mutants: build/mutation/claim $(ORACLE)/oracle
	@nice $(PROVE)/mutate_spec.py --config $(CONFIG) --sample $(or $(SAMPLE),all) --seed $(or $(SEED),1) $(MUTANTS)

spec-mutants-sample:
	@$(MAKE) --no-print-directory spec-mutants SAMPLE=10 SEED=1

build/mutation/claim: proofs/mutation/claim.ml
	@mkdir -p $(@D)
	@echo "  OCAML $@"
	@cp $< $(@D)/ && cd $(@D) && ocamlopt $(WHY3_LIB) claim.ml -o claim

# Each goal again with other seeds, half of the limits, other names and another order; all
# (hours, but a run that was stopped goes on), or with FILE those of one file.
SEEDS ?= 5
stability:
	@$(PROVE)/stable.py --config $(CONFIG) --seeds $(SEEDS) $(FILE)

verify:
	@$(PROVE)/verify.py --config $(CONFIG)
