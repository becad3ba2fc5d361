#!/usr/bin/env python3
"""The verdict: tools, build, theorems, proof of the C code, smoke tests, gates, and the
scenarios in QEMU. Ends with tables, for each stage that failed the lines that say why,
and one last line that says yes or what failed.
"""
import argparse
import collections
import dataclasses
import json
import os
import pathlib
import sys
import time

import reasons
from gates.common import lines

ROOT = pathlib.Path(__file__).resolve().parent.parent
# stage, what it is, the stage without which it says nothing
STAGES = [
    ("tools", "tools and their versions", None),
    ("build", "kernel, programs and systems", "tools"),
    ("theorems", "theorems about the abstract machine", "tools"),
    ("proof", "the C code does what the machine does", "theorems"),
    ("smoke", "no contract and no branch is dead", "proof"),
    ("gates", "no false green", "build"),
    ("scenarios", "the same code, booted", "build"),
]


def command(stage, config):
    proofs = [sys.executable, str(ROOT / "proofs" / {"proof": "wp"}.get(stage, stage)) + ".py"]
    if stage == "tools":
        return proofs
    if stage == "theorems":
        return proofs
    if stage == "proof":
        return proofs + ["--config", config]
    if stage == "smoke":
        return [sys.executable, str(ROOT / "proofs" / "wp.py"), "--config", config, "--smoke"]
    if stage == "gates":
        return [sys.executable, str(ROOT / "proofs" / "run_gates.py"), "--config", config]
    targets = {"build": ["build", "systems"], "scenarios": ["scenarios"]}[stage]
    return ["make", "--no-print-directory", "-s", f"CONFIG={config}"] + targets


@dataclasses.dataclass
class Stage:
    """How a stage went: yes, NO or `not tried`, and if NO, why."""
    word: str
    seconds: float = 0.0
    why: list = dataclasses.field(default_factory=list)


def run(stage, what, config):
    print(f"\n== {stage}: {what}", flush=True)
    start = time.monotonic()
    status, said = reasons.run(command(stage, config), cwd=ROOT)
    return Stage("yes" if status == 0 else "NO", time.monotonic() - start,
                 reasons.reasons(said) if status else [])


def forget(config, build=ROOT / "build"):
    """What an earlier run found is not this run's result, not even of a stage not tried."""
    for name in ["theorems.json"] + [f"{config}/{kind}.json" for kind in ("wp", "smoke", "scenarios")]:
        (build / name).unlink(missing_ok=True)


def load(path):
    try:
        return json.loads((ROOT / "build" / path).read_text())
    except (OSError, ValueError):
        return {}


def module_table(config):
    """Goals and provers of each file of spec/ and core/."""
    files = collections.OrderedDict()
    for goal, r in load("theorems.json").get("goals", {}).items():
        if not r["canary"]:
            row = files.setdefault("spec/" + goal.split(":")[0], [0, 0, collections.Counter(), 0.0])
            row[0] += 1
            row[1] += r["proved"]
            row[2].update(set(r["prover"].removeprefix("split:").split("+")) - {""})
            row[3] += r["time"]
    for file, r in load(f"{config}/wp.json").get("table", {}).items():
        files["core/" + file] = [r["goals"], r["proved"], collections.Counter(r["provers"]), 0.0]
    for file, (goals, proved, used, seconds) in files.items():
        provers = ", ".join(f"{p} {n}" for p, n in used.most_common() if n)
        spent = f"{seconds:6.1f} s" if seconds else " " * 8
        print(f"  {file:28} {proved:5} of {goals:5} goals {spent}  {provers}")


def promise_table():
    goals = load("theorems.json").get("goals", {})
    for name in lines(ROOT / "proofs" / "expected" / "promises.txt"):
        found = [r for g, r in goals.items() if g.split(".")[-1] == name and not r["canary"]]
        word = "proved" if found and all(r["proved"] for r in found) else "NOT PROVED"
        print(f"  {name:28} {word}")


def scenario_table(config):
    for r in load(f"{config}/scenarios.json") or []:
        word = f"passed, {r['checks']} checks" if r["passed"] else "FAILED"
        print(f"  {r['system']:28} {word}")


def verdict(done, seconds):
    """The end of the output: each stage, why those that failed did, and the last line."""
    out = ["== stages"]
    out += [f"  {stage:28} {s.word:9} {s.seconds:6.0f} s" for stage, s in done.items()]
    out += [f"{reasons.MARK}{stage}: {line.strip()}" for stage, s in done.items() for line in s.why]
    failed = [stage for stage, s in done.items() if s.word == "NO"]
    left = [stage for stage, s in done.items() if s.word == "not tried"]
    if not failed and not left:
        return out + [f"postern: verified: yes, in {seconds:.0f} s"]
    return out + [f"postern: verified: NO: {', '.join(failed)} failed"
                  + (f"; not tried: {', '.join(left)}" if left else "")]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    config, done, start = p.parse_args().config, {}, time.monotonic()
    forget(config)
    for stage, what, needs in STAGES:
        if needs and done[needs].word != "yes":
            done[stage] = Stage("not tried")
            print(f"\n== {stage}: not tried, for {needs} did not succeed")
        else:
            done[stage] = run(stage, what, config)
    print("\n== modules")
    module_table(config)
    print("== promises")
    promise_table()
    print("== scenarios")
    scenario_table(config)
    print("\n".join(verdict(done, time.monotonic() - start)))
    sys.exit(0 if all(s.word == "yes" for s in done.values()) else 1)


if __name__ == "__main__":
    main()
