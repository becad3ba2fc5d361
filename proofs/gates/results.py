"""The verdict is about these files, is complete, and says yes.

Catches: results of another text (the specification changed after it was proved, or
the C code), an unproved goal or lemma, a run without goals, a canary that was
proved, a module without its canary `false` that should have one (`ends` in
spectext.py), and a smoke test that failed.
"""
import hashlib


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stale(tree, result, paths, what):
    now = {tree.name(p): digest(p) for p in paths}
    return [f"{what}: {name} is not the text that was proved"
            for name in sorted(set(now) | set(result["files"]))
            if now.get(name) != result["files"].get(name)]


def check(tree):
    return theorems(tree) + wp(tree, "wp") + wp(tree, "smoke")


def theorems(tree):
    result = tree.result("theorems.json")
    if result is None:
        return ["no result of the theorem run (make theorems)"]
    out = stale(tree, result, tree.spec(), "theorems")
    goals = result["goals"]
    out += [f"theorem {g} is not proved" for g, r in goals.items()
            if not r["canary"] and not r["proved"]]
    out += [f"canary {g} was proved: something is inconsistent" for g, r in goals.items()
            if r["canary"] and r["proved"]]
    if not any(not r["canary"] for r in goals.values()):
        out.append("theorems: no goal")
    return out + without_canary(tree, goals)


def without_canary(tree, goals):
    from .spectext import ends
    have = {g.split(":")[1].split(".")[0] for g, r in goals.items() if r["canary"]}
    return [f"module {stem}.{module} has no canary"
            for stem, module in sorted(ends([p for p in tree.spec() if p.parent.name != "canary"]))
            if f"Canary_{stem}_{module}" not in have]


def wp(tree, kind):
    result = tree.result(f"{tree.config}/{kind}.json")
    if result is None:
        return [f"no result of the {kind} run"]
    paths = [tree.path(n) for n in inputs(tree)]
    out = stale(tree, result, [p for p in paths if p.exists()], kind)
    out += [f"{kind}: {g} of {f or 'the lemmas'} is not proved"
            for f, group in result["functions"].items()
            for g, proved in group.items() if not proved]
    out += [f"{kind}: {m}" for m in result["messages"]]
    if not result["functions"]:
        out.append(f"{kind}: no goal")
    return out + (lemmas(tree, result) if kind == "wp" else [])


def inputs(tree):
    core = sorted(tree.name(p) for k in ("*.c", "*.h") for p in tree.path("core").glob(k))
    linked = {line.split(":")[0] for line in tree.read("proofs/linked.txt").splitlines()
              if ":" in line.split("#")[0]} - {"glue"}
    return core + [f"spec/{f}.mlw" for f in sorted(linked)] + \
        [f"proofs/bridge/{n}" for n in ("spec.acsl.h", "abs.acsl.h", "wp.driver", "glue.mlw")] + \
        [f"config/{tree.config}/config.h"]


def lemmas(tree, result):
    """Each ACSL lemma has a goal of its own; otherwise it would be an axiom."""
    import re
    proved = set(result["functions"].get("", {}))
    texts = [a.text for s in tree.core() for a in s.annotations]
    texts.append(tree.read("proofs/bridge/abs.acsl.h"))
    names = [n for t in texts for n in re.findall(r"\blemma\s+(\w+)", t)]
    return [f"ACSL lemma {n} has no goal" for n in names if f"lemma_{n}" not in proved]
