#!/usr/bin/env python3
"""What the kernel does when it traps itself, and what of its memory it has mapped how.

Nothing makes a correct kernel trap in ring 0. So each case boots a copy in which the first
bytes of the system call handler were replaced (patch.py), and reads the register dump.
There rcx is still the address of an instruction of the process that made the call.
"""
import argparse
import re
import struct
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import patch
import qemu

PLACE = "trap_syscall"
UD2, INT3 = b"\x0f\x0b", b"\xcc"
# Exceptions, and the bits of a page fault's error code.
DEBUG, NMI, BREAKPOINT, OPCODE, DOUBLE, PAGE, CHECK = 1, 2, 3, 6, 8, 14, 18
PRESENT, WRITE, FETCH = 1, 2, 16
PAGE_SIZE, STACK_SIZE, STACKS = 4096, 16384, 5  # arch/x86/layout.h
MESSAGES, KERNEL_BASE = 0x7f0000000000, 0xffffffff80000000

# The registers in the encoding of `mov`, without the stack pointer.
NAMES = ["rax", "rcx", "rdx", "rbx", None, "rbp", "rsi", "rdi"] + [f"r{n}" for n in range(8, 16)]
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
    """rdmsr, with the result in rax whole."""
    return set_register("rcx", number) + b"\x0f\x32\x48\xc1\xe2\x20\x48\x09\xd0" + UD2


def read_control(number):
    return bytes([0x0f, 0x20, 0xc0 | number << 3]) + UD2


def interrupt(number):
    return bytes([0xcd, number])


class Cases:
    """(name, code, exception, error code or None, registers that the dump must show)."""

    def __init__(self, kernel):
        self.at = {n: patch.address_of(kernel, n) for n in
                   ("stacks", "syscall_entry", "text_start", "rodata_start", "data_start", "frames", PLACE)}

    def registers(self):
        code = b"".join(set_register(n, v) for n, v in VALUES.items())
        here = {"rip": self.at[PLACE] + len(code)}
        yield "dump/undefined-instruction", UD2, OPCODE, 0, {"rip": self.at[PLACE]}
        yield "dump/breakpoint", INT3, BREAKPOINT, 0, {"rip": self.at[PLACE] + 1}
        yield "dump/every-register", code + UD2, OPCODE, 0, VALUES | here
        yield "dump/fault-address", read(8), PAGE, 0, {"cr2": 8}

    def stacks(self):
        """With a stack pointer that nothing can be pushed to, then an interrupt."""
        lost = set_register("rsp", self.at["stacks"] + PAGE_SIZE)
        back = set_register("rsp", self.at["stacks"] + STACK_SIZE)
        code = b"".join(set_register(n, v) for n, v in VALUES.items())
        yield "stacks/overflow", lost + b"\x50", DOUBLE, 0, {}
        yield "stacks/machine-check", lost + interrupt(CHECK), CHECK, 0, {}
        yield "stacks/nmi", code + lost + interrupt(NMI) + back + UD2, OPCODE, 0, VALUES
        yield "stacks/debug", code + lost + interrupt(DEBUG) + back + UD2, OPCODE, 0, VALUES
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
            yield f"memory/execute-{name}", jump(place), PAGE, PRESENT | FETCH, {"cr2": place}
        for name, place in (("frames", at["frames"]), ("below-the-kernel", KERNEL_BASE),
                            ("boot-tables", 0x200000)):
            yield f"memory/no-{name}", read(place), PAGE, 0, {"cr2": place}
        yield "memory/null", jump(0), PAGE, FETCH, {"cr2": 0}

    def users(self):
        """Pages that the process may use, and the kernel must not."""
        yield "users/execute", b"\xff\xe1", PAGE, PRESENT | FETCH, {}
        yield "users/read", b"\x8a\x01" + UD2, PAGE, PRESENT, {}
        yield "users/write", write(MESSAGES), PAGE, PRESENT | WRITE, {"cr2": MESSAGES}

    def modes(self):
        """What some emulators do without being told, and hardware does not."""
        for name, number, value in (("efer", 0xc0000080, 0xd01), ("syscall-entry", 0xc0000082, self.at["syscall_entry"]),
                                    ("syscall-selectors", 0xc0000081, 0x13 << 48 | 0x8 << 32),
                                    ("syscall-clears-all-flags", 0xc0000084, 0x3f7fd5), ("no-sysenter", 0x174, 0)):
            yield f"modes/{name}", read_model(number), OPCODE, 0, {"rax": value}
        yield "modes/cr0", read_control(0), OPCODE, 0, {"rax": 0x8005003b}
        yield "modes/cr4", read_control(4), OPCODE, 0, {"rax": 0x300ea0}

    def all(self):
        for group in (self.registers, self.stacks, self.steps, self.modes, self.memory, self.users):
            yield from group()


def complaint(result, exception, error, registers):
    """What is wrong with the end of a run; None if nothing is."""
    if result.code != qemu.TRAPPED:
        return result.describe()
    said = re.search(r"^postern: stopped: exception (\d+) in the kernel$", result.serial, re.M)
    if not said or int(said[1]) != exception:
        return f"expected exception {exception}, the log says: {said[0] if said else 'nothing'}"
    shown = {n: int(v, 16) for n, v in re.findall(r"\b(\w+) +0x([0-9a-f]{16})", result.serial)}
    wanted = dict(registers) | ({} if error is None else {"err": error})
    for name, value in wanted.items():
        if shown.get(name) != value:
            return f"{name} is {shown.get(name, -1):#x}, expected {value:#x}"
    return None


def run(args, case):
    name, code, exception, error, registers = case
    with tempfile.NamedTemporaryFile(suffix=".elf") as kernel:
        kernel.write(patch.patched(str(args.kernel), PLACE, code))
        kernel.flush()
        result = qemu.boot(qemu.Machine(kernel=kernel.name, image=str(args.image), timeout=args.timeout))
    return name, complaint(result, exception, error, registers)


def together(args):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda case: run(args, case), Cases(str(args.kernel)).all()))


def until_first(args):
    found = []
    for case in Cases(str(args.kernel)).all():
        found.append(run(args, case))
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
        found = until_first(args) if args.first else together(args)
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
