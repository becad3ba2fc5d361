#!/usr/bin/env python3
"""Prove the C code of core/ with Frama-C's WP and the provers of provers.py.

  wp.py                            the verdict: all files together, no cache
  wp.py core/x.c                   the functions of one file, read by itself
  wp.py core/x.c -f function       one function; -t 5 for a larger limit
  wp.py --smoke                    smoke tests: can any contract or branch be dead?

A run over named files uses remembered answers (--no-cache turns that off); the
verdict never does. Exit status 0 only if every goal was proved.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import time

import provers
import wp_report

ROOT = provers.ROOT
ORDER = "cvc5a,z3d,cvc5d,z3a"
EVERY = 15  # seconds between progress lines
FRAMAC = [
    "-kernel-warn-key", "annot:missing-spec=abort,asm:clobber=abort,"
    "typing:implicit-function-declaration=abort",
    "-warn-unsigned-overflow", "-warn-unsigned-downcast", "-warn-signed-downcast",
    "-warn-signed-overflow", "-warn-right-shift-negative", "-warn-left-shift-negative",
    "-warn-invalid-bool", "-warn-invalid-pointer",
]
WP = ["-wp", "-wp-rte", "-wp-model", "Typed", "-wp-check-memory-model",
      "-wp-warn-key", "*=error", "-wp-par", "2", "-wp-timeout", "60"]


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="*")
    p.add_argument("-f", "--function", action="append", help="only this function")
    p.add_argument("-t", "--limit", type=float, default=3.0, help="limit of one attempt")
    p.add_argument("-p", "--provers", default=ORDER)
    p.add_argument("-v", "--verbose", action="store_true", help="print each goal's line")
    p.add_argument("--cache", action="store_true", help="(default for named files)")
    p.add_argument("--no-cache", action="store_true")
    p.add_argument("--smoke", action="store_true")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    p.add_argument("--source", default=str(ROOT / "core"), help="folder of the C code")
    p.add_argument("--proof", help="folder of the generated bridge: build/CONFIG/proof")
    p.add_argument("--include", action="append", default=[], help="more include folders")
    p.add_argument("--no-bridge", action="store_true", help="the bridge is there already")
    return p.parse_args()


def sources(options):
    if options.files:
        return options.files
    folder = pathlib.Path(options.source)
    return sorted(str(f) for f in folder.glob("*.c"))


def functions_of(path):
    """Names of the functions that a C file defines (a file is short and plain)."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", pathlib.Path(path).read_text(), flags=re.S)
    return re.findall(r"^(?:[A-Za-z_][\w \t*]*?[ \t*])(\w+)\([^;{)]*\)\s*\{", text, re.M)


def selection(options):
    if options.function:
        return options.function
    return [f for path in options.files for f in functions_of(path)]


def command(options, proof, report):
    include = [f"-I{i}" for i in
               [proof, ROOT / "config" / options.config, options.source] + options.include]
    cmd = ["frama-c", "-cpp-extra-args=" + " ".join(include)] + FRAMAC + WP
    cmd += ["-wp-driver", str(proof / "wp.driver"), "-wp-prover", options.provers]
    cmd += ["-wp-report-json", str(report)]
    partial = selection(options)
    if partial:
        cmd += ["-wp-fct", ",".join(partial)]
    if partial and not options.no_cache:
        cache = ROOT / "build" / "cache" / "wp"
        cache.mkdir(parents=True, exist_ok=True)
        cmd += ["-wp-cache", "update", "-wp-cache-dir", str(cache)]
    else:
        cmd += ["-wp-cache", "none"]
    if options.smoke:
        cmd += ["-wp-smoke-tests", "-wp-smoke-timeout", "1"]
    return cmd + sources(options)


def bridge(options, proof):
    cmd = [sys.executable, str(ROOT / "proofs" / "bridge.py"), "--config", options.config]
    if subprocess.run(cmd).returncode:
        sys.exit(1)


def watch(process, log, start):
    """Collect WP's output; say now and then how far it is."""
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


def main():
    options, start = arguments(), time.monotonic()
    proof = pathlib.Path(options.proof or ROOT / "build" / options.config / "proof").resolve()
    if not options.no_bridge:
        bridge(options, proof)
    whole = not selection(options)
    kind = "smoke" if options.smoke else "wp" if whole else "wp-part"
    report = proof / f"{kind}.json"
    report.unlink(missing_ok=True)
    conf = provers.why3_conf(proof / "why3.conf", options.limit)
    with open(proof / f"{kind}.log", "w") as log:
        process = subprocess.Popen(command(options, proof, report), text=True, cwd=ROOT,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   env=provers.environment(conf))
        lines = watch(process, log, start)
    sys.exit(wp_report.judge(lines, report, process.returncode, options, whole,
                             time.monotonic() - start))


if __name__ == "__main__":
    main()
