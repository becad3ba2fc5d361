"""What the core assumes of its callers stands in the ledger.

Catches: a function with a precondition that nothing in core/ calls and the ledger
does not name: nobody would prove its precondition. And a call of such a function from
a file that the ledger does not name, or the name of a file that does not call it.
"""
import re


def roots(sources):
    bodies = [f for s in sources for f in s.functions if f.defined]
    called = set()
    for f in bodies:
        called |= set(re.findall(r"\b(\w+)\s*\(", f.body)) - {f.name}
    return {f.name: f for f in bodies if f.name not in called}


def callers(tree, name):
    """The files of arch/ that name a function in code, C or assembly."""
    out = {s.name for s in tree.arch() for f in s.functions if re.search(rf"\b{name}\b", f.body)}
    return out | {tree.name(p) for p in tree.path("arch").rglob("*.S")
                  if re.search(rf"\b{name}\b", re.sub(r"/\*.*?\*/", "", p.read_text(), flags=re.S))}


def check(tree):
    entries = {e["function"]: set(e.get("callers", [])) for e in tree.ledger().get("entry", [])}
    out = roots_listed(tree, set(entries))
    for name, named in entries.items():
        found = callers(tree, name)
        where = f"proofs/ledger.toml: entry `{name}`"
        out += [f"{where}: {file} calls it and is not named" for file in sorted(found - named)]
        out += [f"{where}: {file} does not call it" for file in sorted(named - found)]
    return out


def roots_listed(tree, listed):
    found = roots(tree.core())
    out = [f"{f.file}:{f.line}: {f.name} is called from outside core/ and is not in the ledger (entry)"
           for f in found.values() if f.name not in listed]
    return out + [f"proofs/ledger.toml: entry `{n}` is not a root of core/"
                  for n in listed if n not in found]
