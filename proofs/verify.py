#!/usr/bin/env python3
"""The verdict: tools, build, theorems, proof of the C code, smoke tests, gates, and the
scenarios in QEMU. Ends with a table and one last line that says yes or what failed.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import time

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


def run(stage, what, config):
    print(f"\n== {stage}: {what}", flush=True)
    start = time.monotonic()
    status = subprocess.run(command(stage, config), cwd=ROOT).returncode
    return status == 0, time.monotonic() - start


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


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    config, done, start = p.parse_args().config, {}, time.monotonic()
    for stage, what, needs in STAGES:
        if needs and not done[needs][0]:
            done[stage] = (False, 0.0)
            print(f"\n== {stage}: not tried, {needs} failed")
        else:
            done[stage] = run(stage, what, config)
    print("\n== modules")
    module_table(config)
    print("== promises")
    promise_table()
    print("== scenarios")
    scenario_table(config)
    print("== stages")
    for stage, (good, seconds) in done.items():
        print(f"  {stage:28} {'yes' if good else 'NO':4} {seconds:6.0f} s")
    bad = [stage for stage, (good, _) in done.items() if not good]
    print(f"postern: verified: yes, in {time.monotonic() - start:.0f} s" if not bad else
          f"postern: verified: NO: {', '.join(bad)} failed")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
