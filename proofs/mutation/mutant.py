"""A mutant: one change of one C function, of core/ or arch/x86; what it is, and its text."""
import collections
import dataclasses
import difflib
import hashlib
import pathlib

from . import operators, syntax


@dataclasses.dataclass(frozen=True)
class Mutant:
    file: str       # ring.c
    function: str
    operator: str
    place: int      # where in the file, first and last + 1
    stop: int
    old: str
    new: str
    copy: int       # 0, or a running number if the function has the same change twice
    folder: str = "core"

    @property
    def name(self):
        """Does not depend on what stands elsewhere in the file."""
        words = f"{self.file} {self.operator} {self.old} {self.new}"
        return f"{self.function}-{hashlib.sha256(words.encode()).hexdigest()[:6]}" + \
            f".{self.copy}" * bool(self.copy)

    def before(self):
        return (ROOT / self.folder / self.file).read_text()

    def describe(self):
        line = self.before().count("\n", 0, self.place) + 1
        return " ".join(f"{self.file}:{line}, {self.function}: {self.old}  ->  {self.new}".split())

    def apply(self, text):
        return text[:self.place] + self.new + text[self.stop:]

    def diff(self):
        text = self.before()
        lines = difflib.unified_diff(text.splitlines(), self.apply(text).splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def includes(config, core=ROOT / "core"):
    return [core, ROOT / "config" / config, ROOT / "proofs" / "bridge"]


def mutants(config, folder="core"):
    """All mutants of a folder, in the order of the text."""
    out, copies = [], collections.Counter()
    for path in sorted((ROOT / folder).glob("*.c")):
        source = syntax.Source(path, includes(config))
        for function in source.functions:
            for operator, first, stop, new in operators.mutations(source, function):
                old = source.text[first:stop]
                key = path.name, function["name"], operator, old, new
                out.append(Mutant(path.name, function["name"], operator, first, stop, old, new,
                                  copies[key], folder))
                copies[key] += 1
    return out
