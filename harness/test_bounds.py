#!/usr/bin/env python3
"""Bounds of small programs: what has one gets the right one, what has none is refused."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import bounds  # noqa: E402
import operations  # noqa: E402
import paths  # noqa: E402

sites = operations.Operations.sites
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


def code(assembly, place=".loc 1 1"):
    with tempfile.TemporaryDirectory() as folder:
        source, out = pathlib.Path(folder) / "x.S", pathlib.Path(folder) / "x"
        source.write_text(f'.file 1 "/p/core/x.c"\n.text\n.globl _start\n_start:\n{place}\n{assembly}\n')
        subprocess.run(["gcc", "-nostdlib", "-static", "-Wl,--build-id=none", str(source), "-o", str(out)],
                       check=True)
        return paths.Code(out)


class Bounds(unittest.TestCase):
    def cost(self, assembly, rounds=Known, place='.loc 1 1'):
        of = code(assembly, place)
        return paths.Bounds(of, rounds()).cost(of.symbols["_start"])

    def refused(self, words, assembly, **options):
        with self.assertRaisesRegex(paths.BoundError, words):
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

    def test_counts_above_the_bound(self):
        with tempfile.TemporaryDirectory() as folder:
            bench, soak = (pathlib.Path(folder) / name for name in ("bench.json", "soak.json"))
            bench.write_text('{"null": {"max": 99999999}}')
            soak.write_text('{"operations": {"process get_slot": 3, "process start": 77777777}}')
            done = subprocess.run([sys.executable, bounds.__file__, "--bench", str(bench), "--soak", str(soak), "--out", folder],
                                  capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("null: 99999999 instructions were measured, above the bound", done.stdout)
        self.assertIn("process start: 77777777 instructions were measured, above the bound", done.stdout)
        self.assertIn("2 measured counts above", done.stdout)


class Operations(unittest.TestCase):
    """Of a core that decides once, between f and g, and of one that has no methods."""
    FG = {"entry": "f", "resume": "g"}

    def of(self, assembly, names=None, shared=()):
        with mock.patch.multiple(operations, INVOKED=names or self.FG, METHODS={}, SHARED=set(shared),
                                 OPERATIONS=["entry", "resume", "refused"]), \
                mock.patch.object(operations.Operations, "sites", lambda o, n: sites(o, n) if n else {}):
            core = operations.Operations(code("nop\ncore_syscall:\n" + assembly), Known())
            return [core.bound(what) for what in operations.OPERATIONS]

    CORE = "jz 1f\njs 2f\nnop\nret\n1: call f\nret\n2: jmp g\nf: nop\nret\ng: nop\nnop\nnop\nret"

    def test_each_has_its_own(self):
        self.assertEqual(self.of(self.CORE), [1 + 1 + 2 + 1, 2 + 1 + 4, 4])

    def test_one_after_the_other(self):
        with self.assertRaisesRegex(paths.BoundError, "two operations in one entry"):
            self.of(self.CORE.replace("call f\nret", "call f\njmp 2f"))

    def test_what_is_called_behind_another_counts(self):
        core = self.CORE.replace("f: nop", "f: call g").replace("2: jmp g", "2: call g\nret")
        self.assertEqual(self.of(core, shared={"resume"})[0], 1 + 1 + (1 + 4 + 1) + 1)

    def test_the_most_of_an_operation(self):
        found = operations.rows({"entry call": 1, "entry send": 5, "entry send NB": 2})
        self.assertEqual([n for what, n, _ in found if what == "entry"], [5])
        with self.assertRaisesRegex(paths.BoundError, "tick: 0 instructions were counted"):
            operations.rows({"tick": 0})

    def test_called_from_elsewhere(self):
        with self.assertRaisesRegex(paths.BoundError, "more than one place decides"):
            self.of(self.CORE.replace("f: nop", "f: call g"))

    def test_no_function_of_its_own(self):
        with self.assertRaisesRegex(paths.BoundError, "h: no function of its own"):
            self.of(self.CORE, {"entry": "f", "resume": "h"})

    def test_every_word_of_the_soak_has_an_operation(self):
        statistics = (paths.ROOT / "harness/replay/statistics.ml").read_text()
        methods = re.search(r"process_methods = \[\|(.*?)\|\]", statistics, re.S)[1]
        words = [f"process {m}" for m in re.findall(r'"(\w+)"', methods)]
        names = statistics[statistics.index("let invoked s p"):statistics.index("(* What became")]
        words += re.findall(r'(?:then|else|Some|Printf.sprintf) \(?"(\w+)', names)
        self.assertGreater(len(words), 20)
        for what in words:
            self.assertIn(operations.operation(what), operations.OPERATIONS)
        with self.assertRaisesRegex(paths.BoundError, "elsewhere: no operation"):
            operations.rows({"elsewhere": 1})


class Kernel(unittest.TestCase):
    def test_an_exception_enters_by_a_stub(self):
        kernel = paths.Code(paths.ROOT / "build" / "default" / "postern.elf")
        found = paths.Bounds(kernel, paths.Rounds("default"))
        stubs = list(map(found.cost, kernel.starts("vectors")))
        self.assertGreater(max(stubs), found.cost(kernel.symbols["trap"]))

    def test_the_machine_stops_in_arch_only(self):
        debug = paths.Code(operations.KERNEL)
        self.assertEqual(len(debug.named["stop"]), 2)
        self.assertNotEqual(debug.function("stop", "core"), debug.function("stop", "arch/x86"))


class Sources(unittest.TestCase):
    def test_loops_of_the_core(self):
        found = paths.Rounds("default")
        limits = {loop.split(":")[0]: [] for loop in found.loops}
        for loop in found.loops:
            if loop.startswith("core/copy.c"):
                limits["core/copy.c"].append(found.bound(loop))
        self.assertEqual(sorted(limits["core/copy.c"]),
                         [(6, "NMSG"), (18, "NREG"), (18, "NREG"), (512, "PAGE_WORDS")])


if __name__ == "__main__":
    unittest.main()
