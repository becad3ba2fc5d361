#!/usr/bin/env python3
"""Prove that the C code of arch/x86 has no run-time errors and keeps its contracts.

  arch_wp.py                   all files together: the verdict
  arch_wp.py arch/x86/x.c      some files, to see what is left to prove
  arch_wp.py -f function FILE  of that file only this function (several -f, several files)
  arch_wp.py --smoke           all files: is any contract or branch dead? (as wp.py --smoke)
  arch_wp.py --print           the flags, for the ledger

What is proved stands in proofs/expected/arch.txt: a line per file with its least number
of goals, or with the reason why it is not proved. Each file must have its line. Exit
status 0 only if every goal was proved and the list agrees.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import provers
import wp
import wp_report

ROOT = provers.ROOT
ARCH = ROOT / "arch" / "x86"
EXPECTED = ROOT / "proofs" / "expected" / "arch.txt"
ABOUT = """# The C files of arch/x86: the least number of goals of each, all proved (proofs/arch_wp.py);
# or after `-` why it is not proved.
"""

# `*=error` cannot stand here, for it knows no exceptions: judge() allows these instead.
# \\from is not proved by WP, so nothing is claimed with it.
WP = [w for w in wp.WP if w not in ("-wp-warn-key", "*=error")] + [
    "-wp-warn-key", "pedantic-assigns=inactive"]
LIMIT = wp.LIMIT
JOBS = 2  # runs of Frama-C at a time, which waits for one prover at a time
# The linker script's symbols are arrays without a size.
UNSIZED = re.compile(r"Undefined array-size \(uint8\[\]\)")
# An object's address as a number: the pointer is not followed.
ADDRESS = re.compile(r"Cast with incompatible pointers types \(source: \w+\*\) \(target: sint8\*\)")
# Of these -wp-check-memory-model makes goals, at the calls and at the end of the function.
MEMORY = re.compile(r"Memory model hypotheses for function '(\w+)'")
VERDICT = "arch"
# No body to prove it for: in the ledger.
TRUSTED = {"cpu_memory"}


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="*")
    p.add_argument("-f", "--function", action="append", default=[], help="of these files only this")
    p.add_argument("-p", "--provers", default=wp.ORDER)
    p.add_argument("-t", "--limit", type=float, default=LIMIT, help="of one attempt, as of wp.py")
    p.add_argument("--guard", type=float, default=provers.GUARD, help="the clock behind a limit, in limits")
    p.add_argument("--smoke", action="store_true")
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    p.add_argument("--no-bridge", action="store_true", help="the bridge is there already")
    p.add_argument("--print", action="store_true")
    p.add_argument("--update", action="store_true", help="write the numbers of goals down")
    return p.parse_args()


def expected(text):
    """{file: (goals, reason)}; no goals if there is a reason."""
    out = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        file, value, *reason = line.split(maxsplit=2)
        out[file] = (0, reason[0]) if value == "-" and reason else (int(value), "")
    return out


def command(files, config, proof, report, functions=(), order=wp.ORDER):
    include = [f"-I{i}" for i in (proof, ROOT / "config" / config, ROOT / "core")]
    return (["frama-c", "-cpp-extra-args=" + " ".join(include)] + wp.FRAMAC + WP
            + ["-wp-driver", str(proof / "wp.driver"), "-wp-prover", order,
               "-wp-report-json", str(report), "-wp-cache", "none"]
            + (["-wp-fct", ",".join(functions)] if functions else []) + [str(f) for f in files])


def flags(config):
    """Tool -> flags, as wp.py gives its own."""
    proof = ROOT / "build" / config / "proof"
    return {"arch": wp.here(command([], config, proof, proof / "arch-report.json")[1:]),
            **wp.solvers(LIMIT)}


def blocks(lines):
    """Frama-C's messages, each with the lines that belong to it."""
    out = []
    for line in lines:
        if re.match(r"\[[\w:-]+\]", line) or not out:
            out.append("")
        out[-1] += line
    return out


def source_line(block):
    place = re.match(r"\[\w+\] (\S+):(\d+):", block)
    lines = (ROOT / place[1]).read_text().splitlines() if place else []
    return lines[int(place[2]) - 1] if lines else ""


def harmless(block, proved):
    """Is a warning one of those that are explained above?"""
    if UNSIZED.search(block):
        return True
    if ADDRESS.search(block):
        return bool(re.search(r"\bcpu_(address|physical)\(", source_line(block)))
    memory = MEMORY.search(block)
    return bool(memory) and (" ensures" not in block or memory[1] in proved | TRUSTED)


def complaints(lines, proved):
    """Warnings and errors that are not explained."""
    return [block.rstrip() for block in blocks(lines)
            if wp_report.complaints(block.splitlines(True)) and not harmless(block, proved)]


def compare(wanted, present, table):
    """How the list, the files that exist and what was proved differ."""
    out = [f"{f}: in {EXPECTED.name}, but there is no such file" for f in wanted if f not in present]
    out += [f"{f}: not in {EXPECTED.name}: proved or not, and why?" for f in present if f not in wanted]
    for file, (goals, reason) in wanted.items():
        row = table.get(file, {"goals": 0, "proved": 0})
        if not reason and row["goals"] < max(goals, 1):
            out.append(f"{file}: {row['goals']} goals, expected at least {max(goals, 1)}")
        if reason and row["goals"]:
            out.append(f"{file}: has goals, but the list says that it is not proved")
    return out


def without_goal(texts, found):
    """The ACSL lemmas in these texts that were not proved: the others' proofs believe them."""
    proved = {goal for function, goal, good, _ in found if not function and good}
    names = [n for text in texts for n in re.findall(r"\blemma\s+(\w+)", text)]
    return [f"ACSL lemma {n} has no goal that is proved" for n in names if f"lemma_{n}" not in proved]


def update(wanted, table):
    lines = [f"{f} - {reason}" if reason else f"{f} {table[f]['goals']}"
             for f, (_, reason) in sorted({**{f: (0, "") for f in table if f.endswith(".c")}, **wanted}.items())]
    EXPECTED.write_text(ABOUT + "\n".join(lines) + "\n")


def show(table, wanted):
    wp_report.table(table)
    for file, (_, reason) in wanted.items():
        if reason:
            print(f"  {file:24} not proved: {reason}")


def batches(files, wanted):
    """The files of each run of Frama-C, with about as many goals."""
    out = [[] for _ in range(min(JOBS, len(files)))]
    size = {f: wanted.get(pathlib.Path(f).name, (0, ""))[0] or 1 for f in files}
    for f in sorted(files, key=lambda f: -size[f]):
        min(out, key=lambda batch: sum(size[x] for x in batch)).append(f)
    return [sorted(batch) for batch in out]


def run(files, options, name):
    """Run Frama-C: (its lines, goals or None, exit status)."""
    proof = ROOT / "build" / options.config / "proof"
    with tempfile.TemporaryDirectory(dir=proof) as folder, open(proof / f"{name}.log", "w") as log:
        report = pathlib.Path(folder) / "report.json"
        conf = provers.why3_conf(pathlib.Path(folder) / "why3.conf", wp.SMOKE_LIMIT if options.smoke else options.limit,
                                 lambda prover, limit: provers.command(prover, limit, options.guard))
        order = wp.SMOKE_ORDER if options.smoke else options.provers
        words = command(files, options.config, proof, report, options.function, order)
        words += wp.SMOKE if options.smoke else []
        process = subprocess.Popen(words, text=True, cwd=ROOT, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, env=provers.environment(conf))
        lines = wp.watch(process, log, time.monotonic())
        return lines, wp_report.goals(report) if report.exists() else None, process.returncode


def prove(parts, options, kind):
    """Run Frama-C over each part: (goals, what is wrong). Every part proves the lemmas."""
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        runs = list(pool.map(lambda n: run(parts[n], options, f"{kind}{n}"), range(len(parts))))
    stopped = [lines for lines, found, _ in runs if found is None]
    if stopped:
        return [], ["".join(lines[-12:]) + "Frama-C stopped without a report" for lines in stopped]
    if options.smoke:  # the other goals had too little time here, and their own run
        runs = [(lines, [g for g in found if "wp_smoke" in g[1]], status) for lines, found, status in runs]
    functions = {f for _, found, _ in runs for f, *_ in found}
    if kind != VERDICT:
        functions |= set(wp_report.places(ARCH))  # the verdict proves the others
    wrong = [line for lines, found, status in runs for line in judge(lines, found, status, functions, options.smoke)]
    lemmas = {g[1]: g for _, found, _ in runs for g in found if not g[0] and g[2]}
    lemmas |= {g[1]: g for _, found, _ in runs for g in found if not g[0] and not g[2]}
    return [*lemmas.values(), *(g for _, found, _ in runs for g in found if g[0])], wrong


def judge(lines, found, status, functions, smoke=False):
    why, said = wp_report.reasons(lines), complaints(lines, functions)
    counts = re.findall(r"Proved goals:\s*(\d+) / (\d+)", "".join(lines))
    if not counts or (counts[-1][0] != counts[-1][1] and not smoke):
        said.append("Frama-C's own count says that something is not proved")
    if status:
        said.append(f"Frama-C ended with status {status}")
    return said + [f"UNPROVED {function or 'lemma'}: {goal}  ({'; '.join(why.get(goal, [])[:4])})"
                   for function, goal, proved, _ in found if not proved]


def main():
    options, start = arguments(), time.monotonic()
    if options.print:
        print(json.dumps(flags(options.config), indent=1))
        return
    if not options.no_bridge:
        wp.bridge(options, None)
    wanted = expected(EXPECTED.read_text())
    present = [f.name for f in sorted(ARCH.glob("*.c"))]
    whole = not options.files
    files = options.files or [f"arch/x86/{f}" for f in present if not wanted.get(f, (0, ""))[1]]
    parts = batches(files, wanted) if whole else [files]
    found, wrong = prove(parts, options, "arch-smoke" if options.smoke else VERDICT if whole else "arch-part")
    if options.smoke:
        print("\n".join([*wrong, f"arch-smoke: {sum(g[2] for g in found)} of {len(found)} tests passed, "
                         f"{time.monotonic() - start:.0f} s"]))
        sys.exit(1 if wrong or not found else 0)
    table = wp_report.summary(found, ARCH)
    if whole:
        wrong += without_goal([f.read_text() for f in sorted(ARCH.glob("*.[ch]"))], found)
    if whole and options.update and not wrong:
        update(wanted, table)
    elif whole:
        wrong += compare(wanted, present, table)
        show(table, wanted)
    print("\n".join(wrong), end="\n" if wrong else "")
    left, seconds = sum(not g[2] for g in found), time.monotonic() - start
    print(f"arch-proof: {len(found) - left} of {len(found)} goals proved, {len(wrong)} complaints, "
          f"{seconds:.0f} s")
    if whole:
        (ROOT / "build" / options.config / "arch.json").write_text(json.dumps(
            {"table": table, "wrong": wrong, "seconds": round(seconds, 1)}, indent=1) + "\n")
    sys.exit(1 if wrong or not found else 0)


if __name__ == "__main__":
    main()
