#!/usr/bin/env python3
"""Everything that is tested, one part after the other: `make test`.

Each part is a make target. A part passes if its command succeeds; its output is shown
as it comes. For the parts that failed the lines that say why come once more at the end,
before the last line, `N passed, N failed`.
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "proofs"))
import reasons  # noqa: E402

LINES = 40  # for all that failed
# what, make target, configuration
PARTS = [
    ("the verdict: proofs, gates, scenarios", "verify", "default"),
    ("rules of the house", "lint", "default"),
    ("the trust ledger, and how much proof text there is", "audit", "default"),
    ("documents name what there is", "check-docs", "default"),
    ("the host tool", "test-tools", "default"),
    ("random events on the host, the invariant after each", "hosted", "default"),
    ("wrong boot images are refused", "refusals", "default"),
    ("the processor's state at the kernel's doors", "doors", "default"),
    ("what the kernel does when it traps itself, and what it has mapped", "arch-traps", "default"),
    ("scenarios under non-maskable interrupts", "scenarios-nmi", "default"),
    ("scenarios from a GRUB CD image", "scenarios-iso", "default"),
    ("scenarios with 8 processes", "scenarios", "small"),
    ("scenarios with 4,096 processes", "scenarios", "large"),
    ("the same from a GRUB CD image", "scenarios-iso", "small"),
    ("the same from a GRUB CD image", "scenarios-iso", "large"),
    ("counted cost", "bench", "default"),
    ("the boot code is free of run-time errors", "arch-proof", "default"),
    ("bugs planted in the boot code are noticed", "arch-mutants", "default"),
    ("bugs planted in the core make its proof fail", "mutants", "default"),
    ("the gates fire", "gates-test", "default"),
]


def run(target, config):
    return reasons.run(["make", "--no-print-directory", f"CONFIG={config}", target])


def summary(passed, failed):
    """failed: {name: lines of output}"""
    share, out = max(LINES // max(len(failed), 1) - 1, 2), []
    for name, lines in failed.items():
        out += [f"failed: make {name}"] + [f"    {line}" for line in reasons.reasons(lines, share)]
    return out + [f"{passed} passed, {len(failed)} failed"]


def main():
    wanted = sys.argv[1:]
    failed, passed = {}, 0
    for what, target, config in PARTS:
        if wanted and target not in wanted:
            continue
        name = target if config == "default" else f"{target} CONFIG={config}"
        print(f"\n#### {name}: {what}", flush=True)
        start = time.monotonic()
        status, lines = run(target, config)
        print(f"#### {name}: {'FAILED' if status else 'passed'}, {time.monotonic() - start:.0f} s",
              flush=True)
        passed += status == 0
        if status:
            failed[name] = lines
    print("\n" + "\n".join(summary(passed, failed)))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
