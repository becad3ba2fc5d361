"""The run over arch/x86 that says no: lists that lie, warnings, code that is wrong."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from planted import Planted

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "proofs"))

import arch_wp  # noqa: E402

WARNING = "[wp] arch/x86/{}: Warning: \n  {}\n"


class Lists(unittest.TestCase):
    wanted = {"a.c": (5, ""), "b.c": (0, "no C")}
    table = {"a.c": {"goals": 5, "proved": 5}}

    def says(self, words, wanted=None, present=("a.c", "b.c"), table=None):
        found = arch_wp.compare(wanted or self.wanted, present,
                                self.table if table is None else table)
        self.assertTrue(any(words in line for line in found), found)

    def test_as_it_is(self):
        self.assertEqual(arch_wp.compare(self.wanted, ("a.c", "b.c"), self.table), [])

    def test_fewer_goals(self):
        self.says("4 goals, expected at least 5", table={"a.c": {"goals": 4, "proved": 4}})

    def test_no_goals_at_all(self):
        self.says("0 goals", table={})
        self.says("expected at least 1", wanted={"a.c": (0, "")}, table={})

    def test_new_file(self):
        self.says("c.c: not in", present=("a.c", "b.c", "c.c"))

    def test_file_gone(self):
        self.says("no such file", present=("a.c",))

    def test_reason_for_a_file_that_is_proved(self):
        self.says("has goals", table=dict(self.table, **{"b.c": {"goals": 1, "proved": 1}}))

    def test_committed_list(self):
        wanted = arch_wp.expected(arch_wp.EXPECTED.read_text())
        self.assertEqual(set(wanted), {f.name for f in arch_wp.ARCH.glob("*.c")})
        self.assertTrue(all(goals or reason for goals, reason in wanted.values()))


    def test_lemma_that_is_not_proved(self):
        text = "/*@ lemma one: 1 == 1;\n lemma two{L}: 2 == 2; */"
        found = [("", "lemma_one", True, "z3"), ("", "lemma_two", False, "")]
        self.assertEqual(arch_wp.without_goal([text], found[:1] + [("", "lemma_two", True, "z3")]), [])
        for goals in (found, found[:1], found[:1] + [("f", "lemma_two", True, "z3")]):
            self.assertEqual(arch_wp.without_goal([text], goals),
                             ["ACSL lemma two has no goal that is proved"])


class Messages(unittest.TestCase):
    def left(self, text, proved=()):
        return arch_wp.complaints(text.splitlines(True), set(proved))

    def line_with(self, file, words):
        lines = (arch_wp.ARCH / file).read_text().splitlines()
        return f"{file}:{next(i for i, line in enumerate(lines, 1) if words in line)}"

    def test_any_warning(self):
        self.assertTrue(self.left("[kernel] arch/x86/pic.c:9: Warning: something new\n"))

    def test_cast_of_an_address(self):
        cast = "Cast with incompatible pointers types (source: uint8*) (target: sint8*)"
        harmless = WARNING.format(self.line_with("idt.c", "cpu_address(vectors)"), cast)
        self.assertEqual(self.left(harmless), [])
        self.assertTrue(self.left(WARNING.format("idt.c:1", cast)))

    def test_assumption_about_memory(self):
        text = WARNING.format("x.h:1", "Memory model hypotheses for function 'new'") + "  ensures x\n"
        self.assertTrue(self.left(text))
        self.assertEqual(self.left(text, proved=["new"]), [])


class Code(unittest.TestCase):
    """A copy of arch/x86 with an error in it, at a limit that is enough without one."""

    def proves(self, file, function, old, new):
        (ROOT / "build").mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            copy = pathlib.Path(folder) / "x86"
            shutil.copytree(arch_wp.ARCH, copy)
            text = (copy / file).read_text()
            self.assertIn(old, text)
            (copy / file).write_text(text.replace(old, new, 1))
            done = subprocess.run([sys.executable, str(ROOT / "proofs/arch_wp.py"),
                                   str(copy / file), "-f", function, "-t", "0.5"],
                                  capture_output=True, text=True, cwd=ROOT)
            return done.returncode == 0, done.stdout

    def test_nothing_planted(self):
        for file, function in (("frame.c", "frame_take"), ("trap.c", "leave")):
            done, text = self.proves(file, function, function, function)
            self.assertTrue(done, text)
            self.assertNotIn("UNPROVED", text)

    def test_index_out_of_range(self):
        done, text = self.proves("frame.c", "frame_take", "frame >= FRAMES", "frame > FRAMES")
        self.assertFalse(done)
        self.assertIn("UNPROVED frame_take", text)

    def test_stack_of_another_process(self):
        done, text = self.proves("trap.c", "leave", "process != process_loaded", "process > process_loaded")
        self.assertFalse(done)
        self.assertIn("UNPROVED leave", text)


class Place(Planted):
    """It is this copy's text that is proved, wherever the shell says it stands."""

    def test_the_other_copy_has_no_error(self):
        self.replace("arch/x86/timer.c", "CONTROL, 0x34", "CONTROL, 0x36")
        done = subprocess.run([sys.executable, str(self.root / "proofs/arch_wp.py"), "arch/x86/timer.c"],
                              capture_output=True, text=True, env=dict(os.environ, PWD=str(ROOT)))
        self.assertIn("UNPROVED timer_init: timer_init_ensures_told", done.stdout)
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    unittest.main()
