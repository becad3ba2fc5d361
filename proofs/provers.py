"""The provers: two solvers, each with two drivers (proofs/why3/*.drv).

Limits are counted in the solvers' own resource units, so that a slow machine
gives the same verdict as a fast one. One unit of limit (`-t 1`) is about one
second on the machine that the rates below were measured on. Z3 can also loop
without using units, so a wall-clock limit stands behind, GUARD times as large: a good
goal must not fail because the machine does something else, too.
"""
import math
import os
import pathlib
import re
import subprocess
import time

import prune
import triggers

ROOT = pathlib.Path(__file__).resolve().parent.parent
DRIVERS = ROOT / "proofs" / "why3"
Z3 = ["/usr/bin/z3", "-smt2", "-st", "auto_config=false", "smt.mbqi=false"]
CVC5 = ["/usr/bin/cvc5", "--stats-internal", "--lang=smt2"]
RATE = {"z3": 5_000_000, "cvc5": 250_000}  # resource units for one unit of limit
GUARD = 10
VERSION = {"z3": "4.8.12", "cvc5": "1.0.3"}
MEMORY_MB = 1500
NAMES = ["z3d", "cvc5a", "z3a", "cvc5d"]
PLAIN = "z3a"  # what most theorems are proved with: every goal is printed for it
# The theorems' attempts in order: prover and limit. A number behind the name is the
# depth to which definitions are kept (prune.py); 0 stands for the full limit.
LADDER = [("z3a1", 1), ("cvc5a1", 0.5), ("z3a2", 1), ("cvc5a2", 0.5), ("cvc5a3", 1),
          ("z3a3", 1), ("cvc5a1", 0), ("cvc5a2", 0), ("cvc5a", 0), ("z3a", 1), ("z3d", 3),
          ("cvc5d", 0)]
# What must not be provable is tried with about what a theorem needs; a contradiction
# would be among the facts of a module, so that no definitions are needed (z3a1).
CANARY = [("z3a1", 0.5), ("cvc5a", 0.25), ("z3d", 0.25)]
CONTRADICTION = [("z3a1", 0.25), ("cvc5a", 0.25)]


def parts(name):
    """solver, driver, depth: z3a2 is z3, ax, 2."""
    found = re.fullmatch(r"(z3|cvc5)([ad])(\d?)", name)
    return found[1], {"d": "def", "a": "ax"}[found[2]], int(found[3] or 0)


def solver(name):
    return parts(name)[0]


def family(name):
    """The name without depth: the provers of a family read the same files."""
    return re.fullmatch(r"(z3[ad]|cvc5[ad])\d?", name)[1]


def driver(name, wp=False):
    kind = parts(name)[1]
    return DRIVERS / f"{solver(name)}_{kind}{'_wp' if wp else ''}.drv"


def command(name, limit, guard=GUARD):
    units = int(limit * RATE[solver(name)])
    wall = math.ceil(guard * limit)
    if solver(name) == "z3":
        return Z3 + [f"rlimit={units}", f"-T:{wall}", f"-memory:{MEMORY_MB}"]
    return CVC5 + [f"--rlimit={units}", f"--tlimit={wall * 1000}"]


def steps(output):
    found = re.search(r":rlimit-count +(\d+)|resourceUnitsUsed = (\d+)", output)
    return int(found[1] or found[2]) if found else 0


def text(name, printed):
    """What a prover gets of what Why3 printed."""
    depth = parts(name)[2]
    return triggers.direct(prune.prune(printed, depth) if depth else printed)


def judge(words, wall):
    """Run a prover: (proved, answer, seconds, steps).

    Proved means exactly one thing: the first line of the output is `unsat`, and
    the solver complained about nothing.
    """
    start = time.monotonic()
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=wall)
        out = done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        return False, "wall clock", time.monotonic() - start, 0
    first = out.lstrip().split("\n", 1)[0].strip()
    clean = done.returncode == 0 and "(error" not in out
    answer = (first if first in ("unsat", "sat", "unknown", "timeout") else
              "timeout" if first.startswith("cvc5 interrupted by timeout") else "failed")
    refused = re.search(r'\(error "?([^"\n]*)', out)
    return (answer == "unsat" and clean, f"error: {refused[1]}" if refused else answer,
            time.monotonic() - start, steps(out))


def run(name, path, limit, guard=GUARD):
    """Run one prover on one SMT-LIB file, see judge()."""
    given = path.with_suffix(f".{name}")
    given.write_text(text(name, path.read_text()))
    return judge(command(name, limit, guard) + [str(given)], 30 + 2 * guard * limit)


def why3_conf(path, limit, command=command):
    """Write the why3.conf that Frama-C's WP reads: the same provers, WP drivers."""
    lines = ["[main]", 'libdir = "/usr/lib/ocaml/why3"', 'datadir = "/usr/share/why3"',
             "magic = 14", "running_provers_max = 2", "timelimit = 60",
             f"memlimit = {MEMORY_MB}", ""]
    for name in NAMES:
        args = " ".join(command(name, limit) + ["%f"])
        lines += ["[prover]", f'name = "{name}"', f'version = "{VERSION[solver(name)]}"',
                  f'command = "{args}"', f'driver = "{driver(name, wp=True)}"',
                  'in_place = false', 'editor = ""', 'interactive = false',
                  f'shortcut = "{name}"', ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines))
    return path


def environment(conf):
    """Frama-C looks for a file from where PWD says it stands, and not from where it was started: were
    that another copy of the project, it would prove that one's text."""
    return dict(os.environ, WHY3CONFIG=str(conf), PWD=str(ROOT))
