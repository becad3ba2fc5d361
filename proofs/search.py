"""The search for a proof of one goal: provers in turn, small limits first."""
import hashlib
import json
import math
import re
import threading

import provers
import tasks

ROOT = provers.ROOT
WORK = ROOT / "build" / "proof" / "goals"
CACHE = ROOT / "build" / "cache" / "goals"


class Printer:
    """SMT files of goals, printed on demand, each set of them once.

    Why3 takes longer to print goals than most of them take to be proved. So `plan` says
    which goals will be asked for, for which family of provers; those are printed
    together, and the others of a file only when one of them is asked for."""

    def __init__(self, load):
        self.load, self.plans, self.done = load, {}, {}
        self.lock, self.locks = threading.Lock(), {}

    def plan(self, path, goal, hint):
        """The hint says how the goal was proved last time."""
        split = hint.startswith("split:")
        for prover in filter(None, hint.removeprefix("split:").split("+")):
            key = str(path), provers.family(prover), split
            self.plans.setdefault(key, set()).add(goal)

    def goals(self, path, prover, split=False, goal=None):
        family = provers.family(prover)
        planned = self.plans.get((str(path), family, split), ())
        only = planned if goal in planned and (split or family != provers.PLAIN) else None
        key = str(path), family, split, only is None
        with self.lock:
            lock = self.locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self.done:
                stem = (re.sub(r"\W", "_", str(path)) + f"-{family}{'-split' * split}"
                        f"{'-some' * (only is not None)}")
                self.done[key] = self.make(path, prover, stem, only, split)
            return self.done[key]

    def make(self, path, prover, stem, only, split):
        return tasks.print_goals(path, prover, WORK / stem, self.load, only, split)


class Runner:
    """Runs provers; remembers answers only if a cache is asked for."""

    def __init__(self, cache, guard=provers.GUARD):
        self.cache, self.guard = cache, guard

    def run(self, prover, path, limit, guard=None):
        guard = guard or self.guard
        if not self.cache:
            return provers.run(prover, path, limit, guard)
        text = re.sub(r"^;;.*\n", "", provers.text(prover, path.read_text()), flags=re.M)
        entry = CACHE / hashlib.sha256((prover + text).encode()).hexdigest()
        try:
            old = json.loads(entry.read_text())
            if old["proved"] or old["limit"] >= limit:
                return old["proved"], "cached", 0.0, old["steps"]
        except (OSError, ValueError):
            pass
        result = provers.run(prover, path, limit, guard)
        CACHE.mkdir(parents=True, exist_ok=True)
        entry.write_text(json.dumps({"proved": result[0], "limit": limit, "steps": result[3]}))
        return result


def schedule(hint, limit, ladder):
    """The order of attempts: what proved it last time, then the ladder."""
    if hint in dict(ladder):
        yield hint, limit
    for prover, step in ladder:
        yield prover, step or limit


def location(path):
    found = re.findall(r'^;; File "(.*?)", line (\d+)', path.read_text(), re.M)
    return ":".join(found[-1]) if found else "?"


def prove(goal, printer, runner, limit, hint, path, split=False, part=0,
          ladder=provers.LADDER, slow=math.inf):
    """{'proved', 'prover', 'time', 'steps', 'where'} for a goal or a part of it. If its proof
    takes longer than `slow` seconds, all others are tried, too, and the fastest is told."""
    spent, where = 0.0, "?"
    for prover, step in schedule(hint, limit, ladder):
        parts = printer.goals(path, prover, split, goal).get(goal, [])
        if part >= len(parts):
            return dict(proved=False, prover="", time=spent, steps=0, where="not printed")
        where = location(parts[part])
        proved, _, seconds, used = runner.run(prover, parts[part], step)
        spent += seconds
        if proved and seconds > slow:
            prover, seconds, used = fastest(goal, printer, runner, prover, seconds, used, path,
                                            split, part)
        if proved:
            return dict(proved=True, prover=prover, time=round(spent, 2), steps=used, where=where)
    return dict(proved=False, prover="", time=round(spent, 2), steps=0, where=where)


def fastest(goal, printer, runner, best, seconds, used, path, split, part):
    """(prover, seconds, steps) of the fastest proof, given one."""
    for prover in {p: None for p, _ in provers.LADDER if p != best}:
        parts = printer.goals(path, prover, split, goal).get(goal, [])
        proved, _, took, steps = runner.run(prover, parts[part], 0.8 * seconds, guard=1)
        if proved and took < 0.8 * seconds:
            best, seconds, used = prover, took, steps
    return best, seconds, used


def first_prover(hint):
    return hint.removeprefix("split:").split("+")[0] or provers.PLAIN


def prove_parts(goal, printer, runner, limit, path, hint="", slow=math.inf):
    """Split the goal (Why3's split_vc) and prove every part; one hint for each."""
    parts = printer.goals(path, first_prover(hint), True, goal).get(goal, [])
    if len(parts) < 2:
        return None
    hints = hint.removeprefix("split:").split("+")
    hints = hints if len(hints) == len(parts) else [""] * len(parts)
    results = [prove(goal, printer, runner, limit, hints[n], path, True, n, slow=slow)
               for n in range(len(parts))]
    left = [r for r in results if not r["proved"]]
    total = round(sum(r["time"] for r in results), 2)
    if left:
        return dict(proved=False, prover="", time=total, steps=0,
                    where="; ".join(sorted({r["where"] for r in left})),
                    parts=f"{len(left)} of {len(parts)} parts left")
    names = "+".join(r["prover"] for r in results)
    return dict(proved=True, prover=f"split:{names}", time=total,
                steps=sum(r["steps"] for r in results), where="", parts=len(parts))
