"""Facts of an opaque interface module count only when a clone proves every one.

Catches: a module with axioms that nobody clones, a clone without `goal .` (or `lemma .`), which
would make its axioms stay axioms, a clone that leaves a symbol of the interface
open, and axioms whose goals the theorem run did not prove: each of them would stay an axiom.
"""
import re

from .common import plain
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
    return out


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
