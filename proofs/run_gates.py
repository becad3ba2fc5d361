#!/usr/bin/env python3
"""Run the gates (proofs/gates/): each looks for one way in which a false green can
arise, and says what it found. Exit status 0 only if every gate is silent.

  run_gates.py [gate ...]      --text: only the gates that need no results and no build
"""
import argparse
import importlib
import pathlib
import sys

from gates.common import Tree

TEXT = ["annotations", "definitions", "macros", "ccode", "contracts", "prototypes", "entries", "spectext",
        "interfaces", "statements", "flags", "generated", "versions"]
RESULTS = ["results", "names", "kernel"]


def gate(name, tree):
    return importlib.import_module(f"gates.{name}").check(tree)


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gates", nargs="*")
    p.add_argument("--text", action="store_true")
    p.add_argument("--config", default="default")
    p.add_argument("--root", default=str(pathlib.Path(__file__).resolve().parent.parent))
    p.add_argument("--all", action="store_true", help="every problem, not the first few")
    options = p.parse_args()
    tree, bad = Tree(options.root, options.config), 0
    shown = 10**6 if options.all else 20
    for name in options.gates or TEXT + ([] if options.text else RESULTS):
        found = gate(name, tree)
        bad += bool(found)
        print(f"gate {name:12} {'ok' if not found else f'{len(found)} problems'}", flush=True)
        for line in found[:shown]:
            print(f"  {line}")
        if len(found) > shown:
            print(f"  and {len(found) - shown} more (run_gates.py --all {name})")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
