"""Facts of an opaque interface module count only when a clone proves every one.

Catches: a module with axioms that the ledger does not name with the clone that proves
them; proofs in a circle: a clone that rests on the facts that it proves, itself or by way
of other interfaces; a module with axioms that nobody clones, a clone without `goal .` (or `lemma .`), which
would make its axioms stay axioms, a clone that leaves a symbol of the interface
open, and axioms whose goals the theorem run did not prove: each of them would stay an axiom.
"""
import pathlib
import re

from .common import plain, whyml
from .spectext import interface, modules


def interfaces(tree):
    """{file.Module: (axioms, abstract symbols, file)}"""
    out = {}
    for path in tree.spec():
        for name, _, body in modules(plain(path)):
            if interface(body):
                axioms = re.findall(r"^\s*axiom\s+([\w']+)", body, re.M)
                symbols = [m[1] for m in re.finditer(
                    r"^\s*(?:predicate|function|type|constant)\s+(\w+)([^\n=]*)$", body, re.M)]
                out[f"{path.stem}.{name}"] = (axioms, symbols, tree.name(path))
    return out


def clones(tree):
    """[(cloned module, substitution text, cloning module, file)]"""
    out = []
    for path in tree.spec():
        for name, _, body in modules(plain(path)):
            body = re.sub(r",\s+", ", ", body)   # a substitution may go on in the next line
            for found in re.finditer(r"\bclone\s+(?:import\s+|export\s+)?([\w.]+)(.*?)"
                                     r"(?=^\s*(?:clone|use|lemma|goal|axiom|function|predicate|let"
                                     r"|constant|type|end|meta|module)\b|\Z)", body, re.M | re.S):
                full = found[1] if "." in found[1] else f"{path.stem}.{found[1]}"
                out.append((full, found[2], name, tree.name(path)))
    return out


def check(tree):
    found, out = interfaces(tree), []
    for full, text, module, file in clones(tree):
        if full in found and not re.search(r"\b(?:goal|lemma)\s+\.", text):
            out.append(f"{file}: module {module} clones {full} without `goal .`")
    proofs = {}
    for full, (axioms, symbols, file) in found.items():
        good = [(module, place) for name, text, module, place in clones(tree)
                if name == full and re.search(r"\b(?:goal|lemma)\s+\.", text)
                and all(re.search(rf"\b(predicate|function|type|constant)\s+{s}\s*=", text)
                        for s in symbols) and not module.startswith("Canary")]
        if not good:
            out.append(f"{file}: no clone proves the axioms of {full} (needs `goal .` and a "
                       f"definition for each of: {', '.join(symbols)})")
            continue
        out += unproved(tree, full, axioms, good)
        proofs[full] = {f"{pathlib.Path(place).stem}.{module}" for module, place in good}
    return out + circles(tree, proofs) + unlisted(tree, proofs)


def uses(tree):
    """{module: the modules that it uses, through others too, itself among them}"""
    direct = {f"{path.stem}.{name}": {m if "." in m else f"{path.stem}.{m}"
                                       for _, m in whyml.used(body)}
              for path in tree.spec() for name, _, body in modules(plain(path))}

    def reach(start):
        seen, front = set(), {start}
        while front:
            seen |= front
            front = {u for m in front for u in direct.get(m, ())} - seen
        return seen
    return {m: reach(m) for m in direct}


def circles(tree, proofs):
    """Interfaces whose proof rests, at some remove, on their own facts."""
    seen = uses(tree)
    rests = {full: {i for m in by for i in seen.get(m, set()) & set(proofs)}
             for full, by in proofs.items()}
    for middle in proofs:
        for full in proofs:
            if middle in rests[full]:
                rests[full] |= rests[middle]
    return [f"{full}: proved in a circle, from its own facts" for full in proofs
            if full in rests[full]]


def unlisted(tree, proofs):
    listed = {e["module"]: e["clone"] for e in tree.ledger().get("interface", [])}
    return ([f"{full}: not in the ledger as proved by {', '.join(sorted(by))}"
             for full, by in proofs.items() if listed.get(full) not in by]
            + [f"ledger: {full} is no interface that a clone proves"
               for full in listed if full not in proofs])


def unproved(tree, full, axioms, places):
    result = tree.result("theorems.json")
    if result is None:
        return []   # gate `results` says so
    proved = {g for g, r in result["goals"].items() if r["proved"]}
    best = None
    for module, file in places:
        key = f"{file.removeprefix('spec/')}:{module}."
        left = [a for a in axioms if key + a not in proved]
        best = left if best is None or len(left) < len(best) else best
    return [f"{full}: axiom {a} is proved by no clone" for a in best]
