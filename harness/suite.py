#!/usr/bin/env python3
"""Everything that is tested, one part after the other: `make test`.

Each part is a make target. A part passes if its command succeeds. Those that use all
processors, or need one for themselves, come first, one after the other, and show their
output as it comes. The others, which use one, come two at a time; each shows its output when it has ended. For
the parts that failed the lines that say why come once more at the end, before the last
line, `N passed, N failed`.
"""
import concurrent.futures
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "proofs"))
import reasons  # noqa: E402

LINES = 40  # for all that failed
# what, make target, configuration
ALONE = [
    ("the verdict: proofs, gates, scenarios", "verify", "default"),
    ("the processor's state at the kernel's doors", "doors", "default"),
]
# What the others need, so that no two of them build the same file.
BUILT = [(target, config) for config in ("default", "small", "large")
         for target in ("build", "systems", "isos")] + [("oracle-build", "small"), ("soak-build", "small")]
# Those that take longest first.
OTHERS = [
    ("the gates fire", "gates-test", "default"),
    ("bugs planted in the core make its proof fail", "mutants", "default"),
    ("small changes of the core make its proof fail", "mutants-sample", "default"),
    ("small changes of the theorems, the machine and the contracts are noticed", "spec-mutants-sample", "default"),
    ("changed instructions of the boot code are noticed", "asm-mutants-test", "default"),
    ("bugs planted in the boot code are noticed", "arch-mutants-sample", "default"),
    ("the boot code has no run-time errors, its page tables are right", "arch-proof", "default"),
    ("no contract and no branch of the boot code is dead", "arch-smoke", "default"),
    ("bugs planted in what builds page tables break their proof", "memory-mutants-sample", "default"),
    ("counted cost", "bench", "default"),
    ("the report, in a browser; broken pages are noticed", "report-test", "default"),
    ("the most instructions of a kernel entry", "bounds-test", "default"),
    ("scenarios under non-maskable interrupts", "scenarios-nmi", "default"),
    ("scenarios from a GRUB CD image", "scenarios-iso", "default"),
    ("scenarios with 4,096 processes", "scenarios", "large"),
    ("the same from a GRUB CD image", "scenarios-iso", "large"),
    ("scenarios with 8 processes", "scenarios", "small"),
    ("the same from a GRUB CD image", "scenarios-iso", "small"),
    ("wrong boot images are refused", "refusals", "default"),
    ("random events on the host, the invariant after each", "hosted", "default"),
    ("the core does what the machine does, run beside it; planted bugs are noticed",
     "oracle-test", "small"),
    ("mutated boot images, on the host and in QEMU", "images-test", "small"),
    ("the booted kernel does what the machine does, in all scenarios", "replay", "small"),
    ("hostile processes, and the booted kernel does what the machine does", "soak", "small"),
    ("faults planted in the booted kernel, the recorder and the machine are reported", "soak-test", "small"),
    ("what the kernel does when it traps itself, and what it has mapped", "arch-traps", "default"),
    ("the host tool", "test-tools", "default"),
    ("the trust ledger, and how much proof text there is", "audit", "default"),
    ("rules of the house", "lint", "default"),
    ("documents name what there is", "check-docs", "default"),
]
TOGETHER = 2


def make(target, config, quiet=False):
    return reasons.run(["make", "--no-print-directory", f"CONFIG={config}", target], quiet)


def name(target, config):
    return target if config == "default" else f"{target} CONFIG={config}"


class Suite:
    def __init__(self):
        self.passed, self.failed = 0, {}

    def part(self, part, quiet=False):
        """Run one part and say how it went."""
        what, target, config = part
        title = f"#### {name(target, config)}: "
        print(f"\n{title}{what}" if not quiet else f"{title}begun", flush=True)
        start = time.monotonic()
        status, lines = make(target, config, quiet)
        end = f"{title}{'FAILED' if status else 'passed'}, {time.monotonic() - start:.0f} s"
        print("".join([f"\n{title}{what}\n"] + lines if quiet else []) + end, flush=True)
        self.passed += status == 0
        if status:
            self.failed[name(target, config)] = lines

    def together(self, parts):
        if len(parts) > 1:
            for target, config in BUILT:
                status, lines = make(target, config, quiet=True)
                if status:
                    self.failed[name(target, config)] = lines
        with concurrent.futures.ThreadPoolExecutor(TOGETHER) as pool:
            list(pool.map(lambda part: self.part(part, quiet=True), parts))


def summary(passed, failed):
    """failed: {name: lines of output}"""
    share, out = max(LINES // max(len(failed), 1) - 1, 2), []
    for name, lines in failed.items():
        out += [f"failed: make {name}"] + [f"    {line}" for line in reasons.reasons(lines, share)]
    return out + [f"{passed} passed, {len(failed)} failed"]


def main():
    wanted, suite = sys.argv[1:], Suite()

    def chosen(parts):
        return [part for part in parts if not wanted or part[1] in wanted]

    for part in chosen(ALONE):
        suite.part(part)
    suite.together(chosen(OTHERS))
    print("\n" + "\n".join(summary(suite.passed, suite.failed)))
    sys.exit(1 if suite.failed else 0)


if __name__ == "__main__":
    main()
