"""No logic definition of the C code leads back to itself, other than as a loop does.

To WP a definition is an axiom, and nobody asks whether it has an end: f(n) = f(n) + 1 would prove all.
One is let pass: a number whose one call of itself is the whole last branch of a condition. Whatever its
conditions say, some function is as it says, as of a loop: what the last branch comes to, or 0 if it never ends.
"""
import re

from .annotations import MACHINE, NAMES

WORD = re.compile(r"\b(?:logic|predicate|lemma)\b")
DEFINITION = re.compile(r"\b(logic|predicate)\b([^;=(){}]*?)\b(\w+)\s*(?:\{[^{}]*\}\s*)?(?:\([^()]*\)\s*)?=(?!=)(.*)", re.S)


def annotations(tree):
    """(place, text without comments) of each but the names of instructions."""
    for source in tree.core() + tree.arch():
        for a in source.annotations:
            text = re.sub(r"//[^\n]*", "", a.text)
            if source.name != MACHINE or not re.fullmatch(NAMES, text):
                yield f"{source.name}:{a.line}", text


def check(tree):
    bodies, places, out = {}, {}, []
    for place, text in annotations(tree):
        starts = [m.start() for m in WORD.finditer(text)] + [len(text)]
        for item in (text[start:stop] for start, stop in zip(starts, starts[1:])):
            found = DEFINITION.match(item)
            if not found:
                if not item.startswith("lemma"):
                    out.append(f"{place}: a definition that this gate cannot read: {' '.join(item.split())[:40]}")
                continue
            kind, name = " ".join((found[1] + found[2]).split()), found[3]
            bodies.setdefault(name, []).append((kind, found[4]))
            places[name] = place
    uses = {name: {w for _, body in texts for w in re.findall(r"\w+", body)} & set(bodies) for name, texts in bodies.items()}
    return out + [f"{places[name]}: {name} is defined by itself, which may be an axiom that is false"
                  for name in bodies if leads_back(name, uses)
                  or name in uses[name] and not all(loops(name, *text) for text in bodies[name])]


def leads_back(name, uses):
    """Through others?"""
    reached, front = set(), uses[name] - {name}
    while front:
        reached |= front
        front = {u for f in front for u in uses[f]} - reached
    return name in reached


def loops(name, kind, body):
    found = re.fullmatch(rf"(.*\?.*):\s*{name}\s*\((.*)\)\s*;\s*(?:\}}\s*)?", body, re.S)
    return bool(found) and kind == "logic integer" and body.count("?") == body.count(":") \
        and len(re.findall(rf"\b{name}\b", body)) == 1 and balanced(found[2])


def balanced(text):
    """Its parentheses: then those before the call are, too, for the text is one that Frama-C reads."""
    now = 0
    for c in text:
        now += (c == "(") - (c == ")")
        if now < 0:
            return False
    return now == 0
