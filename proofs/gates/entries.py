"""What the core assumes of its callers stands in the ledger (B.4 P20).

Catches: a function with a precondition that nothing in core/ calls and the ledger
does not name: nobody would prove its precondition.
"""
import re


def roots(sources):
    bodies = [f for s in sources for f in s.functions if f.defined]
    called = set()
    for f in bodies:
        called |= set(re.findall(r"\b(\w+)\s*\(", f.body)) - {f.name}
    return {f.name: f for f in bodies if f.name not in called}


def check(tree):
    listed = {e["function"] for e in tree.ledger().get("entry", [])}
    found = roots(tree.core())
    out = [f"{f.file}:{f.line}: {f.name} is called from outside core/ and is not in the ledger (entry)"
           for f in found.values() if f.name not in listed]
    return out + [f"proofs/ledger.toml: entry `{n}` is not a root of core/"
                  for n in listed if n not in found]
