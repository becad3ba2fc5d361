"""Every function without a body is in the ledger, with its contract and its test.

Catches: a prototype whose contract is believed because nothing defines it,
a definition in assembly that is not listed, and entries of the ledger that no longer
exist.
"""


def bodiless(tree):
    sources = tree.core() + tree.arch()
    defined = {f.name for s in sources for f in s.functions if f.defined and not has_asm(f)}
    return {f.name: f for s in sources for f in s.functions
            if not f.defined and f.name not in defined}


def has_asm(function):
    return "asm" in function.body


def check(tree):
    listed = {e["function"]: e for e in tree.ledger().get("contract", [])}
    found = bodiless(tree)
    out = [f"{f.file}:{f.line}: {f.name} has no body and is not in the ledger (contract)"
           for f in found.values() if f.name not in listed]
    out += [f"{f.file}:{f.line}: {f.name} is believed and has no contract"
            for f in found.values() if not f.contract]
    out += [f"proofs/ledger.toml: contract `{name}` names no function without body"
            for name in listed if name not in found]
    return out
