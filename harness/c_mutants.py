#!/usr/bin/env python3
"""The mutation score of the boot code's C: how many small changes of arch/x86/*.c are noticed?

  c_mutants.py                         every mutant; a run that was stopped goes on
  c_mutants.py --commit                the same, and the verdicts go to proofs/data/c_mutation.json; it goes
                                       on from those there that still hold
  c_mutants.py --sample 20 --seed 1    so many, drawn by this seed
  c_mutants.py --boot                  no rounds of proofs: for a run that goes on and is done with them
  c_mutants.py --confirm ...           what the quick proof noticed is booted, and put to all provers
  c_mutants.py NAME ...                these; --list shows them only

A mutant is one change of one function (proofs/mutation/operators.py), as in core/. One that gcc
refuses, or of which it makes the same code, is none. The others are proved in rounds,
one of each function at a time, with one prover and little time (c_proof.py). What that lets pass,
and with which the kernel is not the same to the byte, is booted under one check after the other
(harness/asm/checks.py, and refusals.py), until one fails; what none notices is proved alone, as the
verdict would. Survivors are shown; those in harness/asm/c_survivors.toml have a reason there. Exit
status 0 only if each survivor has one.
"""
import argparse
import concurrent.futures
import shlex
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import c_proof
from asm import c_judges
from asm.c_judges import COMPILER, PROOF
from asm.kernel import ROOT, KernelError
from asm_mutants import text_tested

sys.path.insert(0, str(ROOT / "proofs"))
from mutation import mutant, score, syntax  # noqa: E402

ARCH = ROOT / "arch" / "x86"
SURVIVORS = ROOT / "harness" / "asm" / "c_survivors.toml"
DATA = ROOT / "proofs" / "data" / "c_mutation.json"
GOAL = 98  # percent
TOGETHER = 2
PROOFS = 6  # at a time: each run of Frama-C waits for its prover, or for its own clock
# Of these files: the checks that are made for them, which come first.
MADE_FOR = {"refusals": {"features.c", "image.c", "log.c", "main.c", "module.c", "place.c", "refusal.c", "segment.c",
                         "space.c"},
            "arch-traps": {"trap_stop.c", "log.c", "stop.c", "idt.c", "paging.c"}}


class Kernels:
    """The kernel with another text of one C file: compiled and linked as make does it."""

    def __init__(self, config):
        done = subprocess.run(["make", "-n", f"CONFIG={config}", "build", "-W", "arch/x86/main.c"], cwd=ROOT,
                              capture_output=True, text=True, check=True)
        lines = [shlex.split(line) for line in done.stdout.splitlines() if line.startswith("gcc")]
        compiler = next(line for line in lines if "-c" in line)
        self.compiler = [w for w in compiler[:compiler.index("-c")] if w not in ("-MMD", "-MP", "-g")]
        self.linker = next(line for line in lines if "-T" in line)

    def compile(self, folder, file, *more):
        """The command that makes folder/changed.o of folder's text of a file."""
        return self.compiler + [*more, "-w", "-iquote", str(ARCH), "-c", "-o", str(folder / "changed.o"),
                                str(folder / file)]

    def code(self, folder, file):
        """What gcc makes of this file alone; None if it refuses."""
        done = subprocess.run(self.compile(folder, file, "-fno-lto"), cwd=ROOT, capture_output=True)
        return None if done.returncode else (folder / "changed.o").read_bytes()

    def make(self, folder, file):
        """The kernel with folder's text of a file; None if gcc refuses."""
        obj, out = folder / "changed.o", folder / "postern.elf"
        compiled = self.compile(folder, file)
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


class Bench:
    """Kernels, the proof and checks, to try mutants on."""

    def __init__(self, config, boot=False):
        self.config, self.folder, self.boot = config, ROOT / "build" / "c-mutants", boot
        shutil.rmtree(self.folder, ignore_errors=True)
        self.kernels, self.checks = Kernels(config), c_judges.every_check(config)
        subprocess.run([sys.executable, "proofs/bridge.py", "--config", config], cwd=ROOT, check=True,
                       capture_output=True)
        self.right = self.built("right", "main.c", (ARCH / "main.c").read_text())
        if not self.right or content(self.right) != content(ROOT / "build" / config / "postern.elf"):
            raise KernelError("the kernel, made anew, is not the one that was built")
        self.text, self.codes, self.provable, self.lock = content(self.right), {}, {}, threading.Lock()

    def written(self, name, file, text):
        folder = self.folder / name
        folder.mkdir(parents=True)
        (folder / file).write_text(text)
        return folder

    def built(self, name, file, text):
        return self.kernels.make(self.written(name, file, text), file)

    def kind(self, m):
        """REFUSED or SAME; None if gcc makes other code of it."""
        with self.lock:
            if m.file not in self.codes:
                self.codes[m.file] = self.kernels.code(self.written(f"right-{m.file}", m.file, m.before()), m.file)
        code = self.kernels.code(self.written(m.name, m.file, m.apply(m.before())), m.file)
        self.forget(m)
        return score.REFUSED if code is None else score.SAME if code == self.codes[m.file] else None

    def changed(self, m):
        """The kernel with a mutant; or why it is none: what is another code alone may be the same when it is linked."""
        kernel = self.built(m.name, m.file, m.apply(m.before()))
        return score.REFUSED if kernel is None else score.SAME if content(kernel) == self.text else kernel

    def forget(self, m):
        shutil.rmtree(self.folder / m.name, ignore_errors=True)

    def prove(self, new, results):
        """Add the verdicts on those that are none, and those of the proof."""
        self.passed = results.passed
        start = last = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(TOGETHER) as pool:
            for n, (m, kind) in enumerate(zip(new, pool.map(self.kind, new)), 1):
                if kind:
                    results.add(m, [kind, COMPILER, ""])
                if time.monotonic() - last > score.EVERY:
                    last = time.monotonic()
                    print(f"c-mutants: {n} of {len(new)} compiled, {last - start:.0f} s", flush=True)
        proved = [m for m in new if not self.boot and m.name not in results.known and c_proof.is_proved(m.file)]
        for m, goal in c_proof.Rounds(self.config, self.folder, PROOFS).killed(proved):
            results.add(m, [score.KILLED, PROOF, goal])
        return self.try_one

    def proof_fails(self, m):
        """What the verdict says of one alone that no quick proof and no check notices."""
        place = m.file, m.function
        with self.lock:
            if place not in self.provable:
                self.provable[place] = not c_proof.fails(place, self.config, self.folder / "proof")
        return c_proof.fails(place, self.config, self.folder / f"proof-{m.name}", m) if self.provable[place] else ""

    def verdict(self, m):
        kernel = self.changed(m)
        if kernel in (score.REFUSED, score.SAME):
            return [kernel, COMPILER, ""]
        for check in sorted(self.checks, key=lambda c: m.file not in MADE_FOR.get(c.name, ())):
            wrong = check.judge(kernel, self.right)
            if wrong:
                return [score.KILLED, check.name, wrong]
        goal = "" if m.name in self.passed else self.proof_fails(m)
        return [score.KILLED, PROOF, goal] if goal else [score.SURVIVED, "", ""]

    def try_one(self, m):
        verdict = self.verdict(m)
        self.forget(m)
        return verdict


class Results(score.Results):
    """Who noticed a mutant was at work on its file. `passed`: what survived a proof that reads the same
    now, so that it is to be booted again, but not to be proved."""

    def __init__(self, config, every, data):
        self.files, self.passed = {m.name: m.file for m in every}, set()
        super().__init__(ROOT / "build" / config / "c_mutation.json", "arch/x86",
                         c_judges.judges(config, text_tested(config)), data)
        self.known = {name: verdict for name, verdict in self.known.items() if name in self.files}

    def holds(self, name, verdict, before):
        proof = self.key(name, PROOF)
        if verdict[0] == score.SURVIVED and proof in before and before[proof] == self.judges.get(proof):
            self.passed.add(name)
        return super().holds(name, verdict, before)

    def doubt(self, names):
        """What the proof is said to notice of these is to be tried again."""
        self.known = {name: verdict for name, verdict in self.known.items()
                      if name not in names or verdict[:2] != [score.KILLED, PROOF]}

    def key(self, name, judge):
        return c_judges.key(judge, self.files.get(name))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    score.arguments(p)
    p.add_argument("--boot", action="store_true", help="no rounds of proofs")
    p.add_argument("--confirm", action="store_true", help="try again, as the verdict would, what the proof noticed")
    options = p.parse_args()

    def results():
        found = Results(options.config, every, DATA if options.commit or options.confirm else None)
        if options.confirm:
            found.doubt({m.name for m in score.chosen(every, options)})
        return found

    try:
        every = mutant.mutants(options.config, "arch/x86")
        return score.run("c-mutants", options, every,
                         results,
                         lambda new, results: Bench(options.config, options.boot or options.confirm).prove(new, results),
                         DATA, SURVIVORS, GOAL, TOGETHER)
    except (KernelError, score.ScoreError, syntax.ClangError, OSError, subprocess.SubprocessError) as error:
        print(f"c_mutants.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
