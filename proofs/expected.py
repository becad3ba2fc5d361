#!/usr/bin/env python3
"""Write the committed lists of what must be proved (proofs/expected/) from the last
results, and the list of what the theorems say from spec/. Read the difference before you commit it: the lists are a part of the claim.
"""
import json
import pathlib

from gates import common, statements

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTS = ROOT / "proofs" / "expected"
ABOUT = {
    "theorems": "# Every goal of spec/ that must be proved.\n",
    "canaries": "# Goals that no prover may prove: false variants of the promises, and\n"
                "# `false` in every module with axioms and every one that no other uses.\n",
    "functions": "# Functions of core/ and how many goals each has at least.\n",
    "statements": "# The text of every theorem of spec/top.mlw, and of each definition behind it that is\n"
                  "# not compared with the C code; and what arch/x86 claims about memory. What changes here changes what is claimed.\n",
    "smoke": "# Functions of core/ and how many smoke tests each has at least.\n",
}


def write(name, entries):
    LISTS.mkdir(exist_ok=True)
    (LISTS / f"{name}.txt").write_text(ABOUT[name] + "\n".join(sorted(entries)) + "\n")
    print(f"proofs/expected/{name}.txt: {len(entries)} entries")


def main():
    theorems = ROOT / "build" / "theorems.json"
    if theorems.exists():
        goals = json.loads(theorems.read_text())["goals"]
        write("theorems", [g for g, r in goals.items() if not r["canary"]])
        write("canaries", [g for g, r in goals.items() if r["canary"]])
    tree = common.Tree(ROOT)
    write("statements", statements.statements(tree) + statements.memory(tree))
    for kind, name in (("wp", "functions"), ("smoke", "smoke")):
        result = ROOT / "build" / "default" / f"{kind}.json"
        if result.exists():
            functions = json.loads(result.read_text())["functions"]
            write(name, [f"{f or '(lemmas)'} {len(g)}" for f, g in functions.items()])


if __name__ == "__main__":
    main()
