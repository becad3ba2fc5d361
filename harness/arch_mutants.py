#!/usr/bin/env python3
"""Plant bugs in arch/x86, one at a time, and see that a check notices each.

arch_mutants.toml lists them. The kernel with the bug is built in a copy of the tree under
build/; programs and boot images are those of the right one. First every check must pass
with the right kernel, built in the same way.
"""
import argparse
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = Path(__file__).with_suffix(".toml")
COPIED = ["arch", "core", "config", "mk", "proofs/bridge", "Makefile"]
TIMEOUT = 20  # seconds until a system that hangs has failed


class MutantError(Exception):
    """The list does not fit the code, or a check fails without a bug."""


def mutants():
    with open(LIST, "rb") as f:
        return tomllib.load(f)["mutant"]


def copy(config, folder):
    """The kernel's sources, with the objects that are there: only what changes is compiled."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    built = ROOT / "build" / config
    shutil.copytree(built / "kernel", folder / "build" / config / "kernel")


def plant(mutant, folder):
    path = folder / "arch" / "x86" / mutant["file"]
    text = path.read_text()
    if text.count(mutant["old"]) != 1:
        raise MutantError(f"{mutant['name']}: `old` stands {text.count(mutant['old'])} times in {mutant['file']}")
    path.write_text(text.replace(mutant["old"], mutant["new"]))
    return path, text


def build(config, folder):
    done = subprocess.run(["make", "-s", f"CONFIG={config}", "build"], cwd=folder,
                          capture_output=True, text=True)
    if done.returncode:
        raise MutantError(f"does not build:\n{done.stderr}")
    return folder / "build" / config / "postern.elf"


def check_command(check, kernel, images):
    """The command that runs one check on a kernel."""
    script = {"doors": ("doors.py", "doors.img"), "traps": ("arch_traps.py", "hello.img"),
              "refusals": ("refusals.py", "hello.img")}.get(check)
    if script:
        limit = [] if check == "refusals" else ["--timeout", str(TIMEOUT)]
        return [f"harness/{script[0]}", "--kernel", str(kernel), "--image", str(images / script[1])] + limit
    return ["harness/scenarios.py", "--kernel", str(kernel), "--images", str(images),
            "--timeout", str(TIMEOUT), check]


def run(check, kernel, images):
    """(whether it passed, the first line that says what is wrong)."""
    done = subprocess.run([sys.executable] + check_command(check, kernel, images), cwd=ROOT,
                          capture_output=True, text=True)
    wrong = re.findall(r"^ {2,}(?!.*(?:ok|FAILED)$)(\S.*)$", done.stdout, re.M)
    return done.returncode == 0, (wrong or (done.stdout + done.stderr).strip().splitlines() or ["?"])[0]


def all_pass(kernel, images, checks):
    for check in sorted(checks):
        passed, line = run(check, kernel, images)
        if not passed:
            raise MutantError(f"{check} fails without a bug: {line}")


def try_one(mutant, config, folder, images):
    """Whether it is as expected; prints which."""
    path, text = plant(mutant, folder)
    try:
        passed, line = run(mutant["check"], build(config, folder), images)
    except MutantError as error:
        passed, line = True, str(error)
    finally:
        path.write_text(text)
    state = "SURVIVES" if passed else "noticed"
    print(f"  {mutant['name']:38} {state:8} {mutant['check']}: {'' if passed and not line else line}", flush=True)
    return not passed


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("names", nargs="*", help="default: all")
    p.add_argument("--every", type=int, default=1, help="of the chosen only each so-many-th")
    p.add_argument("--config", default="default")
    args = p.parse_args()
    if args.every < 1:
        p.error(f"--every is a number above 0, not {args.every}")
    return args


def main():
    args, start = arguments(), time.monotonic()
    named = [m for m in mutants() if not args.names or m["name"] in args.names]
    chosen = named[::args.every]
    missing = {m["check"] for m in named} - {m["check"] for m in chosen}
    if missing:
        sys.exit(f"arch_mutants.py: --every {args.every} leaves out all bugs of {', '.join(sorted(missing))}")
    folder = ROOT / "build" / "arch-mutants"
    images = ROOT / "build" / args.config / "systems"
    try:
        copy(args.config, folder)
        all_pass(build(args.config, folder), images, {m["check"] for m in chosen})
        left = [m["name"] for m in chosen if not try_one(m, args.config, folder, images)]
    except (MutantError, OSError) as error:
        print(f"arch_mutants.py: {error}", file=sys.stderr)
        return 2
    print(f"arch-mutants: {len(chosen) - len(left)} of {len(chosen)} planted bugs noticed, "
          f"{time.monotonic() - start:.0f} s" + (f"; not: {', '.join(left)}" if left else ""))
    return 1 if left or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
