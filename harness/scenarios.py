#!/usr/bin/env python3
"""Boot the scenario systems and judge what their processes report.

Each process checks what it sees and says "ok NAME" or "FAIL NAME" through the
reporter. A system passes if it ended by itself, nothing failed, and the names are
exactly those of harness/expected/SYSTEM.txt: a scenario that did nothing is missed.
The kernel's own lines must be those that this image and processor make (log_lines.py),
except from a CD image, where a boot loader speaks first.
"""
import argparse
import json
import re
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import log_lines
import qemu

EXPECTED = Path(__file__).parent / "expected"
VERDICT = re.compile(r"^[^:\n]+: (ok|FAIL) (\S+?)(?::.*)?$", re.M)


@dataclass
class Verdict:
    system: str
    checks: int = 0
    seconds: float = 0.0
    faults: list = field(default_factory=list)  # lines that say what is wrong
    log: str = ""

    @property
    def passed(self):
        return not self.faults


def expected_names(system):
    path = EXPECTED / f"{system}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def verdicts(log):
    """All that was reported, in order: (ok or FAIL, name, whole line)."""
    return [(m[1], m[2], m[0]) for m in VERDICT.finditer(log)]


def judge(system, result, expected, said=""):
    """What is wrong with a run, line by line; nothing if it passed. `said`: the kernel's own lines, if they are known."""
    reported = verdicts(result.serial)
    faults = [line for kind, _, line in reported if kind == "FAIL"]
    seen = Counter(name for _, name, _ in reported)
    wanted = Counter(expected)
    faults += [f"not reported: {name}" for name in (wanted - seen)]
    faults += [f"reported, but not in expected/{system}.txt: {name}" for name in (seen - wanted)]
    wrong = said and log_lines.difference_at_first(result.written, said)
    if wrong:
        faults.append(wrong)
    if not result.passed:
        faults.append(result.describe())
    return Verdict(system, len(reported), result.seconds, faults, result.serial)


def run(system, machine):
    try:
        result = qemu.boot(machine)
        return judge(system, result, expected_names(system), log_lines.booted_by(machine))
    except (qemu.QemuError, OSError) as error:
        return Verdict(system, faults=[str(error)])


def machine(args, system):
    options = dict(cpu=args.cpu, memory=args.memory, timeout=args.timeout, nmi=args.nmi)
    if args.iso:
        return qemu.Machine(iso=str(args.iso / f"{system}.iso"), **options)
    return qemu.Machine(kernel=str(args.kernel), image=str(args.images / f"{system}.img"), **options)


def update(system, result_log):
    """Write down what was reported as what is expected: to be reviewed as a change."""
    names = [name for _, name, _ in verdicts(result_log)]
    (EXPECTED / f"{system}.txt").write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")


def show(verdict):
    state = "ok" if verdict.passed else "FAILED"
    print(f"  {verdict.system:<12} {verdict.checks:4} checks {verdict.seconds:6.1f} s  {state}", flush=True)
    for line in verdict.faults:
        print(f"    {line}")
    if not verdict.passed and verdict.log:
        print("    the log ended with:")
        for line in verdict.log.splitlines()[-8:]:
            print(f"      {line}")


def summary(all_verdicts):
    passed = sum(v.passed for v in all_verdicts)
    checks = sum(v.checks for v in all_verdicts)
    failed = len(all_verdicts) - passed
    return f"scenarios: {passed} systems passed, {failed} failed, {checks} checks"


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("systems", nargs="*", help="default: all that have a file in harness/expected")
    p.add_argument("--kernel", type=Path, help="kernel, booted by PVH")
    p.add_argument("--images", type=Path, help="folder of boot images, for --kernel")
    p.add_argument("--iso", type=Path, help="folder of ISO images, booted by their GRUB instead")
    p.add_argument("--cpu", default="max")
    p.add_argument("--memory", type=int, help="MB")
    p.add_argument("--timeout", type=float, default=60, help="seconds for each system")
    p.add_argument("--nmi", type=float, metavar="SECONDS", help="inject an NMI so often")
    p.add_argument("--json", type=Path, help="write the verdicts there")
    p.add_argument("--update", action="store_true", help="rewrite the expected names")
    args = p.parse_args()
    if not args.iso and not (args.kernel and args.images):
        p.error("expected --kernel and --images, or --iso")
    return args


def main():
    args = arguments()
    if not shutil.which(qemu.QEMU):
        print(f"scenarios.py: {qemu.MISSING}", file=sys.stderr)
        return 2
    systems = args.systems or sorted(path.stem for path in EXPECTED.glob("*.txt"))
    found = []
    for system in systems:
        if args.update:
            update(system, qemu.boot(machine(args, system)).serial)
        found.append(run(system, machine(args, system)))
        show(found[-1])
    print(summary(found))
    if args.json:
        args.json.write_text(json.dumps([
            {"system": v.system, "passed": v.passed, "checks": v.checks, "seconds": round(v.seconds, 2)}
            for v in found], indent=1) + "\n", encoding="utf-8")
    return 0 if found and all(v.passed for v in found) else 1


if __name__ == "__main__":
    sys.exit(main())
