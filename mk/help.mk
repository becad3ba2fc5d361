# What there is to make. `make check-docs` holds the list against the rules.
define HELP
The two commands that matter:
  make verify            prove everything, then boot what was proved; ends with yes or what failed
  make test              the same and every test; ends with N passed, N failed

Running:
  make run               boot the demonstration, console on the terminal; Ctrl-A X leaves
  make run SYSTEM=user/systems/NAME.toml
                         boot that system
  make bench             instruction counts of system calls, messages and faults
  make bounds            the most instructions that a kernel entry can take
  make iso               a GRUB CD image of a system (SYSTEM= as above)
  make build             the kernel
  make programs          the user programs
  make systems           the boot images of all systems

Proving:
  make prove FILE=core/send.c
                         prove one file of core/, spec/ or arch/x86/; core/ and spec/ with
                         remembered answers
  make theorems          the theorems about the abstract machine
  make proof             theorems, then: the C code does what the machine does
  make smoke             no contract and no branch is dead
  make gates             what could make a false proof look green
  make arch-proof        the boot code's C: no run-time errors, and its contracts
  make audit             everything that is believed without proof, and the figures
  make mutants           each bug planted in the core makes its proof fail
  make mutants SAMPLE=n  each of n small changes of the core does (SEED=k draws others; all)
  make stability         every goal of spec/ and core/ again under SEEDS=5 seeds, half of the
                         limits, other names and order (FILE=spec/x.mlw or core/x.c: of one)
  make bridge            write anew what is generated from spec/; read the change
  make expected          write the lists of what must be proved anew; read the change
  make tools             the provers and their versions

Testing:
  make scenarios         boot the scenario systems and judge what they report
  make scenarios-nmi     the same under non-maskable interrupts, without SMEP and SMAP
  make scenarios-iso     the same from CD images
  make refusals          wrong boot images are refused, and the kernel says why
  make doors             what the processor holds where the kernel is entered and left
  make arch-traps        what the kernel does when it traps itself, and what it has mapped
  make arch-mutants      each bug planted in the boot code is noticed
  make hosted            random events against the core on the host, under sanitizers
  make oracle            the core on the host does what the machine of spec/, run beside it,
                         does: every field after each event (STEPS=n, a million if not said)
  make oracle-test       the same, and: faults planted in the core and in the oracle are noticed
  make test-tools        the host tool: system files, ELF files, boot images
  make gates-test        each gate fires when what it looks for is planted
  make lint              rules of the house
  make check-docs        the documents name what there is

  make clean             remove build/
  make help              this text

CONFIG=small, large (default: default) selects table sizes from config/ for every target.
endef
export HELP

.PHONY: help check-docs
help:
	@printf '%s\n' "$$HELP"

check-docs:
	@python3 harness/check_docs.py --self-test
	@python3 harness/check_docs.py
