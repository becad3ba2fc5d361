#!/usr/bin/env python3
"""Plant the bugs of memory_mutants.toml in a copy of arch/x86 and see that the proof fails.

They are bugs in what builds the page tables. As in mutants.py, those in different functions
are planted at once, and first the untouched functions must be proved with the same prover.
Exit status 0 only if every bug was found.

  memory_mutants.py [--config NAME] [words of a bug ...]
  memory_mutants.py --first 6        the first bug of each of the first six functions
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tomllib

import mutants
from mutation import arch_proof

ROOT = mutants.ROOT
LIST = ROOT / "proofs" / "memory_mutants.toml"
PROVERS = "cvc5a,z3d,z3a"  # a goal that fails takes the limit of each; these prove all
# The guard: steps decide on a busy machine, too; the clock behind them ends what hangs.
TOGETHER = 2               # rounds at a time


def plant(bugs, config, number):
    """A copy of arch/x86 with these bugs."""
    folder = arch_proof.copy(ROOT / "build" / config / "mutant" / f"arch{number}")
    for bug in bugs:
        path = folder / pathlib.Path(bug["file"]).name
        path.write_text(mutants.apply(bug, path.read_text()))
    return folder


def prove(folder, bugs, config):
    """({function: its goals that are not proved}, what was printed)."""
    return arch_proof.prove(folder, {(pathlib.Path(b["file"]).name, b["function"]) for b in bugs}, config,
                            ["-p", PROVERS, "--guard", "100"])


def verdicts(bugs, left, said, sound):
    """A line for each bug of a round, and how many of them were not found."""
    missed = 0
    for b in bugs:
        goals = left[b["function"]]
        good = b["function"] in sound and bool(goals)
        missed += not good
        word = f"found: {', '.join(sorted(set(goals))[:2])}" if good else "SURVIVED" if b["function"] in sound \
            else "the function itself is not proved"
        print(f"{b['function']:16} {b['bug'][:60]:60} {word}", flush=True)
    if not any(left.values()):
        print(said[-1500:])
    return missed


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("words", nargs="*")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    p.add_argument("--first", type=int, help="the first bug of each of so many functions")
    options = p.parse_args()
    if options.first is not None and options.first < 1:
        p.error(f"--first is a number above 0, not {options.first}")
    bugs = [b for b in tomllib.loads(LIST.read_text())["mutant"]
            if all(w in b["bug"] + b["function"] for w in options.words)]
    for b in bugs:
        mutants.apply(b, (ROOT / b["file"]).read_text())
    if subprocess.run([sys.executable, str(ROOT / "proofs" / "bridge.py"),
                       "--config", options.config]).returncode:
        sys.exit(1)
    missed, rounds = 0, mutants.rounds(bugs)
    if options.first:
        rounds = [planted[:options.first] for planted in rounds[:1]]
    bugs = [b for planted in rounds for b in planted]
    with concurrent.futures.ThreadPoolExecutor(TOGETHER) as pool:
        # the first is the code as it is
        done = pool.map(lambda n: prove(plant(([[]] + rounds)[n], options.config, n), ([bugs] + rounds)[n],
                                        options.config), range(len(rounds) + 1))
        left, said = next(done)
        if not arch_proof.ended(said):
            sys.exit(f"memory-mutants: the proof did not run:\n{said[-1500:]}")
        sound = {b["function"] for b in bugs} - set(left)
        for planted, (left, said) in zip(rounds, done):
            missed += verdicts(planted, left, said, sound)
    print(f"memory-mutants: {len(bugs) - missed} of {len(bugs)} bugs found")
    sys.exit(1 if missed or not bugs else 0)


if __name__ == "__main__":
    main()
