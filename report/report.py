"""All that the pages are made from, read once."""
import pathlib
import re
import subprocess
import textwrap
import tomllib

import audit
import data
import highlight
import prose
import resting
import sources
import specs
import stages
import terms
import walk
from gates.common import Tree, lines
from mutation import mutant, syntax
from page import code, link

# The kernel entries from which the four entries of core/ are called, as harness/bounds.py names them.
FROM = {"core_syscall": "syscall_entry", "core_fault": "vectors", "core_tick": "vectors", "core_irq": "vectors"}
ROOT = pathlib.Path(__file__).resolve().parent.parent


class ReportError(Exception):
    """Why there can be no report: what is wrong, where, and what to do."""


class Report:
    def __init__(self, root=ROOT, config="default"):
        self.root, self.config = pathlib.Path(root), config
        self.spec = specs.Spec(root)
        self.functions = sources.read(root)
        self.entered = self.below(FROM)
        self.data = data.Data(root, config)
        self.details = self.data.details(self.functions)
        self.mutants, self.mutation = self.data.mutants()
        self.lit = highlight.Highlighter(self.spec, self.functions)
        self.reasons = self.given("proofs/mutation/survivors.toml")
        self.spec_reasons = self.given("proofs/mutation/spec_survivors.toml")
        self.asm_reasons = self.given("harness/asm/survivors.toml")
        self.c_reasons = self.given("harness/asm/c_survivors.toml")
        self.diffs = self.differences() if self.mutation else {}
        self.audit = audit.count(Tree(self.root))
        self.promises = lines(self.root / "proofs" / "expected" / "promises.txt")
        self.expected = self.scenarios()
        self.shown = self.table_of_scenarios()
        self.equal = {}     # name of spec/: the functions of core/ that equal it
        for f in self.functions.values():
            for name in f.equals:
                self.equal.setdefault(name, []).append(f.name)
        self.definitions = self.machine()
        self.walker = walk.Walker(self.definitions, resting.Resting(self.definitions,
                                                                    resting.numbers(self.definitions)))
        self.changes = self.walker.walk()

    def text(self, name):
        return (self.root / name).read_text()

    def lines(self, name):
        return lines(self.root / name)

    @staticmethod
    def markdown(text):
        return prose.inline(text)

    # ---- results of one thing
    def goal(self, d):
        """What the provers said of a lemma, goal or canary; None if they were not asked."""
        found = self.data.theorems
        return found.data["goals"].get(f"{d.file}.mlw:{d.module}.{d.name}") if found else None

    def passed(self, system):
        return stages.passed(self, system)

    def bound_of(self, name):
        """The bound of a function that is one in the linked kernel, as HTML."""
        found = self.data.function_bounds
        if not found or not self.data.bounds:
            return f"not measured here; run {code('make bounds')}"
        if name not in self.entered:
            return "none: it runs when the system is booted, not in a kernel entry"
        if name in FROM and FROM[name] in self.data.bounds.data:
            return f"at most {self.data.bounds.data[FROM[name]]:,} instructions for the whole kernel entry"
        if name in found.data:
            return f"at most {found.data[name]:,} instructions, with all that it calls"
        return "the compiler made it a part of those that call it; " + link("index.html#figures", "the entries have bounds")

    def below(self, names):
        """These functions, and those that they call, directly or not."""
        seen, left = set(), list(names)
        while left:
            name = left.pop()
            if name not in seen:
                seen.add(name)
                left += self.functions[name].mentions
        return seen

    def given(self, name):
        """{mutant: why it may survive}"""
        path = self.root / name
        found = tomllib.loads(path.read_text()).get("survivor", []) if path.exists() else []
        return {m: e["reason"] for e in found for m in e["mutants"]}

    def differences(self):
        """{mutant: its change}, made anew from the text by clang; {} without clang."""
        if self.root != ROOT:
            return {}
        try:
            found = mutant.mutants(self.config)
        except (syntax.ClangError, OSError, subprocess.SubprocessError) as error:
            print(f"report: the changes of the mutants are left out: {error}")
            return {}
        texts = {p.name: p.read_text() for p in (self.root / "core").glob("*.c")}
        return {m.name: change(m, texts[m.file]) for m in found}

    # ---- the texts

    def machine(self):
        """The definitions of the machine, and those of its invariant, as trees."""
        out = {}
        for file, module in [*reversed(self.spec.visible("step", "Step")), ("inv", "Parts")]:
            found = self.spec.modules.get((file, module))
            for d in found.declarations if found else ():
                read = terms.read(d) if d.kind in ("function", "predicate", "constant") else None
                if read:
                    out[read.name] = read
        return out

    def scenarios(self):
        """{system: [names of its checks]}"""
        folder = self.root / "harness" / "expected"
        return {p.relative_to(folder).with_suffix("").as_posix(): lines(p) for p in sorted(folder.rglob("*.txt"))}

    def table_of_scenarios(self):
        """report/shown.toml: {promise: [(system, name)]}, held against what there is."""
        table = tomllib.loads((self.root / "report" / "shown.toml").read_text())
        for promise in sorted(set(table) ^ set(self.promises)):
            raise ReportError(f"report/shown.toml: {promise} is " + (
                "no promise of proofs/expected/promises.txt" if promise in table else "missing: say what shows it"))
        out = {}
        for promise, entry in table.items():
            out[promise] = []
            for one in entry.get("scenarios", []):
                system, _, name = one.partition(": ")
                if name not in self.expected.get(system, ()):
                    raise ReportError(f"report/shown.toml: {promise}: there is no scenario `{name}` "
                                      f"in harness/expected/{system}.txt; name one that is there")
                out[promise].append((system, name))
            if not out[promise] and not entry.get("every"):
                raise ReportError(f"report/shown.toml: {promise} has no scenario")
        return out

    def statement(self, name):
        """The goals of spec/top.mlw that state a promise."""
        top = self.spec.modules["top", "Top"].declarations
        return [d for d in top if d.kind == "goal" and re.fullmatch(rf"{name}(_\w+)?", d.name)]


def change(m, text):
    """The lines that a mutant changes, before and after."""
    first, last = text.rfind("\n", 0, m.place) + 1, text.find("\n", m.stop)
    old = text[first:last]
    new = old[:m.place - first] + m.new + old[m.stop - first:]
    return "\n".join(f"{sign} {line}" for sign, part in (("-", old), ("+", new))
                     for line in textwrap.dedent(part).split("\n"))
