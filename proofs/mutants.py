#!/usr/bin/env python3
"""Plant each bug of mutants.toml in a copy of core/ and see that the proof fails.

Prints the goal that failed. Before that the untouched function must be proved with
the same limits; otherwise a failure would say nothing. Exit status 0 only if every
bug was found. (That a goal is not proved any more is all that is claimed here.)

  mutants.py [--config NAME] [words of a bug ...]
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMIT = "3"


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


def prove(folder, file, function, config):
    """The goals of a function that are not proved; None if Frama-C refuses the file."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "proofs" / "wp.py"), str(folder / pathlib.Path(file).name),
         "-f", function, "-t", LIMIT, "--config", config, "--source", str(folder), "--no-bridge"],
        capture_output=True, text=True)
    left = re.findall(r"^UNPROVED \S+ (\S+)", done.stdout, re.M)
    if done.returncode and not left:
        print(done.stdout[-1500:])
        return None
    return left


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("words", nargs="*")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    options = p.parse_args()
    mutants = tomllib.loads((ROOT / "proofs" / "mutants.toml").read_text())["mutant"]
    mutants = [m for m in mutants if all(w in m["bug"] + m["function"] for w in options.words)]
    for m in mutants:
        apply(m, (ROOT / m["file"]).read_text())
    folder = ROOT / "build" / options.config / "mutant" / "core"
    if subprocess.run([sys.executable, str(ROOT / "proofs" / "bridge.py"),
                       "--config", options.config]).returncode:
        sys.exit(1)
    bad, sound = 0, {}
    for m in mutants:
        key = m["file"], m["function"]
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ROOT / "core", folder)
        if key not in sound:
            sound[key] = prove(folder, *key, options.config) == []
        path = folder / pathlib.Path(m["file"]).name
        path.write_text(apply(m, path.read_text()))
        left = prove(folder, *key, options.config)
        good = sound[key] and bool(left)
        bad += not good
        word = f"found: {', '.join(left[:3])}" if good else \
            "SURVIVED" if sound[key] else "the function itself is not proved"
        print(f"{m['function']:18} {m['bug'][:58]:58} {word}", flush=True)
    print(f"mutants: {len(mutants) - bad} of {len(mutants)} bugs found")
    sys.exit(1 if bad or not mutants else 0)


if __name__ == "__main__":
    main()
