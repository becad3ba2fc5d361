#!/usr/bin/env python3
"""Prove the theorems of spec/ with Why3 and the provers of provers.py.

  theorems.py                        the verdict: every goal of every file, and canaries
  theorems.py spec/inv.mlw           one file (also: -m Module, -g regex of goal names)
  theorems.py spec/inv.mlw -t 5      with a larger limit (about seconds) for each attempt

A run over named files may use remembered answers (--no-cache turns that off);
the verdict never does. Exit status 0 only if every goal was proved.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import math
import pathlib
import re
import sys
import time

import provers
import search
import tasks
from gates.spectext import ends

ROOT = provers.ROOT
HINTS = ROOT / "proofs" / "hints.json"
LOCAL = ROOT / "build" / "proof" / "hints.json"
RESULT = ROOT / "build" / "theorems.json"
EVERY = 10  # seconds between progress lines


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="*")
    p.add_argument("-m", "--module", help="only this module")
    p.add_argument("-g", "--goal", help="only goals whose name matches this regex")
    p.add_argument("-t", "--limit", type=float, help="limit of one attempt (3; verdict: 10)")
    p.add_argument("-j", "--jobs", type=int, default=2)
    p.add_argument("-v", "--verbose", action="store_true", help="a line for each goal")
    p.add_argument("--no-cache", action="store_true")
    p.add_argument("--no-split", action="store_true", help="do not try goals in parts")
    p.add_argument("--learn", action="store_true", help="write proofs/hints.json")
    p.add_argument("--slow", type=float, default=math.inf, metavar="SECONDS",
                   help="look for the fastest proof of goals that take longer (with --learn)")
    p.add_argument("--spec", default=str(ROOT / "spec"), help="folder of the specification")
    options = p.parse_args()
    options.limit = options.limit or (3.0 if options.files else 10.0)
    return options


def hints(local=True):
    """How each goal was proved last time: as committed, or here."""
    known = {}
    for path in (HINTS, LOCAL) if local else (HINTS,):
        if path.exists():
            known.update(json.loads(path.read_text()))
    return known


def files(options):
    if options.files:
        return [pathlib.Path(f).resolve() for f in options.files]
    spec = pathlib.Path(options.spec).resolve()
    return sorted(spec.rglob("*.mlw")) + sorted((ROOT / "proofs" / "bridge").glob("*.mlw"))


def is_canary(goal):
    return "canary/" in goal.file or goal.module.startswith("Canary")


def selected(goal, options):
    return ((not options.module or goal.module == options.module)
            and (not options.goal or re.search(options.goal, goal.name)))


def false_canaries(paths, out):
    """A file that tries to prove `false` from the modules of the specification: those with
    axioms, and those that no other uses, which between them have all facts of the rest."""
    lines = []
    for stem, module in sorted(ends(p for p in paths if p.parent.name != "canary")):
        lines += [f"module Canary_{stem}_{module}", f"  use {stem}.{module}",
                  "  goal contradiction: false", "end"]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines) + "\n")
    return out


class Progress:
    def __init__(self, total, quiet):
        self.total, self.count, self.left, self.quiet = total, 0, 0, quiet
        self.start = self.last = time.monotonic()

    def step(self, proved):
        self.count += 1
        self.left += not proved
        now = time.monotonic()
        if not self.quiet and now - self.last > EVERY:
            self.last = now
            print(f"theorems: {self.count} of {self.total} goals looked at, {self.left} left, "
                  f"{now - self.start:.0f} s", flush=True)


def attempt(goal, path, printer, runner, options, known):
    """Prove one goal; a canary gets small limits and no second try."""
    if is_canary(goal):
        ladder = provers.CONTRADICTION if goal.name == "contradiction" else provers.CANARY
        return search.prove(goal, printer, runner, options.limit, "", path, ladder=ladder)
    hint = known.get(str(goal), "")
    parts = None
    if hint.startswith("split"):
        parts = search.prove_parts(goal, printer, runner, options.limit, path, hint, options.slow)
        if parts and parts["proved"]:
            return parts
    result = search.prove(goal, printer, runner, options.limit, hint, path, slow=options.slow)
    if result["proved"] or options.no_split:
        return result
    return parts or search.prove_parts(goal, printer, runner, options.limit, path) or result


def report(goal, result, options):
    good = result["proved"] != is_canary(goal)
    if good and not options.verbose:
        return good
    word = ("PROVED (must not be)" if is_canary(goal) else "proved") if result["proved"] \
        else ("not proved, as it should be" if is_canary(goal) else "UNPROVED")
    extra = f" [{result['parts']}]" if "parts" in result else ""
    print(f"{word}: {goal} {result['prover']} {result['time']:.1f} s {result['where']}{extra}",
          flush=True)
    return good


def prove_all(paths, printer, options):
    """{goal: result}. Files are printed side by side, then goals are proved so."""
    runner = search.Runner(cache=bool(options.files) and not options.no_cache)
    known, results = hints(), {}
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        printed = list(pool.map(lambda p: printer.goals(p, provers.PLAIN), paths))
        work = [(g, p) for p, goals in zip(paths, printed) for g in goals if selected(g, options)]
        for goal, path in work:
            printer.plan(path, goal, known.get(str(goal), ""))
        progress = Progress(len(work), False)
        jobs = {pool.submit(attempt, g, p, printer, runner, options, known): g for g, p in work}
        for job in concurrent.futures.as_completed(jobs):
            goal, result = jobs[job], job.result()
            results[goal] = result
            progress.step(report(goal, result, options))
    return results


def remember(results, options):
    new = {str(g): r["prover"] for g, r in results.items()
           if r["proved"] and not is_canary(g)}
    for path in [LOCAL] + ([HINTS] if options.learn else []):
        old = json.loads(path.read_text()) if path.exists() else {}
        old = new if options.learn and not options.files else {**old, **new}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(old, indent=0, sort_keys=True) + "\n")


def table(results, seconds):
    rows = collections.OrderedDict()
    for goal in sorted(results, key=lambda g: (g.file, g.module)):
        if not is_canary(goal):
            rows.setdefault((goal.file, goal.module), []).append(results[goal])
    for (file, module), rs in rows.items():
        proved = sum(r["proved"] for r in rs)
        print(f"  {file + ' ' + module:48} {proved:4} of {len(rs):4} goals"
              f" {sum(r['time'] for r in rs):7.1f} s")
    slow = sorted(((r["time"], str(g), r["prover"]) for g, r in results.items()
                   if not is_canary(g)), reverse=True)[:3]
    if slow:
        print("  slowest:", ", ".join(f"{g} {t:.1f} s ({p})" for t, g, p in slow))
    print(f"  {seconds:.0f} s")


def save(results, paths, seconds):
    """build/theorems.json: what the gates read."""
    goals = {str(g): dict(r, canary=is_canary(g))
             for g, r in sorted(results.items(), key=lambda x: str(x[0]))}
    files = {str(p.relative_to(ROOT)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"goals": goals, "files": files,
                                  "seconds": round(seconds, 1)}, indent=1) + "\n")


def main():
    options, start = arguments(), time.monotonic()
    if not options.files:
        RESULT.unlink(missing_ok=True)
    paths = files(options)
    spec = str(pathlib.Path(options.spec).resolve())
    load = [spec] + sorted({str(p.parent) for p in paths} - {spec})
    if not options.files:
        paths.append(false_canaries(paths, ROOT / "build" / "proof" / "false.mlw"))
    printer = search.Printer(load)
    results = prove_all(paths, printer, options)
    real = [g for g in results if not is_canary(g)]
    bad = [g for g in results if results[g]["proved"] == is_canary(g)]
    remember(results, options)
    table(results, time.monotonic() - start)
    if not options.files:
        save(results, paths[:-1], time.monotonic() - start)
    canaries = len(results) - len(real)
    if not results:
        print("no goal there: a file that only defines has its theorems in other files of spec/")
    print(f"theorems: {sum(results[g]['proved'] for g in real)} of {len(real)} goals proved, "
          f"{canaries} canaries, {len(bad)} problems")
    sys.exit(1 if bad or not real else 0)


if __name__ == "__main__":
    main()
