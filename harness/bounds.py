#!/usr/bin/env python3
"""How many instructions can a kernel entry take? A bound for each, from the linked kernel.

The kernel's machine code is read (objdump -dl), and from each entry the longest path is taken
(paths.py). Of the core alone, each operation has a bound of its own (operations.py), beside the
most that a soak counted.

  bounds.py [--config NAME] [--kernel FILE] [--out FOLDER]

Writes bounds.json, bounds_functions.json and bounds_operations.json to build/CONFIG or FOLDER;
fails if a count of build/bench.json, or of the soak (proofs/data/soak.json, or the file that
--soak names), is above its bound.
"""
import argparse
import json
import os
import pathlib
import sys

import operations
from paths import ROOT, BoundError, Bounds, Code, Rounds

ENTRIES = {"syscall_entry": "system call", "vectors": "exception or interrupt",
           "debug_entry": "debug trap", "nmi_entry": "non-maskable interrupt"}


def bench(path, limit):
    """(what, the most instructions that it took, their bound) of each count of `make bench`."""
    counts = json.loads(path.read_text()) if path.exists() else {}
    return [(name, r["max"], limit) for name, r in counts.items()]


def soak(path):
    """The same of each operation of the core."""
    return operations.rows(json.loads(path.read_text()).get("operations", {}) if path.exists() else {})


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    p.add_argument("--kernel", type=pathlib.Path)
    p.add_argument("--bench", type=pathlib.Path, default=ROOT / "build" / "bench.json")
    p.add_argument("--soak", type=pathlib.Path, default=ROOT / "proofs" / "data" / "soak.json")
    p.add_argument("--out", type=pathlib.Path)
    return p.parse_args()


def main():
    options = arguments()
    kernel = options.kernel or ROOT / "build" / options.config / "postern.elf"
    try:
        code = Code(kernel)
        bounds = Bounds(code, Rounds(options.config))
        found = {name: max(map(bounds.cost, code.starts(name))) for name in ENTRIES}
        rows = soak(options.soak)
    except (BoundError, KeyError) as error:
        sys.exit(f"bounds.py: {error}")
    operations.show(rows)
    for name, number in found.items():
        print(f"  {ENTRIES[name]:28} at most {number:8} instructions")
    for line, (number, name) in sorted(bounds.used.items()):
        print(f"  loop {line:23} at most {number:8} rounds ({name})")
    out = options.out or ROOT / "build" / options.config
    out.mkdir(parents=True, exist_ok=True)
    for name, data in (("bounds", found), ("bounds_functions", bounds.functions()), ("bounds_operations", rows)):
        (out / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n")
    above = [row for row in bench(options.bench, found["syscall_entry"]) + rows if row[1] and row[1] > row[2]]
    for name, number, limit in above:
        print(f"  {name}: {number} instructions were measured, above the bound of {limit}")
    print(f"bounds: {len(found)} entries, {len(rows)} operations"
          + (f", {len(above)} measured counts above the bound" if above else ""))
    sys.exit(1 if above else 0)


if __name__ == "__main__":
    main()
