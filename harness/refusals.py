#!/usr/bin/env python3
"""Boot images that are wrong in one word: the kernel refuses each and says where, in
exactly these lines.

First what it says of a good image on several processors, and of a processor or of a
kernel that is not as it must be. Last images that are wrong at random: the kernel refuses
them or runs what they describe, and never takes an exception of its own.
"""
import argparse
import bisect
import random
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import boot_image
import log_lines
import patch
import qemu
from boot_image import BIG, HANDLER, HEADER, PAGE_SIZE, RECEIVER, SLOTS, SPACE, STATE, VERSION, ZERO

TEXT = 5  # flags of a segment: readable, executable
KERNEL_BASE = 0xffffffff80000000  # arch/x86/layout.h
GIGABYTE, TABLE = 2**30, 2**21    # what a page table of level 2, of level 1 maps

MODULE_NONE = "the boot loader passed no module (-initrd FILE, module2 FILE)"
MODULE_PLACE = "it lies over the kernel or above 4 GB; more memory may help"
MODULE_SHORT = "it is shorter than its header"
MAGIC = "header, field 0 (magic): not a Postern boot image"
WORDS = "header, field 1 (words): more than this kernel or this file holds"
SUM = "header, field 1 (words): not the sum of the records"
BYTES = "header, field 6 (bytes): not the size of the file"
NO_SPACE = "field 1 (space): no such space"
SPACE_FLAGS = "field 0 (flags): only 0 and 1 have a meaning"
SEGMENT_FIELDS = [
    "field 0 (space): no such space",
    "field 1 (address): not a page boundary from 0x1000 to 0x7f0000000000",
    "field 2 (offset): not a page boundary behind the tables",
    "field 3 (file bytes): more than the file or the segment has",
    "field 4 (memory bytes): none, or beyond 0x7f0000000000",
    "field 5 (flags): not readable, both writable and executable, or unknown",
]
OVERLAP = "field 1 (address): overlaps another segment of its space"
NO_FRAMES = "the kernel's pool of frames is too small for it"
PROCESSOR = "this processor has no NX or no SYSCALL: not supported"
PLACES = "the parts of this kernel do not lie as they should: see arch/x86/linker.ld"


def too_many(field, what):
    return f"header, field {field} ({what}): more than this kernel has"


def value(record, field):
    """What core_init refuses."""
    return f"{record}, field {field}: value not allowed"


@dataclass
class Case:
    name: str
    blob: bytes | None          # the boot image, if any
    said: str                   # by the kernel, to the byte
    code: int = qemu.REFUSED
    cpu: str = "max"
    memory: int | None = None   # MB
    kernel: bytes | None = None  # another one


def refused(text):
    return log_lines.protections("max") + log_lines.line(f"boot image refused: {text}")


def machine_cases(kernel, i):
    """A good image: what is wrong is something else, or nothing."""
    for cpu in ("max", "max,-smap", "qemu64"):
        yield Case(f"boots on {cpu}", i.blob, log_lines.booted(kernel, i.blob, cpu), qemu.PASSED, cpu)
    blob = i.with_words({i.segment(i.segments - 1, 4): i.word(i.segment(i.segments - 1, 4)) // PAGE_SIZE * PAGE_SIZE
                         + PAGE_SIZE + 1})
    yield Case("boots with a page for one byte", blob, log_lines.booted(kernel, blob), qemu.PASSED)
    blob = i.with_words(every_frame(kernel, i))
    yield Case("boots with the last frame", blob, log_lines.booted(kernel, blob), qemu.PASSED)
    for cpu in ("qemu64,-nx", "qemu64,-syscall"):
        yield Case(f"processor {cpu}", i.blob, log_lines.line(PROCESSOR), cpu=cpu)
    yield Case("kernel whose text lies behind its data", i.blob,
               log_lines.protections("max") + log_lines.line(PLACES), kernel=misplaced(kernel))
    yield Case("no module", None, refused(MODULE_NONE))
    end = patch.address_of(kernel, "pool_end") - KERNEL_BASE   # QEMU puts the image at the end of memory
    yield Case("over the kernel", i.blob, refused(MODULE_PLACE), memory=end // 2**20)


def misplaced(kernel):
    """Where the code has the beginning of its text, it gets the end of the pool: a physical address, or
    the argument from which cpu_physical makes one, which depends on the compiler."""
    begin, end = (patch.address_of(kernel, name) for name in ("text_start", "pool_end"))

    def physical(address):
        return struct.pack("<Q", address - KERNEL_BASE)

    def argument(address):
        return b"\x48\xc7\xc7" + struct.pack("<I", address % 2**32)
    for form in (physical, argument):
        found = patch.replaced(kernel, "kernel_main", form(begin), form(end))
        if found is not None:
            return found
    raise qemu.QemuError(f"{kernel}: no instruction holds {begin:#x}, where the text begins")


def no_frame_for_a_table(kernel, i):
    """The last segment is so large, and lies so, that its last page gets the last frame, and the page table
    that it needs, another one than the page before, gets none."""
    for begin in range(GIGABYTE, GIGABYTE + TABLE, PAGE_SIZE):
        words = {i.segment(i.segments - 1, 1): begin, i.segment(i.segments - 1, 3): 0}
        before = TABLE - begin % TABLE
        used = boot_image.frames_used(kernel, boot_image.Image(i.with_words(words | {i.segment(i.segments - 1, 4): before})))
        tables, left = divmod(boot_image.frames(kernel) - 1 - used, TABLE // PAGE_SIZE + 1)  # each with its pages
        if left == 0:
            return words | {i.segment(i.segments - 1, 4): before + tables * TABLE + PAGE_SIZE}
    raise qemu.QemuError("no place of the last segment makes the frames run out at a page table")


def every_frame(kernel, i):
    """A segment with nothing above it in its space is so large that no frame is left."""
    address = {g: (i.word(i.segment(g, 0)), i.word(i.segment(g, 1))) for g in range(i.segments)}
    frames = boot_image.frames(kernel)
    for g in (g for g, (space, a) in address.items() if all(a >= b for s, b in address.values() if s == space)):
        def with_pages(n):
            return {i.segment(g, 4): PAGE_SIZE * n}
        fits = bisect.bisect_right(range(frames), frames, key=lambda n: boot_image.frames_used(
            kernel, boot_image.Image(i.with_words(with_pages(n))))) - 1
        if boot_image.frames_used(kernel, boot_image.Image(i.with_words(with_pages(fits)))) == frames:
            return with_pages(fits)
    raise qemu.QemuError("no segment makes all frames taken")


def one_of_each_kind(kernel, i):
    """(name, words, the reason) where each kind of record, and of reason, comes once."""
    yield "space", {i.process(i.processes - 1, SPACE): i.spaces}, f"process {i.processes - 1}, {NO_SPACE}"
    yield "space flags", {i.space(1): 2}, f"space 1, {SPACE_FLAGS}"
    yield "no such space", {i.segment(1, 0): i.spaces}, f"segment 1, {SEGMENT_FIELDS[0]}"
    yield "overlap", {i.segment(1, 1): i.word(i.segment(0, 1))}, f"segment 1, {OVERLAP}"
    yield "more memory than there is", {i.segment(0, 4): PAGE_SIZE * boot_image.frames(kernel)}, NO_FRAMES
    yield ("more memory than there is, for the last", {i.segment(i.segments - 1, 4): PAGE_SIZE * boot_image.frames(kernel)},
           NO_FRAMES)
    yield "no frame for a page table of the last", no_frame_for_a_table(kernel, i), NO_FRAMES
    yield "not zero", {15: 1}, value("header", 15)
    yield "last version", {i.process(1, VERSION): BIG}, value("process 1", 5)
    yield "handler is a process", {i.slot(1, HANDLER, 0): 1}, value("process 1", SLOTS + 3 * HANDLER)
    yield "owner", {i.endpoint(0, 0): i.processes}, value("endpoint 0", 0)


def header_cases(i):
    yield "not an image", {0: 0}, MAGIC
    yield "too many words", {1: BIG}, WORDS
    yield "other number of words", {1: i.word(1) + 1}, SUM
    yield "no processes", {2: 0}, SUM
    yield "too many processes", {2: 2**32}, too_many(2, "processes")
    yield "too many endpoints", {3: BIG}, too_many(3, "endpoints")
    yield "too many spaces", {4: 2**40}, too_many(4, "spaces")
    yield "too many segments", {5: BIG}, too_many(5, "segments")
    yield "other size", {6: len(i.blob) + 1}, BYTES


def process_cases(i):
    yield "state", {i.process(1, STATE): 2}, value("process 1", 0)
    yield "space of 64 bits", {i.process(0, SPACE): 2**32}, f"process 0, {NO_SPACE}"
    yield "version 0", {i.process(1, VERSION): 0}, value("process 1", 5)
    yield "reserved word", {i.process(1, ZERO): 1}, value("process 1", 7)


def slot_cases(i):
    def slot(p, k, kind, object_=0, badge=0):
        return {i.slot(p, k, 0): kind, i.slot(p, k, 1): object_, i.slot(p, k, 2): badge}

    def at(p, k):
        return value(f"process {p}", SLOTS + 3 * k)

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
    yield "handler is a proxy entry", slot(1, HANDLER, 0x103), at(1, HANDLER)
    yield "receiver is an endpoint", slot(1, RECEIVER, 2), at(1, RECEIVER)


def endpoint_cases(i):
    yield "owner of 64 bits", {i.endpoint(1, 0): 2**32}, value("endpoint 1", 0)
    yield "endpoint version 0", {i.endpoint(1, 1): 0}, value("endpoint 1", 1)
    yield "endpoint's last version", {i.endpoint(0, 1): BIG}, value("endpoint 0", 1)


def segment_cases(i):
    g = next(g for g in range(i.segments) if i.word(i.segment(g, 5)) == TEXT)
    for name, field, wrong in (
            ("unaligned address", 1, 0x400001), ("null page", 1, 0),
            ("address of message pages", 1, 0x7f0000000000), ("kernel's half", 1, 0xffffffff80200000),
            ("unaligned offset", 2, i.word(i.segment(g, 2)) + 1), ("offset into the tables", 2, 0),
            ("offset behind the file", 2, len(i.blob) + 4096), ("offset that wraps", 2, BIG - 4095),
            ("more than the file has", 3, 2**40), ("more than the segment has", 3, i.word(i.segment(g, 4)) + 1),
            ("no memory", 4, 0), ("memory that wraps", 4, BIG), ("beyond the user's half", 4, 0x7f0000000000),
            ("no rights", 5, 0), ("write without read", 5, 2), ("write and execute", 5, 7), ("unknown right", 5, 9)):
        yield name, {i.segment(g, field): wrong}, f"segment {g}, {SEGMENT_FIELDS[field]}"


def all_cases(kernel, i):
    """Those that see most come first."""
    yield from machine_cases(kernel, i)
    groups = [one_of_each_kind(kernel, i)] + [f(i) for f in (
        header_cases, process_cases, slot_cases, endpoint_cases, segment_cases)]
    for group in groups:
        for name, words, reason in group:
            yield Case(name, i.with_words(words), refused(reason))
    yield Case("cut short", i.blob[:4096], refused(BYTES))
    yield Case("shorter than a header", i.blob[:64], refused(MODULE_SHORT))


def boot(kernel, folder, case, timeout):
    image, other = Path(folder) / "case.img", Path(folder) / "kernel.elf"
    if case.blob is not None:
        image.write_bytes(case.blob)
    if case.kernel is not None:
        other.write_bytes(case.kernel)
    return qemu.boot(qemu.Machine(kernel=str(kernel if case.kernel is None else other),
                                  image=None if case.blob is None else str(image),
                                  cpu=case.cpu, memory=case.memory, timeout=timeout))


def wrong_with(result, case):
    """Why this is not what must become of it; None if it is."""
    compare = log_lines.difference_at_first if case.code == qemu.PASSED else log_lines.difference
    wrong = compare(result.written, case.said)
    return wrong if wrong or result.code == case.code else f"expected: {qemu.MEANING[case.code]}; {result.describe()}"


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
    image, passed, failed = boot_image.Image(args.image.read_bytes()), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for case in all_cases(args.kernel, image):
            fault = wrong_with(boot(args.kernel, folder, case, args.timeout), case)
            passed, failed = passed + (fault is None), failed + (fault is not None)
            if fault:
                print(f"  {case.name}: {fault}")
                if args.first:
                    return 1
        for seed in range(args.random):
            result = boot(args.kernel, folder, Case("", damaged(image, seed), ""), 1.5)
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
