#!/usr/bin/env python3
"""What the kernel does when it traps itself, and what of its memory it has mapped how.

Nothing makes a correct kernel trap in ring 0. So each case boots a copy in which the first
bytes of the system call handler were replaced (patch.py). What the kernel then says must be
its first lines, why it stopped, and the dump: to the byte, but for what the process left in
the registers. There rcx is still the address of an instruction of the process that made the call.
"""
import argparse
import re
import struct
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import log_lines
import patch
import qemu

PLACE = "trap_syscall"
UD2, INT3, SYSRET = b"\x0f\x0b", b"\xcc", b"\x48\x0f\x07"
# Exceptions, and the bits of a page fault's error code.
DIVIDE, DEBUG, NMI, BREAKPOINT, OPCODE, DOUBLE, PAGE, CHECK = 0, 1, 2, 3, 6, 8, 14, 18
PRESENT, WRITE, FETCH = 1, 2, 16
PAGE_SIZE, STACK_SIZE, STACKS = 4096, 16384, 5  # arch/x86/layout.h
MESSAGES, KERNEL_BASE = 0x7f0000000000, 0xffffffff80000000

# The registers in the encoding of `mov`, without the stack pointer.
NAMES = ["rax", "rcx", "rdx", "rbx", None, "rbp", "rsi", "rdi"] + [f"r{n}" for n in range(8, 16)]
MOV = 10  # bytes of a `mov` with a number of 64 bits
VALUES = {n: 0x0111111111111111 * i ^ 0xa5 for i, n in enumerate(NAMES, 1) if n}


def set_register(name, value):
    number = NAMES.index(name) if name != "rsp" else 4
    return bytes([0x48 | number // 8, 0xb8 | number % 8]) + struct.pack("<Q", value % 2**64)


def read(address):
    return set_register("rax", address) + b"\x8a\x00" + UD2


def write(address):
    return set_register("rax", address) + b"\xc6\x00\x90" + UD2


def jump(address):
    return set_register("rax", address) + b"\xff\xe0"


def read_model(number):
    """rdmsr, with the result in rax whole, and no flag set."""
    return set_register("rcx", number) + b"\x0f\x32\x48\xc1\xe2\x20\x48\x09\xd0" + b"\x6a\x02\x9d" + UD2


def read_control(number):
    return bytes([0x0f, 0x20, 0xc0 | number << 3]) + UD2


def read_port(port):
    return set_register("rdx", port) + set_register("rax", 0) + b"\xec" + UD2


def interrupt(number):
    return bytes([0xcd, number])


# The lines of the dump.
ROWS = (("rip", "cs", "flg", "err"), ("rax", "rbx", "rcx", "rdx"), ("rsi", "rdi", "rbp", "rsp"),
        ("r8", "r9", "r10", "r11"), ("r12", "r13", "r14", "r15"), ("ss", "cr2"))
KERNEL, PROCESS = {"cs": 0x8, "ss": 0x10}, {"cs": 0x23, "ss": 0x1b}


class Cases:
    """(name, code, exception, error code, registers that the dump must show, besides those of `expected`)."""

    def __init__(self, kernel):
        self.at = {name: address for name, (address, _) in patch.symbols(kernel).items()}
        self.place = self.at[PLACE]
        self.top = self.at["stacks"] + STACK_SIZE   # of the kernel's own stack

    def expected(self, code, exception, error, registers):
        """{register: its value, or None if the process may have left anything in it}.

        The kernel runs with no flag set and a return address on its stack. If it is not said what else
        happens, `code` ends with what traps, or traps behind its first `mov`."""
        rip = self.place + len(code) - len(UD2) if exception == OPCODE else self.place + MOV
        return (dict.fromkeys(name for row in ROWS for name in row) | KERNEL
                | {"rip": rip, "flg": 2, "err": error, "rsp": self.top - 8, "cr2": 0} | registers)

    def registers(self):
        code = b"".join(set_register(n, v) for n, v in VALUES.items())
        yield "dump/every-register", code + UD2, OPCODE, 0, VALUES
        yield "dump/in-a-process", *self.without_stack()
        yield "dump/divide-error", interrupt(DIVIDE), DIVIDE, 0, {"rip": self.place + 2}
        yield "dump/undefined-instruction", UD2, OPCODE, 0, {}
        yield "dump/breakpoint", INT3, BREAKPOINT, 0, {"rip": self.place + 1}
        yield "dump/fault-address", read(8), PAGE, 0, {"cr2": 8}

    def without_stack(self):
        """A process is left without a kernel stack to fault on, at address 0 and without interrupts."""
        place, lost = self.at["task"] + 4, self.at["stacks"] + PAGE_SIZE
        code = set_register("rax", place) + set_register("rcx", lost) + b"\x48\x89\x08"
        code += set_register("rcx", 0) + set_register("r11", 2) + SYSRET
        return code, DOUBLE, 0, PROCESS | {"rip": 0, "rax": place, "rcx": 0, "r11": 2, "cr2": lost - 8}

    def stacks(self):
        """With a stack pointer that nothing can be pushed to, then an interrupt."""
        bottom = self.at["stacks"] + PAGE_SIZE
        lost, back = set_register("rsp", bottom), set_register("rsp", self.top)
        code = b"".join(set_register(n, v) for n, v in VALUES.items())
        yield "stacks/overflow", lost + b"\x50", DOUBLE, 0, {"rsp": bottom, "cr2": bottom - 8}
        yield "stacks/machine-check", lost + interrupt(CHECK), CHECK, 0, {"rip": self.place + MOV + 2, "rsp": bottom}
        yield "stacks/nmi", code + lost + interrupt(NMI) + back + UD2, OPCODE, 0, VALUES | {"rsp": self.top}
        yield "stacks/debug", code + lost + interrupt(DEBUG) + back + UD2, OPCODE, 0, VALUES | {"rsp": self.top}
        for n in range(STACKS):
            guard = self.at["stacks"] + STACK_SIZE * n
            yield f"stacks/guard-{n}", read(guard), PAGE, 0, {"cr2": guard}

    def steps(self):
        """TF set in the kernel: one debug trap, and it is off."""
        push = b"\x68" + struct.pack("<I", 0x102)
        show = b"\x90\x9c\x58"  # nop, pushf, pop rax
        yield "steps/end-at-once", push + b"\x9d" + show + UD2, OPCODE, 0, {"rax": 0x2}

    def memory(self):
        at = self.at
        for name, place in (("text", at["text_start"]), ("constants", at["rodata_start"])):
            yield f"memory/write-{name}", write(place), PAGE, PRESENT | WRITE, {"cr2": place}
        for name, place in (("constants", at["rodata_start"]), ("data", at["data_start"]),
                            ("stack", at["stacks"] + PAGE_SIZE)):
            yield f"memory/execute-{name}", jump(place), PAGE, PRESENT | FETCH, {"rip": place, "cr2": place}
        for name, place in (("frames", at["frames"]), ("below-the-kernel", KERNEL_BASE),
                            ("boot-tables", 0x200000)):
            yield f"memory/no-{name}", read(place), PAGE, 0, {"cr2": place}
        yield "memory/null", jump(0), PAGE, FETCH, {"rip": 0}

    def users(self):
        """Pages that the process may use, and the kernel must not."""
        yield "users/execute", b"\xff\xe1", PAGE, PRESENT | FETCH, {"rip": "rcx", "cr2": "rcx"}
        yield "users/read", b"\x8a\x01" + UD2, PAGE, PRESENT, {"rip": self.place, "cr2": "rcx"}
        yield "users/write", write(MESSAGES), PAGE, PRESENT | WRITE, {"cr2": MESSAGES}

    def modes(self):
        """What some emulators do without being told, and hardware does not."""
        for name, number, value in (("efer", 0xc0000080, 0xd01), ("syscall-entry", 0xc0000082, self.at["syscall_entry"]),
                                    ("syscall-selectors", 0xc0000081, 0x13 << 48 | 0x8 << 32),
                                    ("syscall-clears-all-flags", 0xc0000084, 0x3f7fd5), ("no-sysenter", 0x174, 0)):
            yield f"modes/{name}", read_model(number), OPCODE, 0, {"rax": value}
        yield "modes/cr0", read_control(0), OPCODE, 0, {"rax": 0x8005003b}
        yield "modes/cr4", read_control(4), OPCODE, 0, {"rax": 0x300ea0}

    def devices(self):
        """What the kernel told the serial port and the interrupt controllers when it began."""
        for name, port, value in (("serial-format", 0x3fb, 0x03), ("serial-interrupts", 0x3f9, 0),
                                  ("serial-lines", 0x3fc, 0x03), ("lines-masked", 0x21, 0xea),
                                  ("lines-masked-of-the-second", 0xa1, 0xff)):
            yield f"devices/{name}", read_port(port), OPCODE, 0, {"rax": value}

    def all(self):
        for group in (self.registers, self.stacks, self.steps, self.modes, self.devices, self.memory, self.users):
            yield from group()


def lines(exception, values):
    """Why the kernel stopped, and the dump, with points for a number that is not known."""
    def text(name):
        known = isinstance(values[name], int)
        return f"{name:3} 0x" + (f"{values[name]:016x}" if known else 16 * ".")
    where = "in the kernel" if values["cs"] == KERNEL["cs"] else "in a process"
    return log_lines.line(f"stopped: exception {exception} {where}") + "".join(
        log_lines.line(" ".join(text(name) for name in row)) for row in ROWS)


def with_points(said, wanted):
    """`said`, with a point for each digit where `wanted` has one."""
    return "".join("." if w == "." and s in "0123456789abcdef" else s
                   for s, w in zip(said, wanted)) + said[len(wanted):]


def complaint(result, before, exception, values):
    """What is wrong with all that the kernel said in a run; None if nothing is."""
    wanted = before + lines(exception, values)
    wrong = log_lines.difference(with_points(result.written, wanted), wanted)
    if wrong or result.code != qemu.TRAPPED:
        return wrong or result.describe()
    shown = dict(re.findall(r"\b(\w+) +(0x[0-9a-f]{16})", result.written))
    return next((f"{name} is {shown[name]}, {same} is {shown[same]}" for name, same in values.items()
                 if isinstance(same, str) and shown[name] != shown[same]), None)


def run(args, cases, before, case):
    name, code, exception, error, registers = case
    with tempfile.NamedTemporaryFile(suffix=".elf") as kernel:
        kernel.write(patch.patched(str(args.kernel), PLACE, code))
        kernel.flush()
        result = qemu.boot(qemu.Machine(kernel=kernel.name, image=str(args.image), timeout=args.timeout))
    return name, complaint(result, before, exception, cases.expected(code, exception, error, registers))


def results(args):
    """(name, what is wrong or None) of each case, or with --first of those up to one that fails."""
    cases, before, found = Cases(args.kernel), log_lines.booted(args.kernel, args.image.read_bytes()), []
    if not args.first:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda case: run(args, cases, before, case), cases.all()))
    for case in cases.all():
        found.append(run(args, cases, before, case))
        if found[-1][1]:
            break
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kernel", type=Path, required=True)
    p.add_argument("--image", type=Path, required=True, help="a system that makes a system call")
    p.add_argument("--timeout", type=float, default=20)
    p.add_argument("--first", action="store_true", help="one at a time, and none after the first that fails")
    args = p.parse_args()
    try:
        found = results(args)
    except (qemu.QemuError, OSError) as error:
        print(f"arch_traps.py: {error}", file=sys.stderr)
        return 2
    wrong = [(name, what) for name, what in found if what]
    for name, what in wrong:
        print(f"  FAIL {name}: {what}")
    print(f"arch-traps: {len(found) - len(wrong)} of {len(found)} traps in the kernel end as they must")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
