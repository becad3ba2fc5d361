#!/usr/bin/env python3
"""The soak: systems of hostile processes (user/programs/fuzzer.c), drawn at random, are booted
with the debug image, and the machine of spec/ must do the same at every kernel entry.

  soak.py [--calls N] [--seed K] [--resume] [--json FILE]

One system after the other, the first with number K, until N system calls were made, not counting
those of the processes that repair. What came of it is written to FILE after each system; with
--resume a run that was ended goes on from there.
"""
import argparse
import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import session
import systems
sys.path.insert(0, str(session.ROOT / "harness"))
import operations  # noqa: E402
import paths  # noqa: E402
import qemu  # noqa: E402

ROOT = session.ROOT
BUILD = ROOT / "build" / "small"
PER_SYSTEM = 30000  # calls
TIMEOUT = 300       # seconds for one system
PROGRESS = 15       # seconds
NEAR = 0.9          # of its bound some operation must take: the shortest ones have one long path
LONG = 100000       # calls, from which on
SELDOM = 5000       # in so many calls each status, kind and method must be met once
STATUSES = ["ok", "invalid_capability", "malformed", "unknown_method", "bad_argument", "busy", "retired"]
KINDS = ["yield", "malformed", "receive", "nothing", "null", "entry", "proxy", "resume", "process", "endpoint"]
METHODS = [f"process {m}" for m in (
    "start", "stop", "hold", "release", "read_fault", "read_registers", "write_registers", "get_slot", "set_slot",
    "take_reply", "destroy", "other")] + [f"endpoint {m}" for m in ("make_entry", "destroy", "other")]
TEXT = ["core/*.[ch]", "arch/x86/*.[chS]", "build/small/oracle/machine.ml", "proofs/abs.toml",
        "harness/recorder/*", "harness/replay/*.ml", "harness/replay/systems.py", "user/programs/fuzzer.c"]


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def text():
    """What was run: a hash of all files that have a part in it."""
    whole = hashlib.sha256()
    for path in sorted(p for pattern in TEXT for p in ROOT.glob(pattern)):
        whole.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def nothing(seed):
    changed = git("status", "--porcelain", "spec", *(t.split("*")[0] for t in TEXT))
    return {"commit": git("rev-parse", "HEAD") + ("+" if changed else ""), "text": text(), "first": seed, "next": seed,
            "seconds": 0.0, "calls": 0, "repairs": 0, "entries": 0, "stuck": 0, "kinds": {}, "worst": {},
            "operations": {}, "counts": {}, "functions": {}}


def add(total, figures):
    for key in ("calls", "repairs", "entries"):
        total[key] += figures[key]
    for key in ("kinds", "functions"):
        for name, n in figures[key].items():
            total[key][name] = total[key].get(name, 0) + n
    for key in ("worst", "operations"):
        for name, n in figures[key].items():
            total[key][name] = max(total[key].get(name, 0), n)
    for what, result, n in figures["counts"]:
        row = total["counts"].setdefault(what, {})
        row[result] = row.get(result, 0) + n


def keep(path, total):
    """Whole or not at all: a run may be cut off at any time."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(total, indent=1) + "\n")
    new.replace(path)


def often(total):
    """{group: {name: calls}}: how evenly the calls hit."""
    groups = {"status": {}, "kind": {}, "method": {}}
    for what, row in total["counts"].items():
        kind, _, method = what.partition(" ")
        if kind in ("fault", "tick", "irq", "nobody"):
            continue
        n = sum(row.values())
        groups["kind"][kind] = groups["kind"].get(kind, 0) + n
        if kind in ("process", "endpoint"):
            groups["method"][what] = n
        for status in set(row) & set(STATUSES):
            groups["status"][status] = groups["status"].get(status, 0) + row[status]
    return groups


def seldom(total):
    """What a soak of some length must have met, and this one did not."""
    if total["calls"] < LONG:
        return []
    groups, least = often(total), total["calls"] // SELDOM
    wanted = [("status", s) for s in STATUSES] + [("kind", k) for k in KINDS] + [("method", m) for m in METHODS]
    never = [f"{group} {name}: {groups[group].get(name, 0)} calls, expected {least} at least"
             for group, name in wanted if groups[group].get(name, 0) < least]
    return never + [f"{name} of spec/ never ran" for name, n in total["functions"].items() if n == 0]


class Soak:
    def __init__(self, args):
        self.args, self.folder = args, BUILD / "soak"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.total = nothing(args.seed)
        if args.resume and args.json.exists():
            before = json.loads(args.json.read_text())
            if before.get("text") != self.total["text"]:
                sys.exit(f"soak.py: {args.json} is about other text; leave out RESUME=1 to begin anew")
            self.total = before

    def one(self):
        """The next system; whether the machine did as the kernel."""
        seed, left = self.total["next"], self.args.calls - self.total["calls"]
        image = systems.write(seed, self.folder, BUILD / "user")
        limit = min(PER_SYSTEM, left)
        run = session.play(BUILD / "debug.elf", image, BUILD / "replay" / "replay", limit, TIMEOUT)
        if not run.done and run.code != session.NOBODY:
            run.agreed = False
            run.said += f"replay: the machine ended with code {run.code}; its log:\n{run.serial}"
        if not run.agreed:
            print(f"soak: system {seed} ({image.with_suffix('.toml').relative_to(ROOT)}):\n{run.said}"
                  f"again: make soak SEED={seed} CALLS={limit}")
            return False
        for path in (image, image.with_suffix(".toml")):
            path.unlink()
        add(self.total, run.figures)
        self.total["stuck"] += not run.done
        self.total["next"] += 1
        return True

    def all(self):
        start = last = time.monotonic()
        began = self.total["calls"]
        while self.total["calls"] < self.args.calls:
            before = time.monotonic()
            if not self.one():
                return False
            now = time.monotonic()
            self.total["seconds"] = round(self.total["seconds"] + now - before, 1)
            keep(self.args.json, self.total)
            if now - last >= PROGRESS:
                rate = (self.total["calls"] - began) / (now - start)
                print(f"  {self.total['calls']:9} calls of {self.args.calls}, {rate:.0f} a second, "
                      f"{(self.args.calls - self.total['calls']) / rate:.0f} s left", flush=True)
                last = now
        return True


def show(total):
    print(f"  {'':28} " + " ".join(f"{name:>8}" for name in total["kinds"]))
    for what in ("kinds", "worst"):
        row = {"kinds": "entries", "worst": "most instructions in the core"}[what]
        print(f"  {row:28} " + " ".join(f"{n:8}" for n in total[what].values()))
    for what, row in sorted(total["counts"].items()):
        print(f"  {what:28} " + ", ".join(f"{name} {n}" for name, n in sorted(row.items(), key=lambda r: -r[1])))
    calls = total["calls"] + total["repairs"]
    for group, row in often(total).items():
        print(f"  of {calls} calls, by {group}: "
              + ", ".join(f"{name} {100 * n / calls:.2f}%" for name, n in sorted(row.items(), key=lambda r: -r[1])))
    ran = sorted((n, name) for name, n in total["functions"].items())
    print(f"  functions of spec/ that ran: {sum(n > 0 for n, _ in ran)} of {len(ran)}, least often "
          + ", ".join(f"{name} {n}" for n, name in ran[:5]))


def over(total):
    """What was measured of the operations, beside their bounds; what is above."""
    rows = operations.rows(total["operations"])
    operations.show(rows)
    wrong = [f"{name}: {n} instructions were measured in the core, its bound is {limit}"
             for name, n, limit in rows if n and n > limit]
    if total["calls"] >= LONG:
        wrong += [f"{name}: never measured" for name, n, _ in rows if n is None]
        if not any(n and n >= NEAR * limit for _, n, limit in rows):
            wrong.append(f"no operation took {NEAR} of its bound: are all instructions counted?")
    return wrong


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--calls", type=int, default=200000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--resume", action="store_true")
    p.add_argument("--json", type=Path, default=BUILD / "soak.json")
    return p.parse_args()


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("soak.py: ended by a signal"))  # and with it QEMU
    soak = Soak(args)
    try:
        if not soak.all():
            sys.exit(1)
        total = soak.total
        show(total)
        wrong = over(total) + seldom(total)
    except (qemu.QemuError, paths.BoundError, OSError) as error:
        sys.exit(f"soak.py: {error}")
    total["command"] = f"make soak CALLS={args.calls} SEED={total['first']}"
    keep(args.json, total)
    for line in wrong:
        print(f"  FAILED: {line}")
    print(f"soak: {total['calls']} system calls in {total['next'] - total['first']} systems, {total['entries']} "
          "entries: the booted kernel did what spec/step.mlw does" + (", but FAILED: see above" if wrong else ""))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
