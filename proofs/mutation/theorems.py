"""The theorems as a killer: those that are likeliest to fail first, until one does."""
import argparse
import pathlib
import re

import search
import theorems as prover
import whyml
from gates import common, spectext

from .score import ROOT

LIMIT = 1.0


def modules():
    """{(file's stem, module): its text without comments}"""
    return {(p.stem, name): body for p in sorted((ROOT / "spec").glob("*.mlw"))
            for name, _, body in spectext.modules(common.plain(p))}


def dependents(module):
    """The modules that use this one, at some remove, and itself; the nearest first."""
    texts, out, front = modules(), [], [module]
    uses = {m: {tuple(u.split(".")) if "." in u else (m[0], u) for _, u in whyml.used(body)}
            | {tuple(c.split(".")) if "." in c else (m[0], c) for c in re.findall(spectext.CLONE, body)}
            for m, body in texts.items()}
    while front:
        out += front
        front = sorted(m for m, used in uses.items() if used & set(front) and m not in out)
    return out


def statement(texts, goal):
    """The text of a goal, as far as it is a lemma."""
    body = texts.get((pathlib.Path(goal.file).stem, goal.module), "")
    found = re.search(rf"\b(?:lemma|goal|axiom)\s+{re.escape(goal.name)}\b.*?(?=^\s*(?:lemma|goal|axiom|let|use"
                      r"|clone|predicate|function|end)\b|\Z)", body, re.M | re.S)
    return found[0] if found else ""


class Theorems:
    name = "theorems"

    def __init__(self, most):
        self.most, self.texts = most, modules()
        self.options = argparse.Namespace(limit=LIMIT, no_split=False, slow=float("inf"))

    def notice(self, change, spec):
        """Of the theorems of the modules that use the changed one: those that name it first."""
        printer, runner, tried = search.Printer([str(spec)]), search.Runner(cache=True), 0
        near, here = dependents(change.module), f"{spec.relative_to(ROOT)}/"
        known = {here + name: hint for name, hint in prover.hints().items()}   # what proved it unchanged
        for named in (True, False):
            for file in dict.fromkeys(m[0] for m in near):
                path = spec / f"{file}.mlw"
                for goal in self.goals(printer, path, {m for f, m in near if f == file}):
                    if self.names(goal, change.symbol) != named:
                        continue
                    if tried == self.most:
                        return ""
                    tried += 1
                    if not prover.attempt(goal, path, printer, runner, self.options, known)["proved"]:
                        return str(goal).removeprefix(here)
        return ""

    def goals(self, printer, path, wanted):
        return [g for g in printer.goals(path, prover.provers.PLAIN) if g.module in wanted]

    def names(self, goal, symbol):
        return re.search(rf"\b{symbol}\b", statement(self.texts, goal)) is not None
