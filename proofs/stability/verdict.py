"""What came out: which goals are stable, and what is wrong with the others."""
import json
import subprocess
import tomllib

import provers

ROOT = provers.ROOT
UNSTABLE = ROOT / "proofs" / "stability" / "unstable.toml"
DATA = ROOT / "proofs" / "data" / "stability.json"


def unstable(results):
    """{goal: the variations under which it was not proved}"""
    out = {}
    for name, goals in results.items():
        for goal, result in goals.items():
            if not result["proved"]:
                out.setdefault(goal, []).append(name)
    return dict(sorted(out.items()))


def excused(path=UNSTABLE):
    return tomllib.loads(path.read_text()) if path.exists() else {}


def happened(result):
    """What the provers said, and how often."""
    said = result.get("said") or {"never asked": 1}
    return "; ".join(f"{answer}: {count}" for answer, count in sorted(said.items()))


def judge(results, broken, whole, reasons=None):
    """What forbids a yes, a line each."""
    reasons = excused() if reasons is None else reasons
    left = unstable(results)
    out = []
    if not results or not all(results.values()):
        out.append("stability: no goal was tried")
    out += [f"unstable: {goal}: not proved under "
            + ", ".join(f"{name} ({happened(results[name][goal])})" for name in names)
            for goal, names in left.items() if goal not in reasons]
    if whole:
        out += [f"{UNSTABLE.relative_to(ROOT)}: {goal} is stable, or is no goal: take it out"
                for goal in reasons if goal not in left]
    out += [f"{UNSTABLE.relative_to(ROOT)}: {goal} has no reason"
            for goal, reason in reasons.items() if not str(reason).strip()]
    if broken:
        out.append(f"stability: a solver refused {len(broken)} files; the first: {broken[0]}")
    goals = {g for r in results.values() for g in r}
    stable = len(goals) - len(left)
    out += [f"stability: {stable} of {len(goals)} goals are stable; those above are not. For one: "
            "a hint with another prover (theorems.py --learn), or a lemma that makes it easier"
            ] if len(set(left) - set(reasons)) else []
    return out


def share(results):
    goals = {g for r in results.values() for g in r}
    return len(goals) - len(unstable(results)), len(goals)


def elsewhere(results, name):
    """Goals that under a variation another attempt proves than under half the limits alone."""
    base = results.get("half", {})
    return sum(r["proved"] and r["prover"] != base.get(g, r)["prover"]
               for g, r in results[name].items())


def table(results, matter):
    out = []
    for name, goals in results.items():
        proved = sum(r["proved"] for r in goals.values())
        out.append(f"  {name:12} {proved:5} of {len(goals):5} goals proved "
                   f"{sum(r['time'] for r in goals.values()):8.0f} s of provers, "
                   f"{elsewhere(results, name):4} by another attempt than under half")
    for solver, does in matter.items():
        out.append(f"  the seed alone {'changes' if does else 'does not change'} what {solver} does")
    stable, total = share(results)
    return out + [f"stability: {stable} of {total} goals stable "
                  f"({100 * stable / max(total, 1):.2f} %) under {len(results)} variations"]


def commit():
    def git(*words):
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    changed = git("status", "--porcelain", "--", "core", "spec", "arch/x86", "proofs/*.py", "proofs/hints.json")
    return git("rev-parse", "HEAD") + (" and changes" if changed else "")


def save(results, options, matter, full, seconds):
    """build/CONFIG/stability.json; of a full run proofs/data/stability.json too."""
    stable, total = share(results)
    varied = {name: {"goals": len(goals), "proved": sum(r["proved"] for r in goals.values()),
                     "unstable": sorted(g for g, r in goals.items() if not r["proved"]),
                     "by another attempt": elsewhere(results, name),
                     "seconds": round(sum(r["time"] for r in goals.values()), 1)}
              for name, goals in results.items()}
    data = {"commit": commit(), "config": options.config, "files": options.files,
            "goals": total, "stable": stable, "seed changes the solver": matter,
            "variations": varied, "unstable": unstable(results), "seconds": round(seconds, 1)}
    for path in [ROOT / "build" / options.config / "stability.json"] + ([DATA] if full else []):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, indent=1) + "\n")
