#!/usr/bin/env python3
"""The host tool: images as documented, and an error message for everything else."""

import random
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import elf_maker

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "tools" / "mkimage.py"
sys.path.insert(0, str(ROOT / "tools"))
import image  # noqa: E402
import system  # noqa: E402

GOOD = """
[programs]
p = "p.elf"

[space.one]
programs = ["p"]
console = true

[space.two]
programs = ["p"]

[process.a]
space = "one"
caps = { 1 = { entry = "door", badge = 0xffffffffffffffff }, 2 = { process = "b" } }

[process.b]
space = "two"
entry = "other"
start = false
stack = 0x3000
argument = 7
version = 3
epoch = 4
handler = { entry = "door", badge = 9 }
proxy_receiver = { entry = "door" }
caps = { 31 = { proxy = "door", badge = 5 }, 3 = { endpoint = "door" } }

[endpoint.door]
owner = "a"
version = 11
"""


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)
        self.program(symbols={"other": elf_maker.TEXT + 4})

    def program(self, name="p.elf", **how):
        (self.path / name).write_bytes(elf_maker.make(**how))

    def read(self, text):
        (self.path / "s.toml").write_text(text)
        return system.read_system(self.path / "s.toml", self.path)

    def build(self, text, processes=8, endpoints=32):
        limits = image.Limits(processes, endpoints)
        return image.build(self.path / "s.toml", self.read(text), limits)

    def refused(self, text, *fragments):
        """The text is refused, and the message holds the fragments."""
        with self.assertRaises(system.BadSystem) as caught:
            self.build(text)
        for fragment in fragments:
            self.assertIn(fragment, str(caught.exception))

    def with_line(self, old, new, *fragments):
        self.assertIn(old, GOOD)
        self.refused(GOOD.replace(old, new, 1), *fragments)


class Image(Folder):
    def words(self, text=GOOD):
        blob = self.build(text)
        count = struct.unpack_from("<Q", blob, 8)[0]
        return struct.unpack_from(f"<{count}Q", blob), blob

    def test_header(self):
        words, blob = self.words()
        self.assertEqual(blob[:8], b"POSTERN1")
        self.assertEqual(words[2:6], (2, 1, 2, 7))
        self.assertEqual(words[1], 16 + 110 * 2 + 2 + 2 + 6 * 7)
        self.assertEqual(words[6], len(blob))
        self.assertEqual(words[7:16], (0,) * 9)
        self.assertEqual(len(blob) % 4096, 0)

    def test_process(self):
        words, _ = self.words()
        a, b = words[16:126], words[126:236]
        self.assertEqual(a[:3], (1, 0, elf_maker.TEXT))
        self.assertEqual(a[4:8], (0x7f0000000000, 1, 0, 0))
        self.assertEqual(b[:3], (0, 1, elf_maker.TEXT + 4))
        self.assertEqual(b[4:8], (0x7f0000001000, 3, 4, 0))

    def slot(self, process, number):
        return process[8 + 3 * number:11 + 3 * number]

    def test_slots(self):
        words, _ = self.words()
        a, b = words[16:126], words[126:236]
        self.assertEqual(self.slot(a, 0), (0, 0, 0))
        self.assertEqual(self.slot(a, 1), (3, 0, 2 ** 64 - 1))
        self.assertEqual(self.slot(a, 2), (1, 1, 0))
        self.assertEqual(self.slot(b, 31), (0x103, 0, 5))
        self.assertEqual(self.slot(b, 3), (2, 0, 0))
        self.assertEqual(self.slot(b, 32), (3, 0, 9))
        self.assertEqual(self.slot(b, 33), (3, 0, 0))
        self.assertEqual(self.slot(a, 33), (0, 0, 0))

    def test_endpoints_and_spaces(self):
        words, _ = self.words()
        self.assertEqual(words[236:240], (0, 11, 1, 0))

    def segments(self):
        words, blob = self.words()
        rest = words[240:]
        return [rest[i:i + 6] for i in range(0, len(rest), 6)], blob

    def test_segments(self):
        rows, blob = self.segments()
        text = [row for row in rows if row[1] == elf_maker.TEXT]
        self.assertEqual([row[0] for row in text], [0, 1])
        self.assertEqual(text[0][2], text[1][2], "read-only pages are shared")
        self.assertEqual(text[0][3:], (16, 16, 5))
        self.assertEqual(blob[text[0][2]:text[0][2] + 16], b"\x90" * 16)
        data = [row for row in rows if row[1] == elf_maker.DATA]
        self.assertNotEqual(data[0][2], data[1][2], "writable pages are not")
        self.assertEqual(data[0][3:], (4, 8192, 3))
        for row in rows:
            self.assertEqual((row[1] % 4096, row[2] % 4096), (0, 0))

    def test_stacks(self):
        rows, blob = self.segments()
        words, _ = self.words()
        stacks = [row for row in rows if row[1] >= image.STACK_BASE]
        self.assertEqual([row[0] for row in stacks], [0, 1, 1])
        self.assertEqual(stacks[0][3:], (0, 8192, 3))
        self.assertEqual(words[16 + 3], stacks[0][1] + 8192 - 16)
        pointer, top = words[126 + 3], stacks[2]
        self.assertEqual(pointer, top[1] + 4096 - 16)
        self.assertEqual(struct.unpack_from("<Q", blob, top[2] + 4096 - 16)[0], 7)
        self.assertEqual(stacks[1][1] + stacks[1][4], top[1])

    def test_unaligned_segment(self):
        self.program(segments=[(0x400000, b"\x90", 1, 5), (0x401ff8, b"12345678", 16, 6)])
        rows, blob = [], self.build(GOOD.replace('entry = "other"\n', ""))
        words = struct.unpack_from(f"<{struct.unpack_from('<Q', blob, 8)[0]}Q", blob)
        rows = [words[i:i + 6] for i in range(240, len(words), 6)]
        row = next(row for row in rows if row[1] == 0x401000)
        self.assertEqual(row[3:5], (4096, 4096 + 8))
        self.assertEqual(blob[row[2] + 0xff8:row[2] + 0x1000], b"12345678")

    def test_base(self):
        (self.path / "base.toml").write_text(GOOD)
        over = 'base = "base.toml"\n[process.a]\nargument = 5\n'
        self.assertEqual(self.read(over).processes[0].argument, 5)
        self.assertEqual(self.read(over).processes[0].caps[2].object, 1)

    def test_count(self):
        many = self.read(GOOD.replace("argument = 7", "argument = 7\ncount = 3").replace(
            '{ process = "b" }', '{ process = "b.1" }')).processes
        self.assertEqual([p.name for p in many], ["a", "b.0", "b.1", "b.2"])
        self.assertEqual([p.argument for p in many], [0, 7, 8, 9])
        self.assertEqual(many[0].caps[2].object, 2)
        self.assertEqual(many[3].handler.badge, 9)


class Refusals(Folder):
    def test_toml(self):
        self.refused("x = 1\n[programs\n", "s.toml", "not TOML", "line 2")
        self.refused("x = " + "[" * 5000, "not TOML")
        self.refused("", "s.toml", "programs", "missing")
        self.refused('base = 5\n', "base", "expected the name")
        self.refused('base = "s.toml"\n', "base", "leads back")
        self.refused('base = "none.toml"\n', "none.toml", "cannot be read")
        self.refused('base = "\\u0000"\n', "cannot be read")

    def test_keys(self):
        self.with_line("start = false", "strat = false", "process.b.strat", "not known", "start")
        self.with_line('space = "one"', "", "process.a.space", "missing", "a string")
        self.with_line('space = "one"', "space = 1", "process.a.space", "expected a string")
        self.with_line('space = "one"', 'space = "three"', "process.a.space", "one, two")
        self.with_line("console = true", "console = 1", "space.one.console", "true or false")
        self.with_line('programs = ["p"]', 'programs = ["q"]', "space.one.programs", "p")
        self.with_line('programs = ["p"]', "programs = []", "space.one.programs", "at least one")
        self.with_line("[programs]", "[sapce]\n[programs]", "sapce", "not known")
        self.refused(GOOD + "[process.c]\n", "process.c.space", "missing")

    def test_numbers(self):
        self.with_line("stack = 0x3000", "stack = 0x3001", "process.b.stack", "multiple of 4096")
        self.with_line("stack = 0x3000", "stack = 0", "process.b.stack", "from 4096")
        self.with_line("argument = 7", "argument = -1", "process.b.argument", "from 0")
        self.with_line("argument = 7", "argument = true", "process.b.argument", "expected a number")
        self.with_line("argument = 7", "count = 0", "process.b.count", "from 1")
        self.with_line("version = 3", "version = 0", "process.b.version", "from 1")
        self.with_line("version = 3", f"version = {2**64 - 1}", "process.b.version")
        self.with_line("version = 11", "version = 0", "endpoint.door.version")
        self.with_line("badge = 9", f"badge = {2**64}", "process.b.handler.badge")

    def test_capabilities(self):
        self.with_line("31 = {", "32 = {", "process.b.caps.32", "from 1 to 31")
        self.with_line("31 = {", "0 = {", "process.b.caps.0", "from 1 to 31")
        self.with_line("31 = {", "x = {", "process.b.caps.x", "from 1 to 31")
        self.with_line("31 = {", "03 = {", "process.b.caps.3", "given twice")
        self.with_line('{ process = "b" }', '{ process = "c" }', "process.a.caps.2.process", "a, b")
        self.with_line('{ process = "b" }', '{ entry = "b" }', "process.a.caps.2.entry", "door")
        self.with_line('{ process = "b" }', "{ }", "process.a.caps.2", "exactly one")
        self.with_line('{ process = "b" }', '{ process = "b", badge = 1 }', "caps.2.badge", "not known")
        self.with_line('{ process = "b" }', '{ process = "b", entry = "door" }', "exactly one")
        self.with_line('{ process = "b" }', '"b"', "process.a.caps.2", "no table")
        self.with_line('handler = { entry', 'handler = { proxy', "process.b.handler", "an entry")
        self.with_line('proxy_receiver = { entry', 'proxy_receiver = { endpoint',
                       "process.b.proxy_receiver", "an entry")

    def test_programs(self):
        self.with_line('"p.elf"', '"q.elf"', "programs.p", "q.elf", "cannot be read")
        self.with_line('entry = "other"', 'entry = "none"', "process.b.entry", "a symbol")
        self.program(symbols={"other": elf_maker.DATA})
        self.refused(GOOD, "process.b.entry", "code")
        (self.path / "p.elf").write_bytes(b"#!/bin/sh\n")
        self.refused(GOOD, "programs.p", "no ELF file")

    def test_elf(self):
        for how, what in (
                ({"kind": 3}, "fixed addresses"), ({"machine": 3}, "x86-64"),
                ({"segments": []}, "no segment"),
                ({"segments": [(0x400000, b"12", 1, 5)]}, "more file bytes"),
                ({"segments": [(0x400000, b"1", 1, 7)]}, "writable and executable"),
                ({"segments": [(0, b"1", 1, 5)], "entry": 0}, "outside"),
                ({"segments": [(0x7f0000000000, b"1", 1, 5)], "entry": 0x7f0000000000}, "outside"),
                ({"segments": [(0x400000, b"1", 1, 5), (0x400800, b"1", 1, 6)]}, "overlaps")):
            with self.subTest(how=how):
                self.program(**how)
                self.refused(GOOD.replace('entry = "other"\n', ""), what)

    def test_two_programs_in_one_place(self):
        self.program("q.elf")
        text = GOOD.replace('p = "p.elf"', 'p = "p.elf"\nq = "q.elf"')
        self.refused(text.replace('programs = ["p"]', 'programs = ["p", "q"]', 1), "space.one", "overlaps")

    def test_sizes(self):
        for sizes, what in (((1, 32), "process"), ((8, 0), "endpoint")):
            with self.assertRaisesRegex(system.BadSystem, f"{what}: the system has"):
                self.build(GOOD, *sizes)


class Anything(Folder):
    """Whatever the bytes are: an image or one line, no traceback."""

    def survives(self, text):
        try:
            self.build(text)
        except system.BadSystem as error:
            self.assertNotIn("\n", str(error).strip())

    def test_cut_programs(self):
        whole = elf_maker.make(symbols={"other": elf_maker.TEXT})
        for length in range(0, len(whole), 3):
            (self.path / "p.elf").write_bytes(whole[:length])
            self.survives(GOOD)

    def test_damaged_programs(self):
        dice = random.Random(1)
        whole = elf_maker.make(symbols={"other": elf_maker.TEXT})
        for _ in range(500):
            damaged = bytearray(whole)
            for _ in range(dice.randrange(1, 6)):
                damaged[dice.randrange(len(damaged))] = dice.choice((0, 1, 0x7f, 0xff, dice.randrange(256)))
            (self.path / "p.elf").write_bytes(damaged)
            self.survives(GOOD)

    def test_damaged_systems(self):
        dice = random.Random(2)
        values = ("0", "-1", "1.5", "true", '""', "[]", "{ }", '"p"', '"a"', "[1]", '["p"]',
                  "{ entry = 1 }", "9" * 30, "1979-05-27", '"\\u0000"')
        lines = GOOD.splitlines()
        for _ in range(500):
            damaged = list(lines)
            for _ in range(dice.randrange(1, 3)):
                at = dice.randrange(len(damaged))
                key, equals, _ = damaged[at].partition("=")
                damaged[at] = f"{key}= {dice.choice(values)}" if equals else dice.choice(("", damaged[at]))
            self.survives("\n".join(damaged))


class Command(Folder):
    def call(self, text, config="#define NPROC 8\n#define NENDP 32\n", **files):
        (self.path / "s.toml").write_text(text)
        (self.path / "config.h").write_text(config)
        return subprocess.run(
            [sys.executable, TOOL, self.path / "s.toml", "-p", self.path, "-c", self.path / "config.h",
             "-o", self.path / files.get("output", "s.img")], capture_output=True, text=True)

    def test_image(self):
        done = self.call(GOOD)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual((self.path / "s.img").read_bytes(), self.build(GOOD))

    def test_refusal(self):
        done = self.call(GOOD.replace('owner = "a"', 'owner = "z"'))
        self.assertEqual(done.returncode, 1)
        self.assertIn("endpoint.door.owner: names 'z', expected one of: a, b", done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertFalse((self.path / "s.img").exists())

    def test_configuration(self):
        self.assertIn("NENDP: is missing", self.call(GOOD, config="#define NPROC 8\n").stderr)
        self.assertIn("at most 1", self.call(GOOD, config="#define NPROC 1\n#define NENDP 1\n").stderr)

    def test_output(self):
        done = self.call(GOOD, output="none/s.img")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot be written", done.stderr)


if __name__ == "__main__":
    unittest.main()
