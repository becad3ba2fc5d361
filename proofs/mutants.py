#!/usr/bin/env python3
"""Plant the bugs of mutants.toml in a copy of core/ and see that the proof fails.

WP proves each function by itself, from the contracts of those that it calls. So the bugs
are planted in rounds: all at once that are in different functions. For each the goals of
its function that are not proved any more are printed. Before that the untouched functions
must be proved with the same limits; otherwise a failure would say nothing. Exit status 0
only if every bug was found. (That a goal is not proved any more is all that is claimed.)

  mutants.py [--config NAME] [words of a bug ...]
"""
import argparse
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
# A goal that fails takes each prover's limit. So at first there is one prover: that which
# proves nearly all.
EFFORT = ["-p", "cvc5a", "-t", "1", "-j", "3", "--no-cache"]
# With --confirm, what it leaves is tried as the verdict would.
VERDICT = ["-j", "3", "--no-cache"]


def apply(mutant, text):
    """The file with the bug planted in its function."""
    start = re.search(rf"^[A-Za-z_][\w \t*]*\b{mutant['function']}\([^;{{]*\)\s*\{{", text, re.M)
    if not start:
        raise SystemExit(f"mutants.toml: no function {mutant['function']} in {mutant['file']}")
    end = text.index("\n}", start.end())
    body = text[start.start():end]
    if mutant["old"] not in body:
        raise SystemExit(f"mutants.toml: {mutant['function']} in {mutant['file']} has no text "
                         f"{mutant['old']!r}")
    return text[:start.start()] + body.replace(mutant["old"], mutant["new"], 1) + text[end:]


def rounds(mutants):
    """The mutants, so that in one round no function has two."""
    out = []
    for m in mutants:
        free = [r for r in out if m["function"] not in (x["function"] for x in r)]
        (free[0] if free else out.append([]) or out[-1]).append(m)
    return out


def plant(mutants, config):
    """A copy of core/ with these bugs."""
    folder = ROOT / "build" / config / "mutant" / "core"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "core", folder)
    for m in mutants:
        path = folder / pathlib.Path(m["file"]).name
        path.write_text(apply(m, path.read_text()))
    return folder


def prove(folder, functions, config, effort=EFFORT):
    """{function: its goals that are not proved}; None if Frama-C refuses the code."""
    command = [sys.executable, str(ROOT / "proofs" / "wp.py"), *effort, "--config", config,
               "--source", str(folder), "--no-bridge"]
    command += [word for f in sorted(functions) for word in ("-f", f)]
    done = subprocess.run(command, capture_output=True, text=True)
    left = collections.defaultdict(list)
    for function, goal in re.findall(r"^UNPROVED (\S+): (\S+)", done.stdout, re.M):
        left[function].append(goal)
    if done.returncode and not left:
        print(done.stdout[-1500:])
        return None
    return left


def property_of(goal):
    """The name of what a goal proves: of await_ensures_refines_2 it is refines."""
    return re.sub(r"(_preserved|_established)?(_\d+)?$", "", goal).rsplit("_", 1)[-1]


def confirm(folder, left, config):
    """Of the goals left by one prover, those that the verdict's provers leave, too. Of each
    function one property is tried, so what is found is enough, but may not be all."""
    failed = {f: goals for f, goals in left.items() if goals}
    if not failed:
        return left
    names = sorted({property_of(goals[0]) for goals in failed.values()})
    return prove(folder, set(failed), config,
                 VERDICT + [word for name in names for word in ("--property", name)])


def try_round(mutants, sound, options):
    """How many of these bugs were not found."""
    folder, bad = plant(mutants, options.config), 0
    left = prove(folder, {m["function"] for m in mutants}, options.config)
    if options.confirm and left is not None:
        left = confirm(folder, left, options.config)
    for m in mutants:
        goals = left is not None and left[m["function"]]
        good = m["function"] in sound and bool(goals)
        bad += not good
        word = f"found: {', '.join(goals[:3])}" if good else "Frama-C refuses the code" \
            if left is None else "SURVIVED" if m["function"] in sound \
            else "the function itself is not proved"
        print(f"{m['function']:18} {m['bug'][:58]:58} {word}", flush=True)
    return bad


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("words", nargs="*")
    p.add_argument("--confirm", action="store_true",
                   help="what one prover leaves is tried as the verdict would (20 minutes)")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    options = p.parse_args()
    mutants = tomllib.loads((ROOT / "proofs" / "mutants.toml").read_text())["mutant"]
    mutants = [m for m in mutants if all(w in m["bug"] + m["function"] for w in options.words)]
    for m in mutants:
        apply(m, (ROOT / m["file"]).read_text())
    if subprocess.run([sys.executable, str(ROOT / "proofs" / "bridge.py"),
                       "--config", options.config]).returncode:
        sys.exit(1)
    functions, bad = {m["function"] for m in mutants}, 0
    if mutants:
        left = prove(plant([], options.config), functions, options.config)
        sound = set() if left is None or "lemma" in left else functions - set(left)
        bad = sum(try_round(r, sound, options) for r in rounds(mutants))
    print(f"mutants: {len(mutants) - bad} of {len(mutants)} bugs found")
    sys.exit(1 if bad or not mutants else 0)


if __name__ == "__main__":
    main()
