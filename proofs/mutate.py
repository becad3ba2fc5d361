#!/usr/bin/env python3
"""The proof mutation score: how many small changes of core/ does its proof notice?

  mutate.py                         every mutant (hours; a run that was stopped goes on)
  mutate.py --commit                the same, and the verdicts go to proofs/data/mutation.json after
                                    each round; it goes on from those there that are about this text
  mutate.py --sample 100 --seed 1   so many, drawn by this seed
  mutate.py -f function             those of one function; --list shows them only
  mutate.py --confirm ...           what one prover noticed is put to all, with the verdict's limits

A mutant is one change of one function (proofs/mutation/operators.py), made in the syntax
tree that clang gives. One that gcc refuses, or compiles to the very same machine code, is
none. The others are proved in rounds, one for each function at a time, as planted bugs are
(mutants.py). A mutant is killed if a goal of its function is not proved, which was proved
with the same prover and limit without the change; the goal is named. What then survives is
tried once more alone: a run that Frama-C complains about (of a sum that is always too large it
makes a warning, no goal) is no yes of the verdict either. Survivors are shown
with their difference; those in proofs/mutation/survivors.toml have a reason there.
Exit status 0 only if each survivor has one, and no verdict differs from the committed one.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

import mutants as planted
from mutation import mutant as mutation, score, syntax

ROOT = mutation.ROOT
DATA = ROOT / "proofs" / "data" / "mutation.json"
SURVIVORS = ROOT / "proofs" / "mutation" / "survivors.toml"
EVERY = 15  # seconds between progress lines
KILLED, SURVIVED, SAME, REFUSED = "killed", "survived", "same code", "does not compile"
ALONE = "tried alone, too"


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--sample", default="all", help="how many")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("-f", "--function", action="append")
    p.add_argument("--list", action="store_true")
    p.add_argument("--commit", action="store_true")
    p.add_argument("--confirm", action="store_true", help="put kills to all provers, as the verdict would")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    return p.parse_args()


def chosen(options):
    every = [m for m in mutation.mutants(options.config)
             if not options.function or m.function in options.function]
    if options.sample == "all":
        return every
    if not options.sample.isdigit() or int(options.sample) < 1:
        sys.exit(f"mutate.py: --sample (SAMPLE) is a number above 0, or `all`, not {options.sample!r}")
    return random.Random(options.seed).sample(every, min(int(options.sample), len(every)))


def text_proved():
    """A name for what the verdicts are about: the C code, the bridge, and how it is proved."""
    files = sorted(ROOT.glob("core/*.[ch]")) + sorted(ROOT.glob("proofs/bridge/*")) + [
        ROOT / "proofs" / "mutants.py"]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:16]


class Results:
    """What is known: {mutant's name: [verdict, goal]}, kept in build/ between runs; with `data`, a
    path, that of the committed verdicts, too."""

    def __init__(self, config, data=None):
        self.path, self.data = ROOT / "build" / config / "mutation.json", data
        self.known = {}
        for path in filter(None, (data, self.path)):
            old = json.loads(path.read_text()) if path.exists() else {}
            if old.get("text") == text_proved():
                self.known |= {name: verdict[-2:] for name, verdict in old["mutants"].items()}

    def add(self, mutant, verdict, goal=""):
        self.known[mutant.name] = [verdict, goal]

    def save(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps({"text": text_proved(), "mutants": self.known}, indent=0) + "\n")

    def commit(self, every):
        """The verdicts as data, with the commit that they are about."""
        if self.data:
            self.data.parent.mkdir(exist_ok=True)
            self.data.write_text(json.dumps({
                "commit": score.head(), "text": text_proved(), "mutants there are": len(every),
                "mutants": {m.name: [m.operator, f"core/{m.file}", *self.known[m.name]]
                            for m in every if m.name in self.known}}, indent=0) + "\n")


def object_code(path, config, folder):
    """What gcc makes of a file; None if it refuses."""
    out = pathlib.Path(folder) / f"{path.parent.name}-{path.stem}.o"
    command = ["gcc", "-std=c11", "-O2", "-ffreestanding", "-w", "-c", str(path), "-o", str(out)]
    command += [f"-I{i}" for i in mutation.includes(config)]
    return out.read_bytes() if subprocess.run(command, capture_output=True).returncode == 0 else None


def compile_one(mutant, original, config):
    """REFUSED, SAME, or '' for a change that is one."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / mutant.file
        path.write_text(mutant.apply((ROOT / "core" / mutant.file).read_text()))
        code = object_code(path, config, folder)
    return REFUSED if code is None else SAME if code == original[mutant.file] else ""


def sift(found, results, config):
    """The mutants that are to be proved."""
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        original = {}
        for name in {m.file for m in found}:
            path = pathlib.Path(folder) / name
            shutil.copy(ROOT / "core" / name, path)
            original[name] = object_code(path, config, folder)
        verdicts = list(pool.map(lambda m: compile_one(m, original, config), found))
    for m, verdict in zip(found, verdicts):
        if verdict:
            results.add(m, verdict)
    return [m for m, verdict in zip(found, verdicts) if not verdict]


def plant(mutants, config):
    folder = planted.plant([], config)
    for m in mutants:
        path = folder / m.file
        path.write_text(m.apply(path.read_text()))
    return folder


def rounds(mutants):
    """In each round one mutant of each function that has one left. Of a file the last place
    comes first, so that the others are still where they were."""
    left = collections.defaultdict(list)
    for m in mutants:
        left[m.file, m.function].append(m)
    while any(left.values()):
        yield sorted((queue.pop(0) for queue in left.values() if queue), key=lambda m: -m.place)


def prove_round(mutants, results, config):
    left = planted.prove(plant(mutants, config), {m.function for m in mutants}, config)
    if left is None and len(mutants) == 1:
        look_again(mutants[0], results, config)
    elif left is None:
        middle = len(mutants) // 2
        prove_round(mutants[:middle], results, config)
        prove_round(mutants[middle:], results, config)
    else:
        for m in mutants:
            goals = left[m.function]
            results.add(m, KILLED if goals else SURVIVED, goals[0] if goals else "")


def look_again(m, results, config):
    """One alone: if every goal is proved, does Frama-C complain, or refuse what gcc takes?"""
    command = [sys.executable, str(ROOT / "proofs" / "wp.py"), *planted.EFFORT, "--config", config,
               "--source", str(plant([m], config)), "--no-bridge", "-f", m.function]
    done = subprocess.run(command, capture_output=True, text=True)
    said = re.search(r"^\[\w+\] .*[Ww]arning:\s*(.*(?:\n +.*)*)", done.stdout, re.M)
    if done.returncode == 0:
        results.add(m, SURVIVED, ALONE)
    elif said:
        results.add(m, KILLED, " ".join(said[1].split()))
    else:
        results.add(m, REFUSED)


def unconfirmed(mutants, results, config):
    """Those of which the verdict's provers and limits leave no goal unproved. At first the goal alone that
    one prover did not prove is tried, then all of the function."""
    folder = plant(mutants, config)
    left = planted.confirm(folder, {m.function: [results.known[m.name][1]] for m in mutants}, config) or {}
    again = {m.function for m in mutants if not left.get(m.function)}
    more = planted.prove(folder, again, config, planted.VERDICT) if again else {}
    if more is None and len(mutants) > 1:
        middle = len(mutants) // 2
        return [m for half in (mutants[:middle], mutants[middle:]) for m in unconfirmed(half, results, config)]
    return [m for m in mutants if m.function in again and more is not None and not more[m.function]]


def confirm(found, results, config):
    """A kill that the verdict would not see is none: more time proves the mutant. What Frama-C said of
    those that look_again tried is no goal, and was the verdict's."""
    killed = [m for m in found if results.known[m.name][0] == KILLED and " " not in results.known[m.name][1]]
    done = gone = 0
    for one in rounds(killed):
        for m in unconfirmed(one, results, config):
            results.add(m, SURVIVED, ALONE)
            gone += 1
        done += len(one)
        print(f"mutation: {done} of {len(killed)} kills put to all provers, {gone} not confirmed", flush=True)
        results.save()


def baseline(functions, config):
    """The functions that are proved unchanged, with this prover and limit."""
    left = planted.prove(planted.plant([], config), functions, config)
    return set() if left is None or "lemma" in left else functions - set(left)


def reasons():
    """{mutant's name: why it may survive}."""
    if not SURVIVORS.exists():
        return {}
    return {name: entry["reason"] for entry in tomllib.loads(SURVIVORS.read_text()).get("survivor", [])
            for name in entry["mutants"]}


def report(found, results, seconds):
    """Print the figures and the survivors; those without a reason are returned."""
    known, why = results.known, reasons()
    count = collections.Counter(known[m.name][0] for m in found)
    survivors = [m for m in found if known[m.name][0] == SURVIVED]
    for reason in dict.fromkeys(why[m.name] for m in survivors if m.name in why):
        print("survive: " + ", ".join(m.name for m in survivors if why.get(m.name) == reason))
        print(f"    because {reason}")
    bare = [m for m in survivors if m.name not in why]
    for m in bare:
        print(f"SURVIVED: {m.name}, {m.operator} (core/{m.file})")
        print("    " + m.diff().replace("\n", "\n    "))
    judged = count[KILLED] + len(bare)
    by_function = collections.defaultdict(lambda: [0, 0])
    for m in found:
        if known[m.name][0] == KILLED or m in bare:
            by_function[m.function][known[m.name][0] == KILLED] += 1
    weak = [f for f, (lost, killed) in by_function.items() if killed < 0.98 * (lost + killed)]
    print(f"mutation: {len(found)} mutants: {count[KILLED]} killed, {len(survivors)} survived "
          f"({len(survivors) - len(bare)} with a reason), {count[SAME]} the same code, "
          f"{count[REFUSED]} refused by a compiler; {seconds:.0f} s")
    if judged:
        print(f"mutation: score {100 * count[KILLED] / judged:.1f} %; of {len(by_function)} functions "
              f"{len(weak)} below 98 %{': ' + ', '.join(sorted(weak)) if weak else ''}")
    return bare


def contradicted(found, results):
    """The committed verdicts about this very text that a run now says otherwise, as lines."""
    committed = Results("none", DATA).known
    return [f"DIFFERS: {m.name} is `{results.known[m.name][0]}`, in {DATA.relative_to(ROOT)} `{committed[m.name][0]}`"
            for m in found if m.name in committed and committed[m.name][0] != results.known[m.name][0]]


def main():
    options, start = arguments(), time.monotonic()
    try:
        found = chosen(options)
    except syntax.ClangError as error:
        sys.exit(f"mutate.py: {error}")
    if options.list:
        for m in found:
            print(f"{m.name} {m.operator}\n    " + m.diff().replace("\n", "\n    "))
        print(f"{len(found)} mutants")
        return
    if subprocess.run([sys.executable, str(ROOT / "proofs" / "bridge.py"),
                       "--config", options.config]).returncode:
        sys.exit(1)
    if options.commit and (options.sample != "all" or options.function):
        sys.exit("mutate.py: --commit is for all mutants, not for a sample")
    results = Results(options.config, DATA if options.commit else None)
    new = sift([m for m in found if m.name not in results.known], results, options.config)
    print(f"mutation: {len(found)} mutants, {len(new)} to be proved", flush=True)
    if new:
        sound = baseline({m.function for m in new}, options.config)
        weak = sorted({m.function for m in new} - sound)
        if weak:
            sys.exit(f"mutation: not proved without any change, so nothing can be said: {', '.join(weak)}")
    done, last = 0, start
    for one in rounds(new):
        prove_round(one, results, options.config)
        results.save()
        results.commit(found)
        done += len(one)
        if time.monotonic() - last > EVERY:
            last = time.monotonic()
            print(f"mutation: {done} of {len(new)} proved, {last - start:.0f} s", flush=True)
    for m in found:
        if results.known[m.name] == [SURVIVED, ""]:
            look_again(m, results, options.config)
            results.save()
    if options.confirm:
        confirm(found, results, options.config)
    results.commit(found)
    bare = report(found, results, time.monotonic() - start)
    differ = contradicted(found, results) if options.config == "default" else []
    print("\n".join(differ), end="\n" if differ else "")
    sys.exit(1 if bare or differ or not found else 0)


if __name__ == "__main__":
    main()
