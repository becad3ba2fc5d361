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
# Of these the invariant alone must notice: nothing is compared.
BREAKING = ["enqueue", "remove_node", "wake", "switch_to", "record_fault", "put_cap",
            "proxy_message"]
BUILT = pathlib.Path(sys.argv[1]).resolve()  # build/CONFIG/oracle, as `make oracle` leaves it
FOLDER = BUILT / "planted"
TRACE = FOLDER / "difference.trace"
# what, file, old, new
MACHINE = [
    ("the translation swaps the two sides of <=", "machine.ml", "(Z.leq ", "(Fun.flip Z.leq "),
    ("the translation makes `and` of `or`", "machine.ml", " || ", " && "),
    ("what a process computes goes to another one", "events.c", "procs[current].regs.r[c.word] =",
     "procs[(current + 1) % NPROC].regs.r[c.word] ="),
    ("what a process computes goes to a page of another one", "events.c", "messages[c.page].w[c.word] =",
     "messages[c.page].w[c.word] = procs[0].fault_code ="),
]
NOTHING_COMPARED = ("run.ml", "try Abstraction.compare before wanted after", "try ignore (before, wanted, after)")
OMITTED = [
    ("a field is left out of the comparison", "abstraction.ml", 'Host.field ".badge" d_int x.r_badge y.r_badge', "()"),
    ("the last row of a table is left out", "host.ml", "  for i = 0 to n - 1 do\n    let k = Z.of_int i in\n    let same",
     "  for i = 0 to n - 2 do\n    let k = Z.of_int i in\n    let same"),
]
PAIRING = ('proc_version = "version"', 'proc_version = "epoch", epoch = "version"')


def fresh():
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(ROOT / "core", FOLDER / "core")
    for name in link.GENERATED + ("layout.inc",):
        shutil.copy(BUILT / name, FOLDER)
    link.copy(FOLDER)


def plant(name, old, new):
    text = (FOLDER / name).read_text()
    if old not in text:
        sys.exit(f"planted.py: {name} has no text {old!r}")
    (FOLDER / name).write_text(text.replace(old, new))


def run(*arguments):
    return subprocess.run([str(FOLDER / "oracle"), *arguments], capture_output=True, text=True)


def events(trace):
    return sum(not line.startswith(("#", "system", "only")) for line in trace.read_text().splitlines())


def verdict():
    """In words what was found, and whether that is a difference that can be replayed."""
    link.build(FOLDER, BUILT.parent.name)
    done = run("random", STEPS, "1", "1", str(TRACE))
    found = re.search(r"^oracle: (system \d+, event \d+): (.*)$", done.stdout, re.M)
    if done.returncode != 1 or not found or not TRACE.exists():
        return "NOT FOUND", False
    said = done.stderr.split("\n")[0].removeprefix("oracle: ")
    same = run("replay", str(TRACE))
    if same.returncode != 1 or said not in same.stderr:
        return "found, but the replay does not show it", False
    return f"{found[1]}, shrunk to {events(TRACE)}: {said[:100]}", True


def seen():
    """Whether the comparison knows that it does not compare everything."""
    link.build(FOLDER, BUILT.parent.name)
    done = run("fields")
    good = done.returncode == 1 and "is not compared" in done.stderr
    return done.stderr.strip().removeprefix("oracle: ") if good else "NOT FOUND", good


def mutants_of(functions):
    table = tomllib.loads((ROOT / "proofs" / "mutants.toml").read_text())["mutant"]
    for m in [m for m in table if m["function"] in functions]:
        fresh()
        path = FOLDER / m["file"]
        path.write_text(mutants.apply(m, path.read_text()))
        yield f"{m['function']}: {m['bug']}"


def breaking():
    for what in mutants_of(BREAKING):
        plant(*NOTHING_COMPARED)
        yield f"inv alone: {what}"


def omitted():
    for what, *change in OMITTED:
        fresh()
        plant(*change)
        yield what


def oracle_faults():
    for what, *change in MACHINE:
        fresh()
        plant(*change)
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
    link.build(FOLDER, BUILT.parent.name)
    if run("random", STEPS, "1", "10", str(TRACE)).returncode:
        sys.exit("planted.py: the core without fault already differs: `make oracle`")
    bad = count = 0
    for faults, judge in ((mutants_of(FUNCTIONS), verdict), (oracle_faults(), verdict), (breaking(), verdict),
                          (omitted(), seen)):
        for what in faults:
            words, good = judge()
            count, bad = count + 1, bad + (not good)
            print(f"{what[:72]:72} {words}", flush=True)
    print(f"oracle-test: {count - bad} of {count} planted faults found")
    sys.exit(1 if bad or not count else 0)


if __name__ == "__main__":
    main()
