#!/usr/bin/env python3
"""Boot the scenario systems with the debug image, and see that the machine of spec/ does the
same at every kernel entry.

  replay.py [--config NAME] [SYSTEM ...]      default: all scenarios of that configuration
"""
import argparse
import os
import sys
import time
from pathlib import Path

import session
sys.path.insert(0, str(session.ROOT / "harness"))
import qemu  # noqa: E402
import scenarios  # noqa: E402


def verdict(system, run):
    """What is wrong with a run, line by line; nothing if it is well."""
    if not run.agreed:
        return run.said.rstrip().splitlines() + \
            [f"again: make replay CONFIG={os.environ['CONFIG']} SYSTEM=user/systems/{system}.toml"]
    result = qemu.Result(run.serial, run.code, 0 if run.code is None else 2 * run.code + 1, 0)
    expected = scenarios.EXPECTED / f"{system}.txt"
    if expected.exists():
        return scenarios.judge(system, result, scenarios.expected_names(system)).faults
    return [] if result.passed else [result.describe()]


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("systems", nargs="*")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    return p.parse_args()


def main():
    args = arguments()
    os.environ["CONFIG"] = args.config
    build = session.ROOT / "build" / args.config
    systems = args.systems or sorted(path.stem for path in scenarios.EXPECTED.glob("*.txt"))
    entries = bad = 0
    for system in systems:
        start = time.monotonic()
        try:
            run = session.play(build / "debug.elf", build / "systems" / f"{system}.img",
                               build / "replay" / "replay")
        except (qemu.QemuError, OSError) as error:
            sys.exit(f"replay.py: {error}")
        wrong = verdict(system, run)
        entries += run.figures.get("entries", 0)
        bad += bool(wrong)
        print(f"  {system:<12} {run.figures.get('entries', 0):7} entries {time.monotonic() - start:6.1f} s  "
              f"{'FAILED' if wrong else 'ok'}", flush=True)
        for line in wrong:
            print(f"    {line}")
    print(f"replay: {len(systems) - bad} of {len(systems)} systems: the booted kernel did what spec/step.mlw does, "
          f"at {entries} entries" if not bad else f"replay: {bad} of {len(systems)} systems FAILED")
    sys.exit(1 if bad or not systems else 0)


if __name__ == "__main__":
    main()
