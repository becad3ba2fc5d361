# The boot layer: proved as far as C goes, and looked at with planted bugs.
.PHONY: arch-proof arch-mutants arch-traps

arch-proof:
	@python3 proofs/arch_wp.py --config $(CONFIG)

# Each bug must be noticed by a check; in copies of the tree under build/.
arch-mutants: $(KERNEL) systems
	@python3 harness/arch_mutants.py --config $(CONFIG) $(MUTANTS)

# What the kernel does when it traps itself, and what it has mapped.
arch-traps: $(KERNEL) $(SYSTEMS_OUT)/hello.img
	@python3 harness/arch_traps.py --kernel $(KERNEL) --image $(SYSTEMS_OUT)/hello.img
