#!/usr/bin/env python3
"""Is each proof more than luck? Every goal again with what should not matter changed.

  stable.py                          all goals of spec/, core/ and arch/x86/ (a run that was stopped goes on)
  stable.py spec/inv.mlw core/x.c    those of some files
  stable.py --seeds 2                with seeds 1 and 2 instead of 1 to 5
  stable.py --only half              under one variation; `as verified`: none
  stable.py spec/inv.mlw --cure      and for goals that are not stable: which attempt would be?

The variations (proofs/stability/variation.py): half of every limit; names and order
shuffled; and for each seed half the limits, the solver's seed, and names and order
shuffled by it. Under each a goal goes through the procedure of the verdict: the same
attempts in the same order, from the same hint. It is stable if each time it is proved.
Exit status 0 only if every goal is, but for those of proofs/stability/unstable.toml, where
each has its reason.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import sys
import time

import provers
import theorems
from stability import answers, cure, verdict, wpfiles
from stability.variation import AS_IS, seeds_matter, variations

ROOT = provers.ROOT
EVERY = 15  # seconds between progress lines


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="*")
    p.add_argument("--seeds", type=int, default=5)
    p.add_argument("--only", action="append", help="only this variation")
    p.add_argument("--cure", action="store_true")
    p.add_argument("-j", "--jobs", type=int, default=2)
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    options = p.parse_args()
    options.varied = variations(options.seeds)
    if options.only:
        options.varied = [v for v in [AS_IS] + options.varied if v.name in options.only]
    if options.seeds < 1 or not options.varied:
        names = ", ".join(v.name for v in [AS_IS] + variations(max(options.seeds, 1)))
        sys.exit(f"stable.py: --seeds (SEEDS) is a number above 0; --only is one of {names}")
    for name in options.files:
        path = pathlib.Path(name).resolve()
        if not path.is_file() or not (path.suffix == ".mlw" or folder(path) in wpfiles.PARTS):
            sys.exit(f"stable.py: {name!r} is no such file; expected spec/x.mlw, core/x.c or arch/x86/x.c")
    return options


def folder(path):
    """That of a C file, from the root of the tree."""
    path = pathlib.Path(path).resolve()
    return str(path.parent.relative_to(ROOT)) if path.suffix == ".c" and path.is_relative_to(ROOT) else ""


class Trial:
    """A goal and how it is proved with a given runner."""

    def __init__(self, part, goal, prove, attempts=None):
        self.part, self.goal, self.prove, self.attempts = part, goal, prove, attempts


class Noted:
    """A runner that notes what was said."""

    def __init__(self, runner):
        self.runner, self.said = runner, collections.Counter()

    def run(self, *attempt):
        answer = self.runner.run(*attempt)
        self.said[answer[1]] += 1
        return answer


def tried(trial, runner):
    noted = Noted(runner)
    return dict(trial.prove(noted), said=noted.said)


def theorem_trials(paths, options):
    """The goals of spec/ that are to be proved, printed when they are needed."""
    settings = argparse.Namespace(limit=10.0, slow=float("inf"), no_split=False)  # the verdict's
    load = [str(ROOT / "spec")] + sorted({str(p.parent) for p in paths} - {str(ROOT / "spec")})
    printer, known = answers.Kept(load, paths), theorems.hints(local=False)

    def trial(goal, path):
        return Trial("spec", str(goal), lambda runner: theorems.attempt(
            goal, path, printer, runner, settings, known),
            cure.theorem_attempts(printer, goal, path))

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        printed = list(pool.map(lambda p: printer.goals(p, provers.PLAIN), paths))
    out = [(g, p) for p, goals in zip(paths, printed) for g in goals if not theorems.is_canary(g)]
    for goal, path in out:
        printer.plan(path, goal, known.get(str(goal), ""))
    return [trial(g, p) for g, p in out]


def c_trials(part, files, options):
    """Of core/ or arch/x86/. The names of the latter's goals say so: both may have the same."""
    goals, plain = wpfiles.collect(part, files, options.config)
    print(f"stability: {len(goals)} goals of {part}/ need a prover, {plain} none", flush=True)

    def trial(name, paths):
        return Trial(part, name if part == "core" else f"{part}/{name}",
                     lambda runner: wpfiles.prove(paths, runner), cure.c_attempts(paths))

    return [trial(name, paths) for name, paths in goals.items()]


def parts(options):
    """The trials of core/ and arch/x86/, then those of spec/: each written down when it is their turn."""
    spec = [pathlib.Path(f).resolve() for f in options.files if f.endswith(".mlw")]
    for part in wpfiles.PARTS:
        files = [f for f in options.files if folder(f) == part]
        if files or not options.files:
            print(f"stability: WP writes down the goals of {part}/", flush=True)
            yield c_trials(part, files, options)
    if spec or not options.files:
        print("stability: Why3 writes down the goals of spec/", flush=True)
        every = theorems.files(argparse.Namespace(files=[], spec=ROOT / "spec"))
        yield theorem_trials(spec or every, options)


def run_all(found, runners, jobs):
    """{variation: {goal: result}}"""
    results, start, last = collections.defaultdict(dict), time.monotonic(), time.monotonic()
    count = bad = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        work = {pool.submit(tried, t, runners[v, t.part]): (t, v)
                for t in found for v in dict.fromkeys(v for v, _ in runners)}
        for job in concurrent.futures.as_completed(work):
            if job.exception():
                pool.shutdown(wait=False, cancel_futures=True)
            (trial, name), result = work[job], job.result()
            results[name][trial.goal] = result
            count, bad = count + 1, bad + (not result["proved"])
            if not result["proved"]:
                print(f"unproved under {name}: {trial.goal}, after {result['time']:.1f} s of provers",
                      flush=True)
            if time.monotonic() - last > EVERY:
                last = time.monotonic()
                print(f"stability: {count} of {len(work)} trials ({len(found)} goals), "
                      f"{bad} unproved, {last - start:.0f} s", flush=True)
    return {v: results[v] for v in dict.fromkeys(v for v, _ in runners)}


def main():
    options, start = arguments(), time.monotonic()
    matter = seeds_matter(answers.BUILD / "given", options.seeds)
    known = answers.Answers(answers.BUILD / "answers.jsonl")
    runners = {(v.name, part): answers.Runner(v, known, answers.BUILD / "given", part in wpfiles.PARTS)
               for v in options.varied for part in ("spec", *wpfiles.PARTS)}
    found, results = [], {v.name: {} for v in options.varied}
    for part in parts(options):
        found += part
        for name, proved in run_all(part, runners, options.jobs).items():
            results[name].update(proved)
    if not found:
        sys.exit("stability: there is no goal to prove in "
                 + (" ".join(options.files) or "spec/, core/ and arch/x86/"))
    whole = not options.files and not options.only
    broken = [line for r in runners.values() for line in r.broken]
    wrong = verdict.judge(results, broken, whole)
    verdict.save(results, options, matter, whole and options.seeds >= 5, time.monotonic() - start)
    if options.cure:
        left = verdict.unstable(results)
        for trial in (t for t in found if t.goal in left):
            print(cure.lines(trial, runners, list(results)), flush=True)
    print("\n".join(verdict.table(results, matter) + wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
