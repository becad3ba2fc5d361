#!/usr/bin/env python3
"""Which branches of core/ random events reach, and which the fuzzer's corpus: clang's own
coverage of the C text. A branch is one outcome, true or false, of one condition, or one case
of a switch. Prints the shares and each branch that nothing reaches.

  reached.py FOLDER --random EVENTS --images COUNT [--corpus FOLDER...]
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

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


def branches(folder, program, *arguments):
    """{(file, line, column, outcome): how often}"""
    raw, data = folder / "run.profraw", folder / "run.profdata"
    run(folder / program, *arguments, env=os.environ | {"LLVM_PROFILE_FILE": str(raw)})
    run("llvm-profdata-14", "merge", raw, "-o", data)
    exported = json.loads(run("llvm-cov-14", "export", folder / program, f"-instr-profile={data}"))
    found = {}
    for file in exported["data"][0]["files"]:
        for line, column, _, _, true, false, *_ in file["branches"]:
            place = (pathlib.Path(file["filename"]).name, line, column)
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
    for (file, line, column, outcome), count in sorted(every.items()):
        if not count:
            text = (ROOT / "core" / file).read_text().splitlines()[line - 1].strip()
            print(f"    never: {file}:{line}:{column} {outcome}: {text}")


if __name__ == "__main__":
    main()
