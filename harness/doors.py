#!/usr/bin/env python3
"""The processor's state at the kernel's doors, while a process does its worst.

Some mistakes do no harm in an emulator: the kernel running with a flag that a process
set, or `sysret` with an address that it faults on only in hardware. So QEMU logs its
registers wherever the kernel is entered or left, and this looks at each of them.
"""
import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import qemu

CF, TF, IF, DF, IOPL, NT, VM, AC = 1, 0x100, 0x200, 0x400, 0x3000, 0x4000, 0x20000, 0x40000
USERS = TF | DF | NT | AC                # what a process can set for itself
NEVER_INSIDE = USERS | IF | IOPL | VM    # and the kernel must not run with
NEVER_OUTSIDE = TF | IOPL | NT | VM      # what `sysret` must not load
USER_END = 1 << 47

STEP = "a debug trap in the kernel"
START = "kernel_main"   # what boot.S calls, once; what the processor is to do is set up later
ENTRIES = (START, "syscall_entry", "trap_syscall", "trap_event")
STATE = re.compile(r"^Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/.*?\n(.*?^EFER=\w+)", re.M | re.S)
REGISTER = re.compile(r"\b(RCX|RSP|R11|RFL|CR0|CR4|EFER)=([0-9a-f]+)")
STACK_SIZE = 16384   # arch/x86/layout.h
# How far below its top the kernel's stack is where C begins: a return address, and an exception's frame.
DEPTH = {START: 8, "trap_syscall": 8, "trap_event": 72}
SEGMENT = re.compile(r"^([DEFGS]S) *=([0-9a-f]{4}) ", re.M)

# What protects the kernel from what it might be made to do, on a processor that has all.
MODES = {
    "CR0": (1 << 31 | 1 << 16 | 1 << 3, "paging, write protection, task switched"),
    "CR4": (1 << 21 | 1 << 20 | 1 << 11, "SMAP, SMEP, UMIP"),
    "EFER": (1 << 11 | 1 << 0, "no-execute, syscall"),
}


class DoorsError(Exception):
    """Why nothing was looked at."""


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise DoorsError(done.stderr.strip())
    return done.stdout


def symbols(kernel):
    lines = (line.split() for line in output("nm", str(kernel)).splitlines())
    return {words[2]: int(words[0], 16) for words in lines if len(words) == 3}


def doors(kernel):
    """Address to name: the entries by their symbols, the exits by their instruction."""
    found = {address: name for name, address in symbols(kernel).items() if name in ENTRIES}
    for address in re.findall(r"^\s*([0-9a-f]+):\s+sysret", output(
            "objdump", "-d", "--no-show-raw-insn", str(kernel)), re.M):
        found[int(address, 16)] = "sysret"
    found.update(dict.fromkeys(kernel_steps(kernel), STEP))
    missing = {*ENTRIES, "sysret"} - set(found.values())
    if missing:
        raise DoorsError(f"the kernel has no {', '.join(sorted(missing))}")
    return found


def kernel_steps(kernel):
    """Where debug_entry clears TF for the kernel itself: where it must never come to."""
    code = output("objdump", "-d", "--no-show-raw-insn", "--disassemble=debug_entry", str(kernel))
    return [int(address, 16) for address in re.findall(r"^\s*([0-9a-f]+):\s+andl\s+\$0xfffffeff", code, re.M)]


def states(args, found):
    """(door, registers) of every time that one was passed."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        ranges = ",".join(f"{address:#x}+1" for address in found)
        result = qemu.boot(qemu.Machine(
            kernel=str(args.kernel), image=str(args.image), timeout=args.timeout,
            extra=["-singlestep", "-d", "exec,cpu,nochain", "-dfilter", ranges, "-D", str(log)]))
        if not result.passed:
            raise DoorsError(f"{result.describe()}\n{result.tail()}")
        text = log.read_text(encoding="latin-1")
    for match in STATE.finditer(text):
        registers = {name: int(value, 16) for name, value in REGISTER.findall(match[2]) + SEGMENT.findall(match[2])}
        yield found[int(match[1], 16)], registers


def complaint(door, registers, top):
    """What is wrong with the state at a door; None if nothing is."""
    if door in DEPTH and registers["RSP"] != top - DEPTH[door]:
        return f"{door}: the stack pointer is {registers['RSP']:#x}, expected {top - DEPTH[door]:#x}"
    if door == START:
        bad = registers["RFL"] & NEVER_INSIDE | sum(registers[s] for s in ("DS", "ES", "FS", "GS", "SS"))
        return f"{door}: flags {registers['RFL']:#x}, or a segment register that is not 0" if bad else None
    for name, (bits, what) in MODES.items():
        if registers[name] & bits != bits:
            return f"{door}: {name} is {registers[name]:#x}, expected {what}"
    if door == STEP:
        return "the kernel was single-stepped"
    if door != "sysret":
        bad = registers["RFL"] & NEVER_INSIDE
        return f"{door}: the kernel runs with flags {bad:#x}" if bad else None
    if registers["RCX"] >= USER_END:
        return f"sysret to {registers['RCX']:#x}"
    bad = registers["R11"] & NEVER_OUTSIDE
    if bad or not registers["R11"] & IF:
        return f"sysret with flags {registers['R11']:#x}"
    return None


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kernel", type=Path, required=True)
    p.add_argument("--image", type=Path, required=True, help="doors.img")
    p.add_argument("--timeout", type=float, default=120)
    args = p.parse_args()
    counts, tried, complaints = {}, 0, {}
    try:
        top = symbols(args.kernel)["stacks"] + STACK_SIZE
        for door, registers in states(args, doors(args.kernel)):
            counts[door] = counts.get(door, 0) + 1
            tried |= registers["R11"] & USERS if door == "syscall_entry" else 0
            wrong = complaint(door, registers, top)
            if wrong:
                complaints[wrong] = complaints.get(wrong, 0) + 1
    except (DoorsError, qemu.QemuError, OSError) as error:
        print(f"doors.py: {error}", file=sys.stderr)
        return 2
    for wrong, times in complaints.items():
        print(f"  {wrong}, {times} times")
    if tried != USERS:
        complaints["vacuous"] = 1
        print(f"  no process entered the kernel with flags {USERS & ~tried:#x}: nothing was tried")
    if counts.get(START) != 1:
        complaints["start"] = counts.get(START, 0)
        print(f"  {START}: begun {counts.get(START, 0)} times, expected once")
    print("doors: " + ", ".join(f"{n} times {door}" for door, n in counts.items())
          + (": FAILED" if complaints or len(counts) < len(ENTRIES) + 1 else ": as it must be"))
    return 1 if complaints or len(counts) < len(ENTRIES) + 1 else 0


if __name__ == "__main__":
    sys.exit(main())
