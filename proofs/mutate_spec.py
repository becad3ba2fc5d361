#!/usr/bin/env python3
"""The mutation score of spec/ and of contracts: how many small changes of what is claimed
are noticed?

  mutate_spec.py                         every mutant (hours; a run that was stopped goes on)
  mutate_spec.py --sample 30 --seed 1    so many, drawn by this seed
  mutate_spec.py NAME ...                these; --list shows them only
  mutate_spec.py --deep ...              the list of statements does not count

A mutant is one change of a theorem of spec/top.mlw or of a definition that one of them
needs, to the last (proofs/mutation/claim.ml: Why3's parser says where it stands), or of a
clause of a contract of core/ (proofs/mutation/clauses.py). One that
Why3 refuses is none. The others are tried by proofs/mutation/killers.py (contracts:
contract_killers.py), the cheapest first, until one notices. Survivors are shown; those in
proofs/mutation/spec_survivors.toml have a reason there. Exit status 0 only if each survivor has one.
"""
import argparse
import functools
import hashlib
import subprocess
import sys
import time

from mutation import claim, clauses, contract_killers, killers, score, theorems

ROOT = score.ROOT
SURVIVORS = ROOT / "proofs" / "mutation" / "spec_survivors.toml"
DATA = ROOT / "proofs" / "data" / "spec_mutation.json"
GOAL = 98   # percent
PARTS = ["machine", "claim", "contract"]


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    score.arguments(p)
    p.add_argument("--deep", action="store_true", help="without the list of statements")
    p.add_argument("-v", "--verbose", action="store_true", help="a line for each mutant")
    p.add_argument("--only", choices=PARTS,
                   help="what the C code is compared with, what else the theorems need, or contracts")
    p.add_argument("--goals", type=int, default=40, help="theorems that are tried for one mutant (%(default)s)")
    return p.parse_args()


def text_judged():
    """A name for what the verdicts are about."""
    files = sorted(f for pattern in ("spec/**/*.mlw", "core/*.[ch]", "proofs/bridge/*", "proofs/mutation/*killers.py",
                                     "proofs/mutation/theorems.py", "proofs/expected/statements.txt")
                   for f in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:16]


def part(change):
    if isinstance(change, clauses.Clause):
        return "contract"
    return "machine" if change.module in killers.machine() else "claim"


class Judge:
    """Killers are made when the first mutant needs them: some have to build something."""

    def __init__(self, options):
        self.options, self.made = options, {}

    def killers(self, change):
        o = self.options
        if part(change) == "contract":
            return [contract_killers.Gates, lambda: contract_killers.Proof(o.config)]
        return ([] if o.deep else [killers.Statements]) + [
            killers.Oracle, lambda: killers.CProof(o.config), lambda: theorems.Theorems(o.goals)]

    def verdict(self, change):
        if part(change) == "contract":
            place = contract_killers.plant(change)
        else:
            place = claim.plant(change, killers.FOLDER / "tree")
            if not claim.well_typed(place):
                return [score.REFUSED, "", ""]
        for number, make in enumerate(self.killers(change)):
            key = part(change) == "contract", number
            if key not in self.made:
                self.made[key] = make()
            says = self.made[key].notice(change, place)
            if says:
                gate = says.split(":")[0] if says.startswith("gate ") else self.made[key].name
                return [score.KILLED, gate, says]
        return [score.SURVIVED, "", ""]


def main():
    options = arguments()

    def verdict(judge, m):
        before, said = time.monotonic(), judge.verdict(m)
        if options.verbose:
            print(f"{m.name:28} {time.monotonic() - before:5.1f} s  {' '.join(said)}", flush=True)
        return said

    def results():
        return score.Results(ROOT / "build" / options.config / f"spec_mutation{'_deep' * options.deep}.json", text_judged())
    try:
        subprocess.run(["make", "-s", str(claim.PROGRAM.relative_to(ROOT))], cwd=ROOT, check=True)
        every = [m for m in claim.changes() + clauses.changes() if options.only in (None, part(m))]
        return score.run("spec-mutants", options, every, results, lambda *_: functools.partial(verdict, Judge(options)),
                         DATA, SURVIVORS, GOAL)
    except (score.ScoreError, OSError, subprocess.SubprocessError) as error:
        print(f"mutate_spec.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
