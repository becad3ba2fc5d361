#!/usr/bin/env python3
"""What operations cost: counts of guest instructions, and of the costly ones among them.

First run: QEMU with -icount shift=0, where the time-stamp counter advances by one for
each instruction, so that the figures are exact and repeatable. Second run, few rounds,
one instruction per translated block: the log of executed blocks, filtered to the
addresses of the kernel's cr3 writes and of its fs and gs loads, counts those.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import qemu

FIGURES = re.compile(r"^bench: (\w+) (\d+) (\d+) (\d+) of (\d+)$", re.M)
TRACE = re.compile(r"^Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/", re.M)
ICOUNT = "shift=0,sleep=off"  # time is instructions, so the timer strikes where it always does
KERNEL_HALF = 0xffff800000000000

# What is looked for in the disassembled kernel.
COSTLY = {
    "cr3_writes": r"mov\s+%\w+,%cr3",
    "fs_gs_base_writes": r"(wrmsr|wrfsbase|wrgsbase|swapgs)\b",
    "fs_gs_loads": r"mov\w*\s+%\w+,%[fg]s",
}

# Operation: (title, seL4 with its fast path, seL4's proved path, must be below, aim).
# Figures of seL4 16.0.0-dev (2026-08-06, x86-64, gcc 12.2 -O2), counted in the same way:
# medians of 10,000 rounds, user stub included, measuring overhead taken off.
OPERATIONS = {
    "null": ("null system call", 250, 245, 150, 60),
    "yield_two": ("yield, two switches, two spaces", 519, 509, None, None),
    "call_0_same": ("call and reply, 0 words, same space", 437, 1520, None, None),
    "call_0_two": ("call and reply, 0 words, two spaces", 441, 1524, 441, 250),
    "call_4_same": ("call and reply, 4 words, same space", None, None, None, None),
    "call_4_two": ("call and reply, 4 words, two spaces", 486, 1607, 486, 280),
    "call_6_same": ("call and reply, 6 words, same space", None, None, None, None),
    "call_6_two": ("call and reply, 6 words, two spaces", None, None, None, None),
    "call_10_same": ("call and reply, 10 words, same space", None, None, None, None),
    "call_10_two": ("call and reply, 10 words, two spaces", 1720, 1674, None, None),
    "fault_same": ("fault to handler and restart, same space", 1270, 1169, 900, 400),
    "fault_two": ("fault to handler and restart, two spaces", 1274, 1173, 900, 400),
    "proxy_two": ("proxied call, reply taken, released, answered", None, None, None, None),
}


class BenchError(Exception):
    """Why there are no figures."""


def boot(args, system, **options):
    result = qemu.boot(qemu.Machine(kernel=str(args.kernel), image=str(args.images / f"{system}.img"),
                                    timeout=args.timeout, **options))
    if not result.passed:
        raise BenchError(f"{system}: {result.describe()}\n{result.tail()}")
    return result.serial


def figures(log):
    found = {name: {"median": int(median), "min": int(least), "max": int(most), "rounds": int(rounds)}
             for name, median, least, most, rounds in FIGURES.findall(log)}
    missing = [name for name in ("overhead", *OPERATIONS) if name not in found]
    if missing:
        raise BenchError(f"no figures of {', '.join(missing)}\n{log}")
    return found


def disassemble(kernel):
    done = subprocess.run(["objdump", "-d", "--no-show-raw-insn", kernel], capture_output=True, text=True)
    if done.returncode:
        raise BenchError(f"objdump: {done.stderr.strip()}")
    return done.stdout


def costly_addresses(kernel):
    """Address to kind, of every costly instruction in the kernel's half."""
    found = {}
    for line in disassemble(kernel).splitlines():
        address, colon, instruction = line.partition(":")
        if not colon or not re.fullmatch(r"\s*[0-9a-f]+", address):
            continue
        for kind, pattern in COSTLY.items():
            if re.match(pattern, instruction.strip()) and int(address, 16) >= KERNEL_HALF:
                found[int(address, 16)] = kind
    if "cr3_writes" not in found.values():
        raise BenchError("the kernel has no cr3 write: is the pattern still right?")
    return found


def symbol(program, name):
    done = subprocess.run(["nm", program], capture_output=True, text=True)
    for line in done.stdout.splitlines():
        parts = line.split()
        if parts[-1] == name:
            return int(parts[0], 16)
    raise BenchError(f"{program} has no symbol {name}")


def executed(args, addresses):
    """Those of the addresses that were executed, in order."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "trace"
        ranges = ",".join(f"{address:#x}+1" for address in addresses)
        serial = boot(args, "bench-few", icount=ICOUNT,
                      extra=["-singlestep", "-d", "exec,nochain", "-dfilter", ranges, "-D", str(log)])
        rounds = figures(serial)["overhead"]["rounds"]
        return rounds, [int(pc, 16) for pc in TRACE.findall(log.read_text())]


def costly_counts(args):
    """Of each operation: how often each costly kind is executed in one round."""
    kinds = costly_addresses(args.kernel)
    mark = symbol(args.program, "mark")
    rounds, trace = executed(args, [*kinds, mark])
    names = ["overhead", *OPERATIONS]
    if trace.count(mark) != 2 * len(names):
        raise BenchError(f"{trace.count(mark)} marks in the trace, expected {2 * len(names)}")
    counts = {name: dict.fromkeys(COSTLY, 0) for name in names}
    passed = 0
    for pc in trace:
        if pc == mark:
            passed += 1
        elif passed % 2:
            counts[names[passed // 2]][kinds[pc]] += 1
    return {name: {kind: per_round(n, rounds) for kind, n in kinds_of.items()}
            for name, kinds_of in counts.items()}


def per_round(count, rounds):
    return count // rounds if count % rounds == 0 else round(count / rounds, 2)


def verdict(median, limit, aim):
    if limit is None:
        return ""
    if median >= limit:
        return f"NOT below {limit}"
    return f"below {limit}" + (f", aim {aim} met" if median <= aim else f" (aim {aim})")


def row(name, figure):
    title, fast, proved, limit, aim = OPERATIONS[name]
    return (f"{title:<46} {figure['median']:>7} {figure['min']:>6} {figure['max']:>6} "
            f"{figure['cr3_writes']:>4} {figure['fs_gs_base_writes']:>6} {figure['fs_gs_loads']:>5} "
            f"{fast or '-':>7} {proved or '-':>7}  {verdict(figure['median'], limit, aim)}")


def table(results):
    head = (f"{'guest instructions, user stub included':<46} {'median':>7} {'min':>6} {'max':>6} "
            f"{'cr3':>4} {'fs/gs':>6} {'loads':>5} {'seL4':>7} {'proved':>7}")
    return "\n".join([head] + [row(name, results[name]) for name in OPERATIONS])


def differences(results, other):
    """Operations whose median is not the same in another run's results."""
    return [f"{name}: {results[name]['median']} here, {other[name]['median']} there"
            for name in OPERATIONS if results[name]["median"] != other[name]["median"]]


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kernel", type=Path, required=True)
    p.add_argument("--images", type=Path, required=True, help="folder with bench.img and bench-few.img")
    p.add_argument("--program", type=Path, required=True, help="bench.elf")
    p.add_argument("--json", type=Path, required=True, help="where to write the figures")
    p.add_argument("--same-as", type=Path, help="figures of another configuration: medians must agree")
    p.add_argument("--timeout", type=float, default=120)
    return p.parse_args()


def main():
    args = arguments()
    try:
        results = figures(boot(args, "bench", icount=ICOUNT))
        for name, counts in costly_counts(args).items():
            results[name].update(counts)
        other = json.loads(args.same_as.read_text()) if args.same_as else None
    except (BenchError, qemu.QemuError, OSError) as error:
        print(f"bench.py: {error}", file=sys.stderr)
        return 2
    args.json.write_text(json.dumps({name: results[name] for name in OPERATIONS}, indent=1) + "\n")
    print(table(results))
    print("cr3: writes; fs/gs: writes of their bases; loads: of their (null) selectors, in each round.")
    print("seL4: 16.0.0-dev, hand-made fast path, and its proved path; counted in the same way.")
    missed = [name for name, (_, _, _, limit, _) in OPERATIONS.items()
              if limit and results[name]["median"] >= limit]
    differ = differences(results, other) if other else []
    for line in differ:
        print(f"not the same as in {args.same_as}: {line}")
    print(f"bench: {len(OPERATIONS)} operations of {results['null']['rounds']} rounds, "
          + (f"limit missed by {', '.join(missed)}" if missed else "all limits met"))
    return 1 if missed or differ else 0


if __name__ == "__main__":
    sys.exit(main())
