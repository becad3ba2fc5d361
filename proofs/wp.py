#!/usr/bin/env python3
"""Prove the C code of core/ with Frama-C's WP and the provers of provers.py.

  wp.py                            the verdict: all files together, no cache
  wp.py core/x.c                   the functions of one file, read by itself
  wp.py core/x.c -f function       one function; -t 5 for a larger limit
  wp.py --smoke                    smoke tests: is any contract or branch dead?
  wp.py --print                    the flags of the verdict, for the ledger

A run over named files uses remembered answers (--no-cache turns that off); the
verdict never does. Exit status 0 only if every goal was proved.
"""
import argparse
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

import provers
import wp_report
from gates.common import lines

ROOT = provers.ROOT
ORDER, LIMIT = "cvc5a,z3d,cvc5d,z3a", 3.0
SMOKE_ORDER, SMOKE_LIMIT = "cvc5a", 0.2
GENERATED = ["spec.acsl.h", "abs.acsl.h", "wp.driver", "glue.mlw"]
JOBS = 6    # runs of Frama-C at a time: each waits for its prover, or for its own clock
EVERY = 15  # seconds between progress lines
FRAMAC = [
    "-kernel-warn-key", "annot:missing-spec=abort,asm:clobber=abort,"
    "typing:implicit-function-declaration=abort",
    "-warn-unsigned-overflow", "-warn-unsigned-downcast", "-warn-signed-downcast",
    "-warn-signed-overflow", "-warn-right-shift-negative", "-warn-left-shift-negative",
    "-warn-invalid-bool", "-warn-invalid-pointer",
]
# One prover at a time: with more, WP starts the next ones on a goal before the first is through.
WP = ["-wp", "-wp-rte", "-wp-model", "Typed", "-wp-check-memory-model",
      "-wp-warn-key", "*=error", "-wp-par", "1", "-wp-timeout", "60"]
# The smoke tests need no other goal; but without @terminates WP leaves some of them out.
SMOKE = ["-wp-smoke-tests", "-wp-smoke-timeout", "1",
         "-wp-prop=-@lemma,-@requires,-@ensures,-@assigns,-@assert,-@invariant,-@variant"]


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="*")
    p.add_argument("-f", "--function", action="append", help="only this function")
    p.add_argument("--property", action="append", help="of that function only these")
    p.add_argument("-t", "--limit", type=float, help="limit of one attempt")
    p.add_argument("-p", "--provers")
    p.add_argument("-v", "--verbose", action="store_true", help="print each goal's line")
    p.add_argument("--no-cache", action="store_true")
    p.add_argument("-j", "--jobs", type=int, default=JOBS, help="runs of Frama-C at a time")
    p.add_argument("--smoke", action="store_true")
    p.add_argument("--print", action="store_true")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    p.add_argument("--source", default=str(ROOT / "core"),
                   help="folder of the C code; of another one no result is written")
    p.add_argument("--proof", help="folder of the generated bridge: build/CONFIG/proof")
    p.add_argument("--include", action="append", default=[], help="more include folders")
    p.add_argument("--no-bridge", action="store_true", help="the bridge is there already")
    options = p.parse_args()
    if options.property and not options.function:
        p.error("--property goes with -f")
    # A smoke test tries to prove `false`: it fails after its limit when all is well.
    options.limit = options.limit or (SMOKE_LIMIT if options.smoke else LIMIT)
    options.provers = options.provers or (SMOKE_ORDER if options.smoke else ORDER)
    return options


def batches(options):
    """The C files of each run of Frama-C. The verdict makes several at a time, with about as
    many goals: each function is proved in one of them, from the same headers."""
    if options.files:
        return [options.files]
    goals = dict(line.split() for line in lines(ROOT / "proofs" / "expected" / "functions.txt"))
    wanted, size = set(options.function or []), {}
    for path in pathlib.Path(options.source).glob("*.c"):
        mine = [f for f in functions_of(path) if not options.function or f in options.function]
        wanted -= set(mine)
        if mine or not options.function:
            size[str(path)] = sum(int(goals.get(f, 1)) for f in mine)
    if wanted:
        sys.exit(f"wp.py: {options.source} defines no function {', '.join(sorted(wanted))}")
    out = [[] for _ in range(max(min(options.jobs, len(size)), 1))]
    for f in sorted(size, key=lambda f: (-size[f], f)):
        min(out, key=lambda batch: sum(size[x] for x in batch)).append(f)
    return [sorted(batch) for batch in out]


def functions_of(path):
    """Names of the functions that a C file defines (a file is short and plain)."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", pathlib.Path(path).read_text(), flags=re.S)
    return re.findall(r"^(?:[A-Za-z_][\w \t*]*?[ \t*])(\w+)\([^;{)]*\)\s*\{", text, re.M)


def selection(options, files):
    """The functions that one run proves, if not all that its files define."""
    if options.function:
        return [f for path in files for f in functions_of(path) if f in options.function]
    return [f for path in options.files for f in functions_of(path)]


def command(options, proof, report, files):
    include = [f"-I{i}" for i in
               [proof, ROOT / "config" / options.config, options.source] + options.include]
    cmd = ["frama-c", "-cpp-extra-args=" + " ".join(include)] + FRAMAC + WP
    cmd += ["-wp-driver", str(proof / "wp.driver"), "-wp-prover", options.provers]
    cmd += ["-wp-report-json", str(report)]
    partial = selection(options, files)
    if partial:
        cmd += ["-wp-fct", ",".join(partial)]
        cmd += ["-wp-prop=" + ",".join(options.property)] if options.property else []
    if partial and not options.no_cache:
        cache = ROOT / "build" / "cache" / "wp"
        cache.mkdir(parents=True, exist_ok=True)
        cmd += ["-wp-cache", "update", "-wp-cache-dir", str(cache)]
    else:
        cmd += ["-wp-cache", "none"]
    if options.smoke:
        cmd += SMOKE
    return cmd + files


def here(words):
    """A command without the places of this machine."""
    return [re.sub(re.escape(str(ROOT)) + "/?", "", w) for w in words]


def solvers(limit):
    return {provers.solver(name): provers.command(name, limit) for name in ("z3d", "cvc5a")}


def flags(options, proof):
    """Tool -> flags of the verdict and of the smoke tests."""
    smoke = argparse.Namespace(**{**vars(options), "smoke": True, "provers": SMOKE_ORDER})
    return {"wp": here(command(options, proof, proof / "report.json", [])[1:]),
            "smoke": here(command(smoke, proof, proof / "report.json", [])[1:]),
            "smoke's cvc5": provers.command(SMOKE_ORDER, SMOKE_LIMIT), **solvers(options.limit)}


def bridge(options, proof):
    cmd = [sys.executable, str(ROOT / "proofs" / "bridge.py"), "--config", options.config]
    if subprocess.run(cmd).returncode:
        sys.exit(1)


def watch(process, log, start):
    """Collect the output of one run; say now and then how far it is (arch_wp.py)."""
    lines, scheduled, last = [], "?", start
    for line in process.stdout:
        lines.append(line)
        log.write(line)
        found = re.search(r"(\d+) goals scheduled", line)
        scheduled = found[1] if found else scheduled
        if time.monotonic() - last > EVERY:
            last = time.monotonic()
            print(f"wp: {scheduled} goals, {last - start:.0f} s", flush=True)
    process.wait()
    return lines


class Run:
    """One run of Frama-C: its lines, its report, its exit status."""

    def __init__(self, options, proof, folder, number, files):
        self.report = folder / f"report{number}.json"
        self.lines, self.goals = [], 0
        conf = provers.why3_conf(folder / "why3.conf", options.limit)
        self.process = subprocess.Popen(
            command(options, proof, self.report, files), text=True, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=provers.environment(conf))
        self.thread = threading.Thread(target=self.collect)
        self.thread.start()

    def collect(self):
        for line in self.process.stdout:
            self.lines.append(line)
            found = re.search(r"(\d+) goals scheduled", line)
            self.goals = int(found[1]) if found else self.goals
        self.process.wait()

    def done(self):
        return sum(bool(re.match(r"\[wp\] \[", line)) for line in self.lines)


def run_all(options, proof, kind, start):
    """Run every batch; say now and then how far they are."""
    with tempfile.TemporaryDirectory(dir=proof) as folder:
        runs = [Run(options, proof, pathlib.Path(folder), n, files)
                for n, files in enumerate(batches(options))]
        last = start
        while any(r.thread.is_alive() for r in runs):
            time.sleep(0.2)
            if time.monotonic() - last > EVERY:
                last = time.monotonic()
                print(f"{kind}: {sum(r.done() for r in runs)} of {sum(r.goals for r in runs)} "
                      f"goals looked at, {last - start:.0f} s", flush=True)
        (proof / f"{kind}.log").write_text("".join(line for r in runs for line in r.lines))
        return wp_report.judge(runs, options)


def save(kind, options, proof, found, messages, seconds):
    """build/CONFIG/wp.json or smoke.json: what the gates read."""
    groups = {}
    for function, goal, proved, _ in found:
        group = groups.setdefault(function, {})
        group[goal] = group.get(goal, True) and proved
    linked = [ROOT / "spec" / f"{e[0]}.mlw" for e in bridge_entries()]
    files = sorted(pathlib.Path(options.source).glob("*.[ch]")) + linked + [
        ROOT / "config" / options.config / "config.h"] + [
        ROOT / "proofs" / "bridge" / n for n in GENERATED]
    hashes = {str(f.relative_to(ROOT)): hashlib.sha256(f.read_bytes()).hexdigest()
              for f in files if f.exists()}
    path = ROOT / "build" / options.config / f"{kind}.json"
    path.write_text(json.dumps({"functions": groups, "files": hashes, "messages": messages,
                                "table": wp_report.summary(found, options.source),
                                "seconds": round(seconds, 1)}, indent=1) + "\n")


def bridge_entries():
    import bridge as generator
    entries = generator.entries(ROOT / "proofs" / "linked.txt")
    return [e for e in entries if e[0] != "glue"]


def main():
    options, start = arguments(), time.monotonic()
    proof = pathlib.Path(options.proof or ROOT / "build" / options.config / "proof").resolve()
    if options.print:
        print(json.dumps(flags(options, proof), indent=1))
        return
    if not options.no_bridge:
        bridge(options, proof)
    kind = "smoke" if options.smoke else "wp"
    options.whole = not options.files and not options.function
    verdict = options.whole and options.source == str(ROOT / "core")
    if verdict:
        (ROOT / "build" / options.config / f"{kind}.json").unlink(missing_ok=True)
    found, messages = run_all(options, proof, kind if options.whole else f"{kind}-part", start)
    seconds = time.monotonic() - start
    left = sum(not g[2] for g in found)
    print(f"{kind}: {len(found) - left} of {len(found)} goals proved, {len(messages)} messages, "
          f"{seconds:.0f} s")
    if verdict:
        save(kind, options, proof, found, messages, seconds)
    sys.exit(1 if left or messages or not found else 0)


if __name__ == "__main__":
    main()
