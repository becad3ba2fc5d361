# Everything that runs provers, and the verdict over all of it.
PROVE := python3 proofs

.PHONY: tools theorems proof smoke gates gates-test audit prove bridge expected mutants verify

tools:
	@$(PROVE)/tools.py

# The bridge from spec/ to core/, committed in proofs/bridge; look at what changes.
bridge:
	@$(PROVE)/bridge.py --config $(CONFIG) --update

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

# The inner loop: one file, with remembered answers. FILE=core/x.c or spec/x.mlw
prove:
	@test -n "$(FILE)" || { echo "say which: make prove FILE=core/x.c (or spec/x.mlw)"; exit 1; }
	@case "$(FILE)" in \
	*.mlw) $(PROVE)/theorems.py $(FILE);; \
	*) $(PROVE)/wp.py --config $(CONFIG) $(FILE);; esac

# After a proof: the committed lists of what must be proved.
expected:
	@$(PROVE)/expected.py

# Each planted bug must make the proof fail.
mutants:
	@$(PROVE)/mutants.py --config $(CONFIG)

verify:
	@$(PROVE)/verify.py --config $(CONFIG)
