#!/usr/bin/env python3
"""Which branches of core/ random events reach, and which the fuzzer's corpus: clang's own
coverage of the C text. A branch is one outcome, true or false, of one condition, or one case
of a switch. Prints the shares and each branch that nothing reaches, with the reason why nothing
can, from unreached.toml. A branch without reason, and a reason without such a branch, are errors.

  reached.py FOLDER --random EVENTS --images COUNT [--corpus FOLDER...]
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HOSTED = ROOT / "harness" / "hosted"
INCLUDES = [f"-I{ROOT / p}" for p in ("config/small", "core", "proofs/bridge", "harness/hosted")]
COMMON = ["events.c", "dice.c", "rules.c"]
PROGRAMS = {"random": COMMON + ["random.c"], "alone": COMMON + ["fuzz.c", "mutate.c", "alone.c"]}


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"reached.py: {' '.join(map(str, command))[:200]}\n{done.stdout}{done.stderr}")
    return done.stdout


def build(folder, program):
    coverage = ["-fprofile-instr-generate", "-fcoverage-mapping"]
    objects = []
    for source in sorted((ROOT / "core").glob("*.c")) + [HOSTED / name for name in PROGRAMS[program]]:
        measured = source.parent.name == "core"
        objects.append(folder / f"{program}-{source.parent.name}-{source.stem}.o")
        run("clang", "-std=c11", "-O0", *(coverage if measured else ["-O2"]), *INCLUDES, "-c", source, "-o", objects[-1])
    run("clang", *coverage, *objects, "-o", folder / program)


def condition(path, line, column, last, end):
    """Its text, and that of the line it begins on."""
    lines = path.read_text().splitlines()[line - 1:last]
    whole = lines[0].strip()
    lines[-1] = lines[-1][:end - 1]
    lines[0] = lines[0][column - 1:]
    return whole, " ".join(part.strip() for part in lines)


def branches(folder, program, *arguments):
    """{(file, line, column, text of the line, of the condition, outcome): how often}"""
    raw, data = folder / "run.profraw", folder / "run.profdata"
    run(folder / program, *arguments, env=os.environ | {"LLVM_PROFILE_FILE": str(raw)})
    run("llvm-profdata-14", "merge", raw, "-o", data)
    exported = json.loads(run("llvm-cov-14", "export", folder / program, f"-instr-profile={data}"))
    found = {}
    for file in exported["data"][0]["files"]:
        path = pathlib.Path(file["filename"])
        for line, column, last, end, true, false, *_ in file["branches"]:
            place = (path.name, line, column, *condition(path, line, column, last, end))
            found[(*place, "true")] = true
            found[(*place, "false")] = false
    return found


def share(found):
    hit = sum(count > 0 for count in found.values())
    return f"{hit} of {len(found)} ({100 * hit / len(found):.1f} %)"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=pathlib.Path)
    p.add_argument("--random", default="1000000")
    p.add_argument("--images", default="10000")
    p.add_argument("--corpus", type=pathlib.Path, nargs="*", default=[])
    options = p.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for program in PROGRAMS:
        build(options.folder, program)
    inputs = sorted(f for folder in options.corpus for f in folder.iterdir())
    by = {f"{options.random} random events": branches(options.folder, "random", options.random),
          f"the corpus, {len(inputs)} inputs": branches(options.folder, "alone", *inputs),
          f"{options.images} mutated images": branches(options.folder, "alone", "images", options.images)}
    every = {place: max(found[place] for found in by.values()) for place in next(iter(by.values()))}
    for what, found in by.items():
        print(f"branches of core/ that {what} reach: {share(found)}")
    print(f"all of them together: {share(every)}")
    bad = complaints(every, reasons())
    print("\n".join(bad), end="\n" if bad else "", file=sys.stderr)
    sys.exit(1 if bad else 0)


def reasons():
    table = tomllib.loads((HOSTED / "unreached.toml").read_text())["branch"]
    return {(b["file"], b["line"], b["condition"], b["outcome"]): b["reason"] for b in table}


def complaints(every, known):
    """What has no reason, and which reason has nothing; what is never reached is printed."""
    bad, known = [], dict(known)
    for (file, line, column, whole, text, outcome), count in sorted(every.items()):
        if count:
            continue
        reason = known.pop((file, whole, text, outcome), None)
        print(f"  never: {file}:{line}:{column}: {text} is never {outcome}: {reason or '?'}")
        if reason is None:
            bad.append(f"reached: {file}:{line}: nothing reaches {text!r}, {outcome}, and unreached.toml gives no reason")
    return bad + [f"reached: unreached.toml: {' '.join(key)}: is reached, or is no branch: remove it" for key in known]


if __name__ == "__main__":
    main()
