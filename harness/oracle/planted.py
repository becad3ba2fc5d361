#!/usr/bin/env python3
"""Plant faults, one at a time, and see that the oracle finds a difference and can replay it.

Faults in the core are those of proofs/mutants.toml that are named here; faults in what the
oracle is made from are a wrong pairing in a copy of proofs/abs.toml and a changed translation.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "proofs"))
import link  # noqa: E402
import mutants  # noqa: E402

STEPS = "60000"
FUNCTIONS = ["copy_regs", "store_regs", "await", "answer_call", "wake", "switch_to",
             "entry_owner", "live"]
BUILT = ROOT / "build" / "small" / "oracle"
FOLDER = BUILT / "planted"
# what, generated file, old, new
MACHINE = [
    ("the translation swaps the two sides of <=", "machine.ml", "(Z.leq ", "(Fun.flip Z.leq "),
    ("the translation makes `and` of `or`", "machine.ml", " || ", " && "),
]
PAIRING = ('proc_version = "version"', 'proc_version = "epoch", epoch = "version"')


def fresh():
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(ROOT / "core", FOLDER / "core")
    for name in ("machine.ml", "abstraction.ml", "layout.inc"):
        shutil.copy(BUILT / name, FOLDER)


def run(*arguments):
    return subprocess.run([str(FOLDER / "oracle"), *arguments], capture_output=True, text=True)


def verdict():
    """In words what was found, and whether that is a difference that can be replayed."""
    link.link(FOLDER, FOLDER / "core")
    done = run(STEPS, "1")
    found = re.search(r"^oracle: (system \d+, event \d+): (.*)$", done.stdout, re.M)
    again = re.search(r"replay with: oracle (\d+) (\d+)$", done.stdout, re.M)
    if done.returncode != 1 or not found or not again:
        return "NOT FOUND", False
    same = run(*again.groups())
    if same.returncode != 1 or found[0] not in same.stdout:
        return "found, but the replay does not show it", False
    return f"{found[1]}: {found[2]}", True


def core_faults():
    table = tomllib.loads((ROOT / "proofs" / "mutants.toml").read_text())["mutant"]
    for m in [m for m in table if m["function"] in FUNCTIONS]:
        fresh()
        path = FOLDER / m["file"]
        path.write_text(mutants.apply(m, path.read_text()))
        yield f"{m['function']}: {m['bug']}"


def oracle_faults():
    for what, name, old, new in MACHINE:
        fresh()
        text = (FOLDER / name).read_text()
        if old not in text:
            sys.exit(f"planted.py: {name} has no text {old!r}")
        (FOLDER / name).write_text(text.replace(old, new))
        yield what
    fresh()
    text = (ROOT / "proofs" / "abs.toml").read_text()
    if PAIRING[0] not in text:
        sys.exit(f"planted.py: abs.toml has no text {PAIRING[0]!r}")
    (FOLDER / "abs.toml").write_text(text.replace(*PAIRING))
    subprocess.run([sys.executable, str(ROOT / "harness/oracle/abstraction.py"), str(FOLDER),
                    "--abs", str(FOLDER / "abs.toml")], check=True)
    yield "version and epoch are paired crosswise"


def main():
    fresh()
    link.link(FOLDER, FOLDER / "core")
    if run(STEPS, "1").returncode:
        sys.exit("planted.py: the core without fault already differs: `make oracle`")
    bad = count = 0
    for faults in (core_faults(), oracle_faults()):
        for what in faults:
            words, good = verdict()
            count, bad = count + 1, bad + (not good)
            print(f"{what[:64]:64} {words}", flush=True)
    print(f"oracle-test: {count - bad} of {count} planted faults found and replayed")
    sys.exit(1 if bad or not count else 0)


if __name__ == "__main__":
    main()
