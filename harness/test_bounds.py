#!/usr/bin/env python3
"""bounds.py on small programs: what has a bound gets the right one, what has none is refused."""
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import bounds  # noqa: E402

LOOP = "\n".join(["0:\tcmp $10,%eax", "\tjae 1f", "\tinc %eax", "\tjmp 0b", "1:\tret"])


class Known:
    """Rounds of a source that has one loop, at the line of the `cmp`."""
    loops = {"core/x.c:1": ("TEN", "f")}

    @staticmethod
    def bound(loop):
        return 10, "TEN"


class All(Known):
    """A loop over a table."""

    @staticmethod
    def bound(loop):
        return 256, "NPROC"


class Bounds(unittest.TestCase):
    def cost(self, assembly, rounds=Known, place='.loc 1 1'):
        with tempfile.TemporaryDirectory() as folder:
            source, out = pathlib.Path(folder) / "x.S", pathlib.Path(folder) / "x"
            source.write_text(f'.file 1 "core/x.c"\n.text\n.globl _start\n_start:\n{place}\n{assembly}\n')
            subprocess.run(["gcc", "-nostdlib", "-static", "-Wl,--build-id=none", str(source), "-o", str(out)],
                           check=True)
            code = bounds.Code(out)
            return bounds.Bounds(code, rounds()).cost(code.symbols["_start"])

    def refused(self, words, assembly, **options):
        with self.assertRaisesRegex(bounds.BoundError, words):
            self.cost(assembly, **options)

    def test_a_straight_line(self):
        self.assertEqual(self.cost("nop\nnop\nret"), 3)

    def test_the_longer_branch(self):
        self.assertEqual(self.cost("jz 1f\nnop\nnop\n1: ret"), 4)

    def test_a_call(self):
        self.assertEqual(self.cost("call f\nret\nf: nop\nret"), 4)

    def test_a_loop(self):
        self.assertEqual(self.cost(LOOP), 11 * 4 + 1)

    def test_a_loop_of_unknown_length(self):
        self.refused("no number of rounds is known", LOOP, place="")

    def test_a_loop_over_a_table(self):
        self.refused("a loop over all NPROC", LOOP, rounds=All)

    def test_an_unknown_loop_around_a_known_one(self):
        self.refused("no number of rounds is known", "7: nop\n.loc 1 1\n" + LOOP.replace(
            "ret", ".loc 1 2\ndec %ecx\n\tjnz 7b\n\tret"), place=".loc 1 2")

    def test_recursion(self):
        self.refused("recursion", "call _start\nret")

    def test_recursion_of_two(self):
        self.refused("recursion", "call f\nret\nf: call g\nret\ng: call f\nret")

    def test_an_indirect_call(self):
        self.refused("indirect", "call *%rax\nret")

    def test_an_indirect_jump(self):
        self.refused("table of unknown size", "jmp *%rax")

    def test_a_count_above_the_bound(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "bench.json"
            path.write_text('{"null": {"max": 99999999}}')
            done = subprocess.run([sys.executable, bounds.__file__, "--measured", str(path)],
                                  capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("null: 99999999 instructions were measured, above the bound", done.stdout)

    def test_a_count_of_the_soak_above_the_bound(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "soak.json"
            path.write_text('{"worst": {"syscall": 5000, "tick": 9}}')
            with mock.patch.object(bounds, "core_bounds", lambda *_: {"syscall": 4999, "tick": 9}):
                counts = bounds.measured(path, {"syscall_entry": 20000})
        self.assertEqual(counts, [("core_syscall", 5000, 4999), ("core_tick", 9, 9)])


class Kernel(unittest.TestCase):
    def test_an_exception_enters_by_a_stub(self):
        code = bounds.Code(bounds.ROOT / "build" / "default" / "postern.elf")
        found = bounds.Bounds(code, bounds.Rounds("default"))
        stubs = list(map(found.cost, code.starts("vectors")))
        self.assertGreater(max(stubs), found.cost(code.symbols["trap"]))


class Sources(unittest.TestCase):
    def test_loops_of_the_core(self):
        found = bounds.Rounds("default")
        limits = {loop.split(":")[0]: [] for loop in found.loops}
        for loop in found.loops:
            if loop.startswith("core/copy.c"):
                limits["core/copy.c"].append(found.bound(loop))
        self.assertEqual(sorted(limits["core/copy.c"]),
                         [(6, "NMSG"), (18, "NREG"), (18, "NREG"), (512, "PAGE_WORDS")])


if __name__ == "__main__":
    unittest.main()
