"""What the invariant says of a process at its place: read from spec/inv.mlw.

A cell is what is followed of a process: (run state, held, reply stored). For each place
where a process can be, these are the cells that `in_place`, `slots_kind` and `ranges` do not
rule out. A formula is tried with every cell: what it says of other things may be so or not.
"""
import itertools

import terms

PLACES = ("self", "readyq", "fifo", "proxyq", "reapq")
BOTH = {True, False}


def numbers(definitions):
    """{constant: number} for those that are one."""
    return {d.name: int(d.body[1].replace("_", ""), 0) for d in definitions.values() if d.body[0] == "num"}


class Resting:
    def __init__(self, definitions, number):
        self.definitions, self.number = definitions, number
        runs = [n for c, n in number.items() if c.startswith("st_")]
        every = itertools.product(sorted(runs), (0, 1), (False, True))
        self.cells = [c for c in every if all(True in self.asked(name, c, "self")
                                              for name in ("ranges", "slots_kind"))]
        self.at = {place: frozenset(c for c in self.cells if True in self.asked("in_place", c, place))
                   for place in PLACES}
        runner = definitions["standing"].body
        if runner[0] != "if" or runner[1] != ("compare", "=", ("var", "p"), ("field", ("var", "h"), "runner")):
            raise terms.Unreadable("spec/inv.mlw: `standing` does not begin with the process that runs")
        self.running = frozenset(c for c in self.cells if True in self.truth(runner[2], c, "self"))

    def asked(self, name, cell, place):
        return self.truth(self.definitions[name].body, cell, place)

    def truth(self, tree, cell, place):
        """The truth values that a formula about a process p can have."""
        kind = tree[0]
        if kind in ("and", "or", "implies"):
            a, b = (self.truth(t, cell, place) for t in tree[1:])
            a = {not x for x in a} if kind == "implies" else a
            return {x and y if kind == "and" else x or y for x in a for y in b}
        if kind == "not":
            return {not x for x in self.truth(tree[1], cell, place)}
        if kind == "if":
            out = set()
            for x in self.truth(tree[1], cell, place):
                out |= self.truth(tree[2 if x else 3], cell, place)
            return out
        if kind == "compare":
            return self.compared(tree, cell, place)
        if kind == "app":
            return self.applied(tree, cell, place)
        return BOTH

    def compared(self, tree, cell, place):
        a, b = self.value(tree[2], cell, place), self.value(tree[3], cell, place)
        if a is None or b is None or (isinstance(a, str) != isinstance(b, str)):
            return BOTH
        return {{"=": a == b, "<>": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[tree[1]]}

    def applied(self, tree, cell, place):
        if tree[1] in ("is_fifo", "is_proxyq"):
            there = self.value(tree[2][0], cell, place)
            return BOTH if there is None else {there == tree[1].removeprefix("is_")}
        known = self.definitions.get(tree[1])
        if known and not known.result and tree[2] == (("var", "s"), ("var", "p")) \
                and [n for n, _ in known.params] == ["s", "p"]:
            return self.truth(known.body, cell, place)
        return BOTH

    def value(self, tree, cell, place):
        """A number, a place, or None for what is not followed."""
        run, held, stored = cell
        mine = ("app", "pr", (("var", "s"), ("var", "p")))
        known = {("app", "run", (("var", "s"), ("var", "p"))): run, ("field", mine, "run_state"): run,
                 ("field", mine, "held"): held, ("var", "p"): "self", ("var", "readyq"): "readyq",
                 ("var", "reapq"): "reapq", ("app", "place", (("var", "s"), ("var", "p"))): place,
                 ("field", ("field", mine, "proxy_reply"), "kind"):
                     self.number["cap_resume" if stored else "cap_null"]}
        if tree in known:
            return known[tree]
        if tree[0] == "num":
            return int(tree[1], 0)
        return self.number.get(tree[1]) if tree[0] == "var" else None
