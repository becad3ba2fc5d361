#!/usr/bin/env python3
"""Print the trust ledger: everything that is believed without proof, each with its
reason and its test, and how much proof text there is. Exit status 0 only if that is
within its limits.

  audit.py            the ledger and the figures
  audit.py --flags    the flags and drivers as they are now, in the ledger's own form
"""
import hashlib
import json
import pathlib
import re
import sys

import closed
from gates.common import Tree, lines, plain
from gates.flags import commands
from gates.interfaces import interfaces
from gates.kernel import ASSEMBLY_LINES as MOST_ASSEMBLY

MOST_PROOF = 3.15  # lines of proof text per line of core C; 2.98 before integrity and no_wedge
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
            called = [f"called by {', '.join(e['callers'])}"] if e.get("callers") else []
            print(f"  {', '.join([e[key]] + e.get('more', []))}: {'; '.join([e['reason']] + called)}"
                  f"\n      test: {e['test']}")
    print("\naxioms of spec/: interfaces, every fact of which a clone proves (nothing is believed)")
    listed = {e["module"]: e["clone"] for e in found["interface"]}
    for module, (facts, _, _) in interfaces(tree).items():
        print(f"  {module}: {len(facts)} facts, proved by {listed.get(module, 'NOTHING LISTED')}")
    print("\nC of arch/x86 that is not proved")
    for line in lines(tree.path("proofs/expected/arch.txt")):
        file, value, *reason = line.split(maxsplit=2)
        if value == "-":
            print(f"  {file}: {reason[0]}")
    print("\ntheories of Why3\n  " + ", ".join(found["why3"]["theories"]))
    print("undefined on purpose\n  " + ", ".join(found["why3"]["undefined"]))
    print("tools\n  " + ", ".join(f"{t} {v}" for t, v in found["tools"].items()))
    for tool, words in found["flags"].items():
        print(f"flags of {tool}\n  " + " ".join(words))
    print("prover drivers and their texts (sha256)\n  "
          + "\n  ".join(f"{d} {h}" for d, h in found["drivers"].items()))


def code_lines(text):
    return sum(bool(line.strip()) for line in text.splitlines())


def c_lines(sources):
    """(lines of C, lines of annotations)"""
    return (sum(code_lines(s.code) for s in sources),
            sum(code_lines(a.text) for s in sources for a in s.annotations))


def spec_lines(tree):
    """(files that define the machine, theorem files, canaries, generated files), as the file's
    stem says. The table that the last are made from counts as theorems."""
    linked = {line.split(":")[0] for line in lines(tree.path("proofs/linked.txt"))}
    table = tree.path("proofs/closed.toml")
    made = {family["file"] for family in closed.table(table)[1].values()}
    out = [0, len(lines(table)), 0, 0]
    for path in sorted(tree.path("spec").rglob("*.mlw")):
        kind = (2 if path.parent.name == "canary" else 3 if path.stem in made
                else 0 if path.stem in linked else 1)
        out[kind] += code_lines(plain(path))
    return out


def count(tree):
    """The figures, by name."""
    headers = [s for s in tree.core() if s.name.endswith(".h")]
    code, annotations = c_lines(tree.core())
    linked, theorems, canaries, closed_facts = spec_lines(tree)
    generated = sum(code_lines(p.read_text()) for p in tree.path("proofs/bridge").iterdir() if p.is_file())
    arch, arch_annotations = c_lines(tree.arch())
    assembly = sum(code_lines(re.sub(r"/\*.*?\*/", "", p.read_text(), flags=re.S))
                   for p in tree.path("arch").rglob("*.S"))
    return {"code": code, "headers": c_lines(headers)[0], "annotations": annotations, "linked": linked,
            "theorems": theorems, "canaries": canaries, "generated": generated, "closed": closed_facts, "arch": arch,
            "arch_annotations": arch_annotations, "assembly": assembly,
            "proof": annotations + linked + theorems + canaries}


def figures(n):
    """Print them; whether they are within the limits."""
    share = n["proof"] / max(n["code"], 1)
    print(f"""
lines, without those that are empty or comment alone
  {n['code']:5} core C: core/*.c, and {n['headers']} of them core/*.h; with annotations taken out
  {n['annotations']:5} annotations in core/
  {n['linked']:5} spec/, the files that the C code is linked to: the machine, and facts about it
  {n['theorems']:5} spec/, the other files, and proofs/closed.toml: theorems
  {n['canaries']:5} spec/canary/
  {n['proof']:5} proof text: the last four together
  {share:5.2f} lines of proof text per line of core C (at most {MOST_PROOF})
not in these figures
  {n['generated']:5} proofs/bridge/: generated from spec/
  {n['closed']:5} spec/, the files that proofs/closed.py generates: facts of the same form about each operation
  {n['arch']:5} arch/x86/ C, with {n['arch_annotations']} of annotations
  {n['assembly']:5} arch/x86/ assembly (at most {MOST_ASSEMBLY})""")
    return share <= MOST_PROOF and n["assembly"] <= MOST_ASSEMBLY


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
    sys.exit(0 if figures(count(tree)) else "audit: more than the limit says")


if __name__ == "__main__":
    main()
