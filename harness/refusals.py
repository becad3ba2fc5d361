#!/usr/bin/env python3
"""Boot images that are wrong in one word: the kernel refuses each and says where.

Also images that are wrong at random: the kernel refuses them or runs what they
describe, and never takes an exception of its own.
"""
import argparse
import random
import struct
import sys
import tempfile
from pathlib import Path

import qemu

HEADER, PROCESS, ENDPOINT, SEGMENT = 16, 110, 2, 6
STATE, SPACE, VERSION, ZERO, SLOTS = 0, 1, 5, 7, 8
HANDLER, RECEIVER = 32, 33
TEXT = 5  # flags of a segment: readable, executable
BIG = 2**64 - 1


class Image:
    """A good image, and where its records stand."""

    def __init__(self, blob):
        self.blob = blob
        self.processes, self.endpoints, self.spaces, self.segments = struct.unpack_from("<4Q", blob, 16)

    def process(self, p, field):
        return HEADER + PROCESS * p + field

    def slot(self, p, slot, part):
        return self.process(p, SLOTS + 3 * slot + part)

    def endpoint(self, e, field):
        return HEADER + PROCESS * self.processes + ENDPOINT * e + field

    def space(self, s):
        return self.endpoint(self.endpoints, 0) + s

    def segment(self, g, field):
        return self.space(self.spaces) + SEGMENT * g + field

    def word(self, at):
        return struct.unpack_from("<Q", self.blob, 8 * at)[0]

    def with_words(self, words):
        blob = bytearray(self.blob)
        for at, value in words.items():
            struct.pack_into("<Q", blob, 8 * at, value & BIG)
        return bytes(blob)


def header_cases(i):
    yield "not an image", {0: 0}, "header, field 0"
    yield "too many words", {1: BIG}, "header, field 1"
    yield "other number of words", {1: i.word(1) + 1}, "header, field 1"
    yield "no processes", {2: 0}, "header, field"
    yield "too many processes", {2: 2**32}, "header, field 2"
    yield "too many endpoints", {3: BIG}, "header, field 3"
    yield "too many spaces", {4: 2**40}, "header, field 4"
    yield "too many segments", {5: BIG}, "header, field 5"
    yield "other size", {6: len(i.blob) + 1}, "header, field 6"


def process_cases(i):
    last = i.processes - 1
    yield "state", {i.process(1, STATE): 2}, "process 1, field 0"
    yield "space", {i.process(last, SPACE): i.spaces}, f"process {last}, field 1"
    yield "space of 64 bits", {i.process(0, SPACE): 2**32}, "process 0, field 1"
    yield "version 0", {i.process(1, VERSION): 0}, "process 1, field 5"
    yield "last version", {i.process(1, VERSION): BIG}, "process 1, field 5"
    yield "reserved word", {i.process(1, ZERO): 1}, "process 1, field 7"


def slot_cases(i):
    def slot(p, k, kind, object_=0, badge=0):
        return {i.slot(p, k, 0): kind, i.slot(p, k, 1): object_, i.slot(p, k, 2): badge}

    def at(p, k):
        return f"process {p}, field {SLOTS + 3 * k}"

    yield "capability in register 0", slot(1, 0, 1), at(1, 0)
    yield "resume", slot(1, 5, 4), at(1, 5)
    yield "unknown kind", slot(1, 31, 5), at(1, 31)
    yield "unknown flag", slot(1, 5, 0x203), at(1, 5)
    yield "null that names something", slot(1, 5, 0, 1), at(1, 5)
    yield "null with a badge", slot(1, 5, 0, 0, 1), at(1, 5)
    yield "no such process", slot(1, 5, 1, i.processes), at(1, 5)
    yield "process of 64 bits", slot(1, 5, 1, 2**32), at(1, 5)
    yield "process with a badge", slot(1, 5, 1, 0, 1), at(1, 5)
    yield "no such endpoint", slot(1, 5, 2, i.endpoints), at(1, 5)
    yield "entry to no endpoint", slot(1, 5, 3, i.endpoints), at(1, 5)
    yield "proxy entry to no endpoint", slot(1, 5, 0x103, BIG), at(1, 5)
    yield "handler is a process", slot(1, HANDLER, 1), at(1, HANDLER)
    yield "handler is a proxy entry", slot(1, HANDLER, 0x103), at(1, HANDLER)
    yield "receiver is an endpoint", slot(1, RECEIVER, 2), at(1, RECEIVER)


def endpoint_cases(i):
    yield "owner", {i.endpoint(0, 0): i.processes}, "endpoint 0, field 0"
    yield "owner of 64 bits", {i.endpoint(1, 0): 2**32}, "endpoint 1, field 0"
    yield "endpoint version 0", {i.endpoint(1, 1): 0}, "endpoint 1, field 1"
    yield "endpoint's last version", {i.endpoint(0, 1): BIG}, "endpoint 0, field 1"
    yield "space flags", {i.space(1): 2}, "space 1, field 0"


def segment_cases(i):
    g = next(g for g in range(i.segments) if i.word(i.segment(g, 5)) == TEXT)
    for name, field, value in (
            ("no such space", 0, i.spaces), ("unaligned address", 1, 0x400001), ("null page", 1, 0),
            ("address of message pages", 1, 0x7f0000000000), ("kernel's half", 1, 0xffffffff80200000),
            ("unaligned offset", 2, i.word(i.segment(g, 2)) + 1), ("offset into the tables", 2, 0),
            ("offset behind the file", 2, len(i.blob) + 4096), ("offset that wraps", 2, BIG - 4095),
            ("more than the file has", 3, 2**40), ("more than the segment has", 3, i.word(i.segment(g, 4)) + 1),
            ("no memory", 4, 0), ("memory that wraps", 4, BIG), ("beyond the user's half", 4, 0x7f0000000000),
            ("no rights", 5, 0), ("write without read", 5, 2), ("write and execute", 5, 7), ("unknown right", 5, 9)):
        expected = "segment" if field == 4 and value == 0 else f"segment {g}, field {field}"
        yield name, {i.segment(g, field): value}, expected
    twin = next(h for h in range(g) if i.word(i.segment(h, 0)) == i.word(i.segment(g, 0)))
    yield "overlap", {i.segment(g, 1): i.word(i.segment(twin, 1))}, f"segment {g}, field 1"


def all_cases(i):
    for cases in (header_cases, process_cases, slot_cases, endpoint_cases, segment_cases):
        for name, words, expected in cases(i):
            yield name, i.with_words(words), expected
    yield "cut short", i.blob[:4096], "header, field"
    yield "shorter than a header", i.blob[:64], "shorter"


def boot(kernel, folder, blob, timeout):
    path = Path(folder) / "case.img"
    path.write_bytes(blob)
    return qemu.boot(qemu.Machine(kernel=str(kernel), image=str(path), timeout=timeout))


def wrong_with(result, expected):
    """Why this is no proper refusal; None if it is one."""
    lines = [line for line in result.serial.splitlines() if "boot image refused: " in line]
    if result.code != qemu.REFUSED or len(lines) != 1:
        return f"was not refused: {result.describe()}"
    if expected not in lines[0]:
        return f"expected {expected!r}, got: {lines[0]}"
    return None


def damaged(image, seed):
    """Some words of the tables changed, mostly to something that could be meant."""
    dice = random.Random(seed)
    words = {}
    for _ in range(dice.randrange(1, 8)):
        at = dice.randrange(HEADER, image.word(1))
        words[at] = dice.choice((0, 1, 2, 3, 4, 0x103, 4096, 0x400000, BIG, image.word(at) ^ (1 << dice.randrange(64)),
                                 image.word(dice.randrange(image.word(1)))))
    return image.with_words(words)


def survived(result):
    return result.timed_out or result.code in (qemu.PASSED, qemu.FAILED, qemu.REFUSED)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kernel", type=Path, required=True)
    p.add_argument("--image", type=Path, required=True, help="a good image, with at least two processes")
    p.add_argument("--random", type=int, default=30, help="how many at random (%(default)s)")
    p.add_argument("--timeout", type=float, default=20, help="seconds until a boot has failed (%(default)s)")
    p.add_argument("--first", action="store_true", help="stop at the first that fails")
    args = p.parse_args()
    image, passed, failed = Image(args.image.read_bytes()), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, blob, expected in all_cases(image):
            fault = wrong_with(boot(args.kernel, folder, blob, args.timeout), expected)
            passed, failed = passed + (fault is None), failed + (fault is not None)
            if fault:
                print(f"  {name}: {fault}")
                if args.first:
                    return 1
        for seed in range(args.random):
            result = boot(args.kernel, folder, damaged(image, seed), 1.5)
            passed, failed = passed + survived(result), failed + (not survived(result))
            if not survived(result):
                print(f"  random image {seed}: {result.describe()}\n{result.tail()}")
    print(f"refusals: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (qemu.QemuError, OSError) as error:
        print(f"refusals.py: {error}", file=sys.stderr)
        sys.exit(2)
