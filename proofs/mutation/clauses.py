"""A contract mutant: one clause of an annotation of core/ dropped or weakened.

A clause is what ends with a semicolon in an annotation: requires, ensures, assigns,
terminates, loop invariant; and a predicate is taken like one. The parts of its formula are
found by their brackets and connectives, of which `==>` binds weaker than `||`, that weaker than `&&`.
"""
import dataclasses
import hashlib
import re

import csource

from .score import ROOT

CLAUSE = re.compile(r"\b(requires|ensures|assigns|terminates|loop\s+invariant|loop\s+assigns|loop\s+variant"
                    r"|predicate)\b")


@dataclasses.dataclass(frozen=True)
class Clause:
    file: str       # core/ring.h
    item: str       # the function, or the predicate
    what: str       # contract, loop or predicate
    operator: str
    place: int
    stop: int
    old: str
    new: str

    @property
    def name(self):
        words = f"{self.file} {self.what} {self.operator} {self.old} {self.new}"
        return f"{self.item}-acsl-{hashlib.sha256(words.encode()).hexdigest()[:6]}"

    def apply(self, text):
        return text[:self.place] + self.new + text[self.stop:]

    def describe(self):
        return f"{self.file}, {self.item}: {' '.join(self.old.split())}  ->  {' '.join(self.new.split()) or 'dropped'}"


def ends(text, start):
    """Where the clause that begins here ends: a semicolon that belongs to no quantifier."""
    bound = 0
    for n in range(start, len(text)):
        if re.match(r"\\(?:forall|exists|let)\b", text[n:]):
            bound += 1
        elif text[n] == ";":
            if not bound:
                return n + 1
            bound -= 1
    return len(text)


def split(text, connective):
    """The parts of a formula at the connectives that stand in no bracket: [(first, last + 1)]."""
    depth, start, out = 0, 0, []
    for n, letter in enumerate(text):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(letter, 0)
        if depth == 0 and text.startswith(connective, n) and text[n - 1:n] != "<" and "\\forall" not in text[:n] \
                and "?" not in text[:n]:
            out.append((start, n))
            start = n + len(connective)
    return out + [(start, len(text))]


def weakenings(formula):
    """(operator, first, last + 1, new): what stands in a formula, changed."""
    implied = split(formula, "==>")
    if len(implied) > 1:
        yield "drop a premise", implied[0][0], implied[1][0], " "
        yield "drop a conclusion", implied[-1][0], implied[-1][1], " \\true"
        return
    parts = split(formula, "&&")
    if len(parts) > 1 and len(split(formula, "||")) == 1:
        for n, (first, stop) in enumerate(parts):
            if n:
                yield "drop a conjunct", parts[n - 1][1], stop, " "
            else:
                yield "drop a conjunct", first, parts[1][0], " "
    equal = split(formula, "<==>")
    if len(equal) > 1:
        yield "weaken an equivalence", equal[0][1], equal[1][0], " ==> "


def clauses(text):
    """(keyword, first, last + 1, where its formula begins) of an annotation's clauses."""
    at = 0
    while found := CLAUSE.search(text, at):
        stop = ends(text, found.end())
        sign = ":" if found[1].split()[-1] != "predicate" else "="
        head = re.compile(rf"[^;=?()]*?(?<![=:]){sign}(?![=:])" if sign == ":" else r"[^=]*?=").match(text, found.end())
        yield " ".join(found[1].split()), found.start(), stop, head.end() if head else found.end()
        at = stop


def of_annotation(source, a, item, what):
    """a.text begins behind the opening of the comment."""
    base = a.at + 3
    for keyword, first, stop, formula in clauses(a.text):
        name, kind = item, what
        if keyword == "predicate":
            name, kind = re.match(r"predicate\s+(\w+)", a.text[first:])[1], "predicate"
            yield Clause(source.name, name, kind, "always true", base + formula, base + stop - 1,
                         a.text[formula:stop - 1], " \\true")
        else:
            yield Clause(source.name, name, kind, f"drop {keyword}", base + first, base + stop, a.text[first:stop], "")
        if keyword in ("requires", "ensures", "loop invariant", "predicate"):
            body = a.text[formula:stop - 1]
            for operator, x, y, new in weakenings(body):
                yield Clause(source.name, name, kind, operator, base + formula + x, base + formula + y,
                             body[x:y], new)


def owners(source):
    """{place of an annotation: (function, contract or loop)}"""
    out, functions = {}, sorted(source.functions, key=lambda f: f.line)
    for a in source.annotations:
        for f in functions:
            if a in f.inside:
                out[a.at] = f.name, "loop"
        after = [f for f in functions if f.line > a.line + a.text.count("\n")]
        if a.at not in out and after and a.text and after[0].contract and a.text in after[0].contract:
            out[a.at] = after[0].name, "contract"
    return out


def changes():
    """All changes, in the order of the text."""
    out = {}
    for source in csource.read(ROOT, ("core",)):
        if source.path.name == "abs.h":
            continue
        owner = owners(source)
        for a in source.annotations:
            item, what = owner.get(a.at, ("", "predicate"))
            for c in of_annotation(source, a, item, what):
                if c.item:
                    out.setdefault(c.name, c)
    return list(out.values())
