"""A spec mutant: one change of a definition or theorem of spec/ (claim.ml finds them)."""
import collections
import dataclasses
import hashlib
import pathlib
import shutil
import subprocess

from .score import ROOT, ScoreError

PROGRAM = ROOT / "build" / "mutation" / "claim"


@dataclasses.dataclass(frozen=True)
class Change:
    file: str       # dealings.mlw
    item: str       # Module.definition
    what: str       # definition or theorem
    operator: str
    place: int      # where in the file, first and last + 1
    stop: int
    old: str
    new: str
    copy: int       # 0, or a running number if the definition has the same change twice

    @property
    def name(self):
        """Does not depend on what stands elsewhere in the file."""
        words = f"{self.file} {self.item} {self.operator} {self.old} {self.new}"
        return f"{self.item.split('.')[1]}-{hashlib.sha256(words.encode()).hexdigest()[:6]}" + \
            f".{self.copy}" * bool(self.copy)

    @property
    def symbol(self):
        return self.item.split(".")[1]

    @property
    def module(self):
        return self.file.removesuffix(".mlw"), self.item.split(".")[0]

    def apply(self, text):
        return text[:self.place] + self.new + text[self.stop:]

    def describe(self):
        def short(text):
            words = " ".join(text.split())
            return words if len(words) < 90 else words[:60] + " ... " + words[-25:]
        return f"spec/{self.file}, {self.item}: {short(self.old)}  ->  {short(self.new)}"


def changes(spec=ROOT / "spec"):
    """All changes, in the order of the text."""
    done = subprocess.run([PROGRAM, spec], capture_output=True, text=True)
    if done.returncode:
        raise ScoreError(done.stderr.strip().splitlines()[-1])
    texts = {p.name: p.read_text() for p in spec.glob("*.mlw")}
    out, copies = [], collections.Counter()
    for line in dict.fromkeys(done.stdout.splitlines()):
        file, item, what, operator, first, stop, new = line.split("\t")
        old, new = texts[file][int(first):int(stop)], new.replace("\\n", "\n")
        key = file, item, operator, old, new
        out.append(Change(file, item, what, operator, int(first), int(stop), old, new, copies[key]))
        copies[key] += 1
    return out


def plant(change, tree):
    """A copy of spec/ with the change, in a tree that a gate can read."""
    folder = tree / "spec"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(ROOT / "spec", folder)
    (tree / "proofs").mkdir()
    shutil.copy(ROOT / "proofs" / "linked.txt", tree / "proofs")
    path = folder / change.file
    path.write_text(change.apply(path.read_text()))
    return folder


def well_typed(folder):
    """Does Why3 read all that the claim rests on?"""
    done = subprocess.run([PROGRAM, folder], capture_output=True, text=True)
    return done.returncode == 0
