#!/usr/bin/env python3
"""The mutation score of the boot code's C: how many small changes of arch/x86/*.c are noticed?

  c_mutants.py                         every mutant; a run that was stopped goes on
  c_mutants.py --commit                the same, and the verdicts go to proofs/data/c_mutation.json; it goes
                                       on from those there that still hold
  c_mutants.py --sample 20 --seed 1    so many, drawn by this seed
  c_mutants.py NAME ...                these; --list shows them only

A mutant is one change of one function (proofs/mutation/operators.py), as in core/. One that gcc
refuses, or with which the kernel is the same to the byte, is none. The others are booted under one
check after the other (harness/asm/checks.py, and refusals.py), until one fails; what none notices is
proved (proofs/arch_wp.py, its function alone). Survivors are shown; those in
harness/asm/c_survivors.toml have a reason there. Exit status 0 only if each survivor has one.
"""
import argparse
import hashlib
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from asm import checks
from asm.kernel import ROOT, KernelError
from asm_mutants import text_tested

sys.path.insert(0, str(ROOT / "proofs"))
from mutation import mutant, score, syntax  # noqa: E402

ARCH = ROOT / "arch" / "x86"
SURVIVORS = ROOT / "harness" / "asm" / "c_survivors.toml"
DATA = ROOT / "proofs" / "data" / "c_mutation.json"
GOAL = 98  # percent
TOGETHER = 2
PROOF = "proof"
PROVED_BY = ["arch_wp.py", "provers.py", "wp.py", "expected/arch.txt"]  # and the contracts: text_tested
# Of these files: the check that is made for them, which comes first.
MADE_FOR = {"refusals": {"image.c", "module.c", "refusal.c", "segment.c", "space.c", "main.c"},
            "arch-traps": {"trap_stop.c", "stop.c", "idt.c", "paging.c"}}


class Kernels:
    """The kernel with another text of one C file: compiled and linked as make does it."""

    def __init__(self, config):
        done = subprocess.run(["make", "-n", f"CONFIG={config}", "build", "-W", "arch/x86/main.c"], cwd=ROOT,
                              capture_output=True, text=True, check=True)
        lines = [shlex.split(line) for line in done.stdout.splitlines() if line.startswith("gcc")]
        compiler = next(line for line in lines if "-c" in line)
        self.compiler = [w for w in compiler[:compiler.index("-c")] if w not in ("-MMD", "-MP", "-g")]
        self.linker = next(line for line in lines if "-T" in line)

    def make(self, folder, file):
        """The kernel with folder's text of a file; None if gcc refuses."""
        obj, out = folder / "changed.o", folder / "postern.elf"
        more = ["-fno-tree-loop-distribute-patterns", "-fno-lto"] if file == "string.c" else []
        compiled = self.compiler + more + ["-w", "-iquote", str(ARCH), "-c", "-o", str(obj), str(folder / file)]
        at = self.linker.index("-o")
        linked = self.linker[:at] + ["-o", str(out)] + [
            str(obj) if w.endswith(f"/arch/x86/{file[:-2]}.o") else w for w in self.linker[at + 2:]]
        for command in (compiled, linked):
            if subprocess.run(command, cwd=ROOT, capture_output=True).returncode:
                return None
        return out


def content(kernel):
    """What of a kernel is loaded."""
    out = kernel.with_suffix(".bin")
    subprocess.run(["objcopy", "-O", "binary", str(kernel), str(out)], check=True, capture_output=True)
    return out.read_bytes()


def proof_fails(file, function, config, change=None):
    """The first goal of a function that is not proved, with a change, or what Frama-C warns of; '' if all are proved, `?` if it does not say."""
    folder = ROOT / "build" / "c-mutants" / f"proof-{threading.get_ident()}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ARCH, folder)
    if change:
        (folder / file).write_text(change.apply(change.before()))
    done = subprocess.run([sys.executable, "proofs/arch_wp.py", "--config", config, "--no-bridge",
                           str(folder / file), "-f", function], cwd=ROOT, capture_output=True, text=True)
    left = re.search(rf"^UNPROVED {function}: (\S+)", done.stdout, re.M)
    if done.returncode == 0:
        return ""
    said = re.search(r"^\[\w+\] .*[Ww]arning:\s*(.*(?:\n +.*)*)", done.stdout, re.M)
    return left[1] if left else " ".join(said[1].split()) if said else "?"


class Bench:
    """Kernels, checks and the proof, to try mutants on."""

    def __init__(self, config):
        self.config, self.folder = config, ROOT / "build" / "c-mutants"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.kernels, self.checks = Kernels(config), every_check(config)
        subprocess.run([sys.executable, "proofs/bridge.py", "--config", config], cwd=ROOT, check=True,
                       capture_output=True)
        self.right = self.built("right", "main.c", (ARCH / "main.c").read_text())
        if not self.right or content(self.right) != content(ROOT / "build" / config / "postern.elf"):
            raise KernelError("the kernel, made anew, is not the one that was built")
        self.text, self.proved, self.lock = content(self.right), {}, threading.Lock()

    def built(self, name, file, text):
        folder = self.folder / name
        folder.mkdir(parents=True)
        (folder / file).write_text(text)
        return self.kernels.make(folder, file)

    def provable(self, m):
        """Is the function proved without a change?"""
        with self.lock:
            if (m.file, m.function) not in self.proved:
                self.proved[m.file, m.function] = not proof_fails(m.file, m.function, self.config)
            return self.proved[m.file, m.function]

    def verdict(self, m):
        kernel = self.built(m.name, m.file, m.apply(m.before()))
        if kernel is None:
            return [score.REFUSED, "", ""]
        if content(kernel) == self.text:
            return [score.SAME, "", ""]
        for check in sorted(self.checks, key=lambda c: m.file not in MADE_FOR.get(c.name, ())):
            wrong = check.judge(kernel, self.right)
            if wrong:
                return [score.KILLED, check.name, wrong]
        goal = self.provable(m) and proof_fails(m.file, m.function, self.config, m)
        return [score.KILLED, PROOF, goal] if goal and goal != "?" else [score.SURVIVED, "", ""]

    def try_one(self, m):
        verdict = self.verdict(m)
        shutil.rmtree(self.folder / m.name, ignore_errors=True)
        return verdict


def every_check(config):
    out = checks.checks(config)
    out.append(checks.Check("refusals", ["harness/refusals.py", "--kernel", "KERNEL", "--timeout", "LIMIT",
                                         "--random", "0", "--first", "--image", str(checks.IMAGES / "hello.img")],
                            boots=checks.REFUSALS))
    return out


def judges(config):
    """{judge: a name for what it does}."""
    proof = b"".join((ROOT / "proofs" / name).read_bytes() for name in PROVED_BY)
    return {c.name: c.text() for c in every_check(config)} | {PROOF: hashlib.sha256(proof).hexdigest()[:16]}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    score.arguments(p)
    options = p.parse_args()

    def results():
        return score.Results(ROOT / "build" / options.config / "c_mutation.json", text_tested(options.config),
                             judges(options.config), DATA if options.commit else None)
    try:
        return score.run("c-mutants", options, mutant.mutants(options.config, "arch/x86"), results,
                         lambda: Bench(options.config).try_one, DATA, SURVIVORS, GOAL, TOGETHER)
    except (KernelError, score.ScoreError, syntax.ClangError, OSError, subprocess.SubprocessError) as error:
        print(f"c_mutants.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
