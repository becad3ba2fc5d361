#!/usr/bin/env python3
"""The assembly mutation score: how many small changes of arch/x86/*.S do the tests notice?

  asm_mutants.py                         every mutant; a run that was stopped goes on
  asm_mutants.py --commit                the same, and the verdicts go to proofs/data/asm_mutation.json; it
                                         goes on from those there that still hold
  asm_mutants.py --sample 20 --seed 1    so many, drawn by this seed
  asm_mutants.py NAME ...                these; --list shows them only

A mutant is one instruction removed, or with another register, offset, number, condition or
size (harness/asm/operators.py); in a macro, at one place where it is used. One that the
assembler or the linker refuses, or that is assembled to the same bytes, is none. The others
are booted under one check after the other (harness/asm/checks.py), until one fails, which is
named. Survivors are shown; those in harness/asm/survivors.toml have a reason there.
Exit status 0 only if each survivor has one.
"""
import argparse
import collections
import dataclasses
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from asm import checks, operators, source
from asm.kernel import FILES, ROOT, Kernel, KernelError

sys.path.insert(0, str(ROOT / "proofs"))
from mutation import score  # noqa: E402

SURVIVORS = ROOT / "harness" / "asm" / "survivors.toml"
DATA = ROOT / "proofs" / "data" / "asm_mutation.json"
GOAL = 90   # percent
TOGETHER = 2


@dataclasses.dataclass(frozen=True)
class Mutant:
    file: str
    instruction: source.Instruction
    operator: str
    new: str
    copy: int   # 0, or a running number if a part of the file has the same change twice

    @property
    def name(self):
        i = self.instruction
        words = f"{self.file} {i.use} {self.operator} {i.text} {self.new}"
        return f"{i.label}-{hashlib.sha256(words.encode()).hexdigest()[:6]}" + f".{self.copy}" * bool(self.copy)

    def describe(self):
        i = self.instruction
        place = f"{self.file}, {i.use or i.label}"
        return f"{place}: {i.text}  ->  {self.new or 'removed'}"


def mutants():
    """({file: its Source}, all mutants in the order of the text)."""
    sources = {f: source.Source(ROOT / "arch" / "x86" / f) for f in FILES}
    out, copies = [], collections.Counter()
    for file, text in sources.items():
        for i in text.instructions():
            for operator, new in operators.mutations(i):
                key = file, i.label, i.use, i.text, operator, new
                out.append(Mutant(file, i, operator, new, copies[key]))
                copies[key] += 1
    return sources, out


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    score.arguments(p)
    return p.parse_args()


def text_tested(config):
    """A name for what the verdicts are about: the kernel's text."""
    files = sorted(f for pattern in ("arch/x86/*", "core/*", f"config/{config}/*", "mk/kernel.mk")
                   for f in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:16]


class Bench:
    """Kernels and checks, to try mutants on."""

    def __init__(self, config, sources):
        self.sources, self.config = sources, config
        self.kernel = Kernel(config, ROOT / "build" / "asm-mutants")
        self.right = {f: self.kernel.assemble(text.text(), f"right-{f[:-2]}") for f, text in sources.items()}
        for f, obj in self.right.items():
            linked = obj and self.kernel.link(f, obj, "right")
            if not linked or not self.kernel.same(linked):
                raise KernelError(f"{f} with its macros written out is not the kernel that was built")
        self.right_kernel, self.checks = linked, checks.checks(config)

    def verdict(self, mutant):
        place = f"mutant-{mutant.name}"
        obj = self.kernel.assemble(self.sources[mutant.file].text(mutant.instruction, mutant.new), place)
        if obj is None:
            return [score.REFUSED, "", ""]
        if obj.read_bytes() == self.right[mutant.file].read_bytes():
            return [score.SAME, "", ""]
        kernel = self.kernel.link(mutant.file, obj, place)
        if kernel is None:
            return [score.REFUSED, "", ""]
        for check in checks.ordered(self.checks, mutant.instruction.label):
            wrong = check.judge(kernel, self.right_kernel)
            if wrong:
                return [score.KILLED, check.name, wrong]
        return [score.SURVIVED, "", ""]

    def try_one(self, mutant):
        verdict = self.verdict(mutant)
        for path in self.kernel.folder.glob(f"mutant-{mutant.name}[.-]*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return verdict


def main():
    options = arguments()
    sources, every = mutants()

    def results():
        return score.Results(ROOT / "build" / options.config / "asm_mutation.json", text_tested(options.config),
                             {c.name: c.text() for c in checks.checks(options.config)},
                             DATA if options.commit else None)
    try:
        return score.run("asm-mutants", options, every, results, lambda *_: Bench(options.config, sources).try_one,
                         DATA, SURVIVORS, GOAL, TOGETHER)
    except (KernelError, score.ScoreError, OSError, subprocess.SubprocessError) as error:
        print(f"asm_mutants.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
