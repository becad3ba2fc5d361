# The boot layer: proved as far as C goes, and looked at with planted bugs.
.PHONY: arch-proof arch-smoke memory-mutants memory-mutants-sample arch-mutants arch-mutants-sample arch-traps

arch-proof:
	@python3 proofs/arch_wp.py --config $(CONFIG)

# No contract and no branch of it is dead.
arch-smoke:
	@python3 proofs/arch_wp.py --config $(CONFIG) --smoke

# Each bug planted in what builds the page tables must make its proof fail.
memory-mutants:
	@python3 proofs/memory_mutants.py --config $(CONFIG) $(MUTANTS)

memory-mutants-sample:
	@python3 proofs/memory_mutants.py --config $(CONFIG) --first 6

# Each bug must be noticed by a check; in copies of the tree under build/.
arch-mutants: build/$(CONFIG)/postern.elf systems
	@python3 harness/arch_mutants.py --config $(CONFIG) $(MUTANTS)

# A third of them, of each check at least one.
arch-mutants-sample: build/$(CONFIG)/postern.elf systems
	@python3 harness/arch_mutants.py --config $(CONFIG) --every 3

# What the kernel does when it traps itself, and what it has mapped.
arch-traps: build/$(CONFIG)/postern.elf build/$(CONFIG)/systems/hello.img
	@python3 harness/arch_traps.py --kernel build/$(CONFIG)/postern.elf --image build/$(CONFIG)/systems/hello.img

# Small changes of arch/x86/*.S, of which a check must notice each: SAMPLE=n of them, drawn
# by SEED, or all.
.PHONY: asm-mutants asm-mutants-test
asm-mutants: $(KERNEL) systems
	@nice python3 harness/asm_mutants.py --config $(CONFIG) --sample $(or $(SAMPLE),all) --seed $(or $(SEED),1) $(MUTANTS)

# A sample, and: what nothing notices is reported.
asm-mutants-test:
	@$(MAKE) --no-print-directory asm-mutants SAMPLE=10 SEED=1
	@python3 harness/test_asm_mutants.py

# The same for its C: SAMPLE=n changes of arch/x86/*.c, drawn by SEED, or all (hours).
# CONFIRM=1: what the quick proof noticed of them is booted, and put to all provers.
.PHONY: c-mutants c-mutants-sample
c-mutants: $(KERNEL) systems
	@nice python3 harness/c_mutants.py --config $(CONFIG) --sample $(or $(SAMPLE),all) --seed $(or $(SEED),1) $(if $(CONFIRM),--confirm) $(MUTANTS)

c-mutants-sample:
	@$(MAKE) --no-print-directory c-mutants SAMPLE=10 SEED=1
