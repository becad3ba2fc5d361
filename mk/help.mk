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
  make arch-proof        the boot code's C: no run-time errors, its contracts, and what page
                         tables let a process reach
  make arch-smoke        no contract and no branch of the boot code's C is dead
  make memory-mutants    each bug planted in what builds page tables makes that proof fail
  make audit             everything that is believed without proof, and the figures
  make mutants           each bug planted in the core makes its proof fail: one prover's at a
                         short limit; with CONFIRM=1 that of all, as in make verify
  make mutants SAMPLE=n  each of n small changes of the core does (SEED=k draws others; all;
                         CONFIRM=1: what one prover noticed is put to all, too)
  make spec-mutants      small changes of the theorems, the machine and the contracts are noticed
                         (SAMPLE=n of them, drawn by SEED=k; all: hours)
  make stability         every goal of spec/, core/ and arch/x86/ again under SEEDS=5 seeds, half
                         of the limits, other names and order (FILE=spec/x.mlw or core/x.c: of one)
  make bridge            write anew what is generated from spec/; read the change
  make expected          write the lists of what must be proved anew; read the change
  make tools             the provers and their versions

Looking:
  make report            all of it as pages, build/report/index.html: claim, figures, promises,
                         functions, specification, state diagrams, scenarios, ledger
  make report-test       every link followed, searched, tabbed, measured in headless Chromium
  make coverage          which functions of core/ each scenario runs, in the booted kernel

Testing:
  make scenarios         boot the scenario systems and judge what they report
  make scenarios-nmi     the same under non-maskable interrupts, without SMEP and SMAP
  make scenarios-iso     the same from CD images
  make refusals          wrong boot images are refused, and the kernel says why
  make doors             what the processor holds where the kernel is entered and left
  make arch-traps        what the kernel does when it traps itself, and what it has mapped
  make arch-mutants      each bug planted in the boot code is noticed
  make asm-mutants       each instruction of arch/x86/*.S removed or changed is noticed
                         (SAMPLE=n, SEED=k; all: an hour)
  make c-mutants         small changes of arch/x86/*.c are (the same; all: hours; CONFIRM=1: what
                         the proof noticed is booted, and put to all provers)
  make hosted            random events against the core on the host, under sanitizers
  make oracle            the core on the host does what the machine of spec/, run beside it,
                         does: every field after each event (STEPS=n, a million if not said),
                         the invariant after every tenth (INV_EVERY=n)
  make oracle-replay TRACE=FILE
                         the short trace that make oracle wrote where they differed
  make oracle-inputs     the fuzzer's corpus, or the folder INPUTS=, beside the machine
  make oracle-test       all of these, and: faults planted in the core and in the oracle are found
  make fuzz              events that coverage chooses, on the host (RUNS=n)
  make fuzz-corpus       keep what was found that reaches more of the core
  make reached           the branches of the core that nothing reaches, each with its reason
  make images            mutated boot images on the host: core and machine (COUNT=n SEED=k)
  make image-boots       some of them in QEMU (BOOTS=n)
  make images-test       both
  make replay            the booted kernel does what the machine does at every entry of the scenarios
                         (CONFIG=small takes half a minute, default some minutes; not large)
  make soak              the same while hostile processes, drawn at random, call the kernel
                         (CALLS=n, 200,000 if not said; SEED=k; RESUME=1 goes on with
                         build/small/soak.json, JSON=FILE is another file)
  make soak-test         faults planted in kernel, recorder and machine are reported by that
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
