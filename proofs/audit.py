#!/usr/bin/env python3
"""Print the trust ledger: everything that is believed without proof, each with its
reason and its test, and how much proof text there is.

  audit.py            the ledger and the figures
  audit.py --flags    the flags and drivers as they are now, in the ledger's own form
"""
import hashlib
import json
import pathlib
import re
import sys

from gates.common import Tree, plain
from gates.flags import commands

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTIONS = [("assembly", "symbol", "assembly routines and single instructions"),
            ("contract", "function", "contracts of functions without a body"),
            ("entry", "function", "preconditions that nothing in core/ proves"),
            ("text", "file", "trusted text"),
            ("assumption", "name", "assumptions")]


def ledger(tree):
    found = tree.ledger()
    for section, key, title in SECTIONS:
        print(f"\n{title}")
        for e in found.get(section, []):
            more = f" (+{len(e['more'])})" if e.get("more") else ""
            print(f"  {e[key]}{more}: {e['reason']}\n      test: {e['test']}")
    print("\ntheories of Why3\n  " + ", ".join(found["why3"]["theories"]))
    print("undefined on purpose\n  " + ", ".join(found["why3"]["undefined"]))
    print("tools\n  " + ", ".join(f"{t} {v}" for t, v in found["tools"].items()))
    for tool, words in found["flags"].items():
        print(f"flags of {tool}\n  " + " ".join(words))


def code_lines(text):
    return sum(bool(line.strip()) for line in text.splitlines())


def figures(tree):
    """Lines of C and of proof text, without empty lines and prose."""
    c = annotation = 0
    for source in tree.core():
        c += code_lines(source.code)
        annotation += sum(code_lines(a.text) for a in source.annotations)
    step = theorem = 0
    linked = {line.split(":")[0] for line in tree.read("proofs/linked.txt").splitlines()
              if ":" in line.split("#")[0]}
    for path in sorted(tree.path("spec").rglob("*.mlw")):
        n = code_lines(plain(path))
        step, theorem = (step + n, theorem) if path.stem in linked else (step, theorem + n)
    assembly = sum(code_lines(re.sub(r"/\*.*?\*/", "", p.read_text(), flags=re.S))
                   for p in tree.path("arch").rglob("*.S"))
    proof = annotation + step + theorem
    print(f"\ncore C {c} lines; annotations {annotation}; spec, linked {step}; spec, theorems "
          f"{theorem}\nproof text per line of core C: {proof / max(c, 1):.2f} (at most 3)"
          f"\nassembly {assembly} lines (at most 300)")
    return proof <= 3 * c


def current(tree):
    """[flags] and [drivers] as they are, to be pasted after a review."""
    print("[flags]")
    for tool, words in commands(tree).items():
        print(f"{tool} = {json.dumps(words, indent=1)}")
    print("\n[drivers]")
    for p in sorted(tree.path("proofs/why3").iterdir()):
        if p.suffix in (".drv", ".gen"):
            print(f'"{p.name}" = "{hashlib.sha256(p.read_bytes()).hexdigest()[:16]}"')


def main():
    tree = Tree(ROOT)
    if "--flags" in sys.argv:
        current(tree)
        return
    ledger(tree)
    figures(tree)


if __name__ == "__main__":
    main()
