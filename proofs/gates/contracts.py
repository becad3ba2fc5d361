"""Every function of core/ says what it needs, changes and does, and that it ends.

Catches: functions without contract, for which Frama-C invents one that changes
nothing; missing `terminates`, `assigns` or `ensures`; loops without variant, invariant
or `loop assigns`. A function without `requires` needs nothing.
"""
import re

NEEDED = ("assigns", "ensures", "terminates")
LOOP = ("loop invariant", "loop assigns", "loop variant")


def check(tree):
    import csource
    sources = tree.core()
    contracts, out = csource.contracts(sources), []
    for source in sources:
        for function in source.functions:
            if function.defined:
                out += missing(function, contracts[function.name])
            out += [f"{function.file}:{line}: loop of {function.name} has no `{clause}`"
                    for line, text in function.loops for clause in LOOP
                    if not re.search(clause.replace(" ", r"\s+"), text)]
    return out


def missing(function, contract):
    where = f"{function.file}:{function.line}: {function.name}"
    out = [f"{where} has no `{clause}`" for clause in NEEDED
           if not re.search(rf"\b{clause}\b", contract)]
    ends = re.search(r"\bterminates\s+([^;]*);", contract)
    if ends and ends[1].strip() != "\\true":
        out.append(f"{where}: `terminates {ends[1].strip()}` instead of \\true")
    return out
