"""All that the pages are made from, read once."""
import pathlib
import re
import tomllib

import data
import highlight
import resting
import sources
import specs
import terms
import walk
from gates.common import lines

ROOT = pathlib.Path(__file__).resolve().parent.parent


class ReportError(Exception):
    """Why there can be no report: what is wrong, where, and what to do."""


class Report:
    def __init__(self, root=ROOT, config="default"):
        self.root, self.config = pathlib.Path(root), config
        self.spec = specs.Spec(root)
        self.functions = sources.read(root)
        self.data = data.Data(root, config)
        self.details = self.data.details()
        self.mutants, self.mutation = self.data.mutants()
        self.lit = highlight.Highlighter(self.spec, self.functions)
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
