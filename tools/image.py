"""The boot image of a system: tables of 64-bit words, then page data (docs/image.md)."""

import re
import struct
from dataclasses import dataclass

from system import NCAP, PAGE, Cap, BadSystem

MAGIC = int.from_bytes(b"POSTERN1", "little")
HEADER, PROCESS, ENDPOINT, SEGMENT, SPACE = 16, 8 + 3 * (NCAP + 2), 2, 6, 1
INACTIVE, READY = 0, 1
R, W, X = 1, 2, 4
CONSOLE = 1

USER_START, USER_END = 0x1000, 0x7f0000000000
MESSAGE_BASE = 0x7f0000000000
STACK_BASE = 0x30000000  # the first stack of a space; a page is left free below each
ARGUMENT_BLOCK = 16      # bytes over the initial stack pointer; the first word is the argument


@dataclass
class Mapping:
    """A segment of a space: bytes of the image, then zeros, at a page-aligned address."""

    space: int
    vaddr: int
    data: bytes
    memsize: int
    flags: int
    what: str

    @property
    def end(self):
        return self.vaddr + round_up(self.memsize)


@dataclass
class Limits:
    """Table sizes of the kernel that the image is for."""

    processes: int
    endpoints: int

    @property
    def segments(self):
        return 4 * self.processes + 64


def read_limits(path):
    """The sizes in a configuration header (config/*/config.h)."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadSystem(f"{path}: cannot be read, expected a configuration header") from None
    sizes = dict(re.findall(r"^\s*#\s*define\s+(NPROC|NENDP)\s+(\d+)", text, re.M))
    for name in ("NPROC", "NENDP"):
        if name not in sizes:
            raise BadSystem(f"{path}: {name}: is missing, expected #define {name} and a number")
    return Limits(int(sizes["NPROC"]), int(sizes["NENDP"]))


def round_up(size):
    return -(-size // PAGE) * PAGE


def program_mapping(number, name, segment):
    """A program's segment, widened at the front to a page boundary."""
    front = segment.vaddr % PAGE
    data = bytes(front) + segment.data if segment.data else b""
    flags = R | (W if segment.write else 0) | (X if segment.execute else 0)
    return Mapping(number, segment.vaddr - front, data, segment.memsize + front, flags,
                   f"{name} at {segment.vaddr:#x}")


def stack_mappings(process, bottom):
    """Zeros, and for a process with an argument a top page that holds it."""
    what = f"stack of {process.name}"
    if not process.argument:
        return [Mapping(process.space, bottom, b"", process.stack, R | W, what)]
    top = bottom + process.stack - PAGE
    block = struct.pack("<QQ", process.argument, 0)
    page = bytes(PAGE - ARGUMENT_BLOCK) + block
    rest = Mapping(process.space, bottom, b"", process.stack - PAGE, R | W, what)
    return ([rest] if rest.memsize else []) + [
        Mapping(process.space, top, page, PAGE, R | W, what)]


def place_stacks(system):
    """Mappings of all stacks, and the initial stack pointer of each process."""
    free = [STACK_BASE] * len(system.spaces)
    mappings, pointers = [], []
    for process in system.processes:
        bottom = free[process.space] + PAGE
        free[process.space] = bottom + process.stack
        mappings += stack_mappings(process, bottom)
        pointers.append(bottom + process.stack - ARGUMENT_BLOCK)
    return mappings, pointers


def check_mappings(file, system, mappings):
    """W^X, the user's half only, no two in one place."""
    last = {}
    for mapping in sorted(mappings, key=lambda m: (m.space, m.vaddr)):
        where = f"{file}: space.{system.spaces[mapping.space].name}: {mapping.what}"
        if mapping.flags & W and mapping.flags & X:
            raise BadSystem(f"{where} is writable and executable, expected one of the two")
        if mapping.vaddr < USER_START or mapping.end > USER_END:
            raise BadSystem(f"{where} lies outside {USER_START:#x} to {USER_END:#x}, "
                               "expected a program linked inside")
        before = last.get(mapping.space)
        if before and before.end > mapping.vaddr:
            raise BadSystem(f"{where} overlaps {before.what}, expected programs of one "
                               "space to be linked to different addresses")
        last[mapping.space] = mapping


def check_sizes(file, system, mappings, limits):
    for what, have, most in (("process", len(system.processes), limits.processes),
                             ("endpoint", len(system.endpoints), limits.endpoints),
                             ("space", len(system.spaces), limits.processes),
                             ("segment", len(mappings), limits.segments)):
        if have > most:
            raise BadSystem(f"{file}: {what}: the system has {have}, expected at most {most} "
                               "in this configuration")


def process_words(number, process, pointer):
    slots = [process.caps.get(i, Cap()) for i in range(NCAP)]
    slots += [process.handler, process.proxy_receiver]
    words = [READY if process.start else INACTIVE, process.space, process.pc, pointer,
             MESSAGE_BASE + PAGE * number, process.version, process.epoch, 0]
    return words + [word for cap in slots for word in (cap.kind, cap.object, cap.badge)]


def lay_out(mappings, offset):
    """Segment records, and the page data that begins `offset` bytes into the image.

    Spaces that hold the same program share one copy of what they cannot write."""
    rows, data, shared = [], bytearray(), {}
    for m in mappings:
        where = 0 if m.flags & W else shared.get(m.data, 0)
        if m.data and not where:
            where = offset + len(data)
            data += m.data + bytes(round_up(len(m.data)) - len(m.data))
            if not m.flags & W:
                shared[m.data] = where
        rows += [m.space, m.vaddr, where, len(m.data), m.memsize, m.flags]
    return rows, data


def build(file, system, limits):
    """The bytes of the boot image."""
    stacks, pointers = place_stacks(system)
    mappings = [program_mapping(number, name, segment)
                for number, space in enumerate(system.spaces) for name in space.programs
                for segment in system.programs[name].segments] + stacks
    check_mappings(file, system, mappings)
    check_sizes(file, system, mappings, limits)

    counts = (len(system.processes), len(system.endpoints), len(system.spaces), len(mappings))
    total = (HEADER + PROCESS * counts[0] + ENDPOINT * counts[1]
             + SPACE * counts[2] + SEGMENT * counts[3])
    segments, data = lay_out(mappings, round_up(8 * total))
    words = [MAGIC, total, *counts, round_up(8 * total) + len(data)] + [0] * (HEADER - 7)
    for number, process in enumerate(system.processes):
        words += process_words(number, process, pointers[number])
    for endpoint in system.endpoints:
        words += [endpoint.owner, endpoint.version]
    words += [CONSOLE if space.console else 0 for space in system.spaces]
    words += segments
    tables = struct.pack(f"<{total}Q", *words)
    return tables + bytes(round_up(len(tables)) - len(tables)) + bytes(data)
