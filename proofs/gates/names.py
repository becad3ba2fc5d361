"""What was proved is what the committed lists say (proofs/expected/).

Catches: a theorem, function or promise that vanished, one that was renamed or added
without a look, a function with fewer goals than before (an emptied contract proves 0
of 0) or with fewer smoke tests, and a promise without theorem or without canary.
"""
from .common import lines


def check(tree):
    return theorems(tree) + functions(tree) + promises(tree)


def differ(what, listed, found):
    return [f"{what} {n} is gone (proofs/expected)" for n in sorted(listed - found)] + \
        [f"{what} {n} is not in proofs/expected" for n in sorted(found - listed)]


def theorems(tree):
    result = tree.result("theorems.json")
    if result is None:
        return []
    out = []
    for what, canary in (("theorem", False), ("canary", True)):
        found = {g for g, r in result["goals"].items() if r["canary"] == canary}
        name = {"theorem": "theorems", "canary": "canaries"}[what]
        out += differ(what, set(lines(tree.path(f"proofs/expected/{name}.txt"))), found)
    return out


def functions(tree):
    found, out = counted(tree, "wp", "functions", "goals")
    defined = {f.name for s in tree.core() for f in s.functions if f.defined}
    out += [f"function {f} of core/ has no goal" for f in sorted(defined - found)] if found else []
    return out + counted(tree, "smoke", "smoke", "smoke tests")[1]


def counted(tree, kind, name, what):
    """The functions of a run; how they and their numbers differ from the committed list."""
    result = tree.result(f"{tree.config}/{kind}.json")
    if result is None:
        return set(), []
    listed = {}
    for line in lines(tree.path(f"proofs/expected/{name}.txt")):
        function, count = line.split()
        listed[function] = int(count)
    found = {f or "(lemmas)": len(g) for f, g in result["functions"].items()}
    out = differ(f"function (in {name}.txt)", set(listed), set(found))
    return set(found), out + [
        f"function {f} has {found[f]} {what}, and had {n}" for f, n in sorted(listed.items())
        if f in found and found[f] < n]


def promises(tree):
    result = tree.result("theorems.json")
    if result is None:
        return []
    proved = {g.split(".")[-1].split("#")[0] for g, r in result["goals"].items()
              if r["proved"] and not r["canary"]}
    canaries = {g.split(".")[-1] for g, r in result["goals"].items() if r["canary"]}
    out = []
    for name in lines(tree.path("proofs/expected/promises.txt")):
        if name not in proved:
            out.append(f"promise {name}: no theorem of this name is proved")
        if not any(c.startswith(name) for c in canaries):
            out.append(f"promise {name}: no canary `{name}...`")
    return out
