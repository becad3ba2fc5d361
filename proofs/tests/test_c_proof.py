"""Which mutants of the boot code the proof is said to notice: only those whose function was proved before."""
import collections
import dataclasses
import json
import pathlib
import sys
import tempfile
import threading
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "harness"))

import c_mutants  # noqa: E402
import c_proof  # noqa: E402
from asm import c_judges  # noqa: E402

DONE, STOPPED = "arch-proof: 3 of 4 goals proved", "arch-proof: 0 of 0 goals proved, 1 complaints"


@dataclasses.dataclass(frozen=True)
class Mutant:
    function: str
    new: str
    file: str = "pic.c"
    place: int = 0

    def apply(self, text):
        return text + f"/*{self.function} {self.new}*/"


def proof(folder, places, config, effort):
    """`hard` is proved as the verdict does it only, `never` not at all; `odd` is refused; `bad` is a bug."""
    text, left = (folder / "pic.c").read_text(), collections.defaultdict(list)
    for _, f in places:
        if f == "never" or f == "hard" and effort != c_proof.VERDICT:
            left[f].append("a_goal_1")
        if f"/*{f} bad*/" in text:
            left[f].append("a_goal_2")
    return left, STOPPED if "odd" in text else DONE


class Rounds(unittest.TestCase):
    def killed(self, *pairs):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(c_proof.arch_proof, "prove", proof):
            rounds = c_proof.Rounds("default", pathlib.Path(folder), 2)
            return {(m.function, m.new): goal for m, goal in rounds.killed([Mutant(*p) for p in pairs])}

    def test_bugs_and_others(self):
        self.assertEqual(self.killed(("f", "bad"), ("f", "same"), ("g", "same"), ("hard", "bad"), ("hard", "same")),
                         {("f", "bad"): "a_goal_2", ("hard", "bad"): "a_goal_2"})

    def test_of_what_is_not_proved_nothing_is_said(self):
        self.assertEqual(self.killed(("never", "bad"), ("never", "same")), {})

    def test_one_that_frama_c_refuses_hides_no_other(self):
        self.assertEqual(self.killed(("f", "bad"), ("g", "odd"), ("h", "bad")),
                         {("f", "bad"): "a_goal_2", ("h", "bad"): "a_goal_2"})

    def test_a_proof_that_does_not_run(self):
        with mock.patch.object(sys.modules[__name__], "DONE", STOPPED), self.assertRaises(OSError):
            self.killed(("f", "bad"))

    def test_which_files_are_proved(self):
        self.assertTrue(c_proof.is_proved("segment.c"))
        self.assertFalse(c_proof.is_proved("log.c"))


class Kinds(unittest.TestCase):
    """What is no mutant: gcc makes the same code of it, or none."""

    def kind(self, old, new):
        text = (c_mutants.ARCH / "pic.c").read_text()
        self.assertEqual(text.count(old), 1)
        change = mock.Mock(file="pic.c", before=lambda: text, apply=lambda t: t.replace(old, new))
        change.name = "x"
        with tempfile.TemporaryDirectory() as folder:
            bench = c_mutants.Bench.__new__(c_mutants.Bench)
            bench.folder, bench.codes, bench.lock = pathlib.Path(folder), {}, threading.Lock()
            bench.kernels = c_mutants.Kernels("default")
            return bench.kind(change)

    def test_other_code(self):
        self.assertIsNone(self.kind("LINES % 256", "LINES / 256"))

    def test_the_same_code(self):
        self.assertEqual(self.kind("LINES / 256", "0xff"), c_mutants.score.SAME)

    def test_refused(self):
        self.assertEqual(self.kind("LINES / 256", "LINES / none"), c_mutants.score.REFUSED)


class Alone(unittest.TestCase):
    """What no check notices is proved alone, if the function is proved as it is."""

    def verdict(self, function, new, passed=()):
        bench = c_mutants.Bench.__new__(c_mutants.Bench)
        bench.config, bench.checks, bench.right, bench.provable = "default", [], None, {}
        bench.lock, bench.changed = threading.Lock(), lambda m: "kernel"
        m = mock.Mock(file="pic.c", function=function, place=0, apply=Mutant(function, new).apply)
        m.name, bench.passed = "x", passed
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(c_proof.arch_proof, "prove", proof):
            bench.folder = pathlib.Path(folder)
            return bench.verdict(m)

    def test_a_bug(self):
        self.assertEqual(self.verdict("f", "bad"), ["killed", "proof", "a_goal_2"])

    def test_no_bug(self):
        self.assertEqual(self.verdict("f", "same")[0], "survived")

    def test_a_function_that_is_not_proved(self):
        self.assertEqual(self.verdict("never", "bad")[0], "survived")

    def test_one_that_the_same_proof_let_pass(self):
        self.assertEqual(self.verdict("f", "bad", {"x"})[0], "survived")   # it is not asked again


class Kept(unittest.TestCase):
    """Which verdicts of an earlier run hold: those about texts that are as they were."""

    VERDICTS = {"p": ["killed", "proof", "a_goal"], "q": ["killed", "proof", "a_goal"], "b": ["killed", "boot", "a line"],
                "s": ["survived", "", ""], "c": ["same code", "compiler", ""], "gone": ["killed", "proof", "a_goal"]}
    JUDGES = {"proof of pic.c": "1", "proof of gdt.c": "2", "boot": "3", "compiler": "4"}

    def known(self, **changed):
        judges = self.JUDGES | {name.replace("_", " ").replace(" c", ".c"): "new" for name in changed}
        every = [mock.Mock(file="gdt.c" if name == "q" else "pic.c") for name in self.VERDICTS if name != "gone"]
        for m, name in zip(every, self.VERDICTS):
            m.name = name
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(c_judges, "judges", lambda *_: judges):
            data = pathlib.Path(folder) / "data.json"
            data.write_text(json.dumps({"text": "arch/x86", "judges": self.JUDGES, "mutants": self.VERDICTS}))
            results = c_mutants.Results("none", every, data)
            self.passed = results.passed
            return "".join(sorted(results.known))

    def test_nothing_changed(self):
        self.assertEqual(self.known(), "bcpqs")

    def test_what_the_proof_of_a_file_reads(self):
        self.assertEqual(self.known(proof_of_pic_c=1), "bcq")
        self.assertEqual(self.known(proof_of_gdt_c=1), "bcp")

    def test_the_kernel(self):
        self.assertEqual(self.known(boot=1, compiler=1), "pq")

    def test_what_survived_is_proved_again_if_its_proof_reads_something_else(self):
        self.known(boot=1, compiler=1)
        self.assertEqual(self.passed, {"s"})
        self.known(proof_of_pic_c=1)
        self.assertEqual(self.passed, set())

    def test_what_is_doubted_is_tried_again(self):
        results = c_mutants.Results.__new__(c_mutants.Results)
        results.known = dict(self.VERDICTS)
        results.doubt({"p", "b", "s", "c"})
        self.assertEqual(set(results.known), set(self.VERDICTS) - {"p"})

    def test_what_a_proof_reads(self):
        names = {str(f.relative_to(ROOT)) for f in c_judges.read("pic.c", "default")}
        self.assertLessEqual({"arch/x86/pic.c", "arch/x86/pic.h", "arch/x86/machine.h"}, names)
        self.assertNotIn("arch/x86/gdt.c", names)
        self.assertIn("core/tables.h", {str(f.relative_to(ROOT)) for f in c_judges.read("trap.c", "default")})


class Reasons(unittest.TestCase):
    """One is there for a mutant that survives, and for no other."""

    def said(self, *names):
        known = {"noticed": ["killed", "proof", ""], "lives": ["survived", "", ""], "same": ["same code", "compiler", ""]}
        found = [mock.Mock() for _ in known]
        for m, name in zip(found, known):
            m.name = name
        return c_mutants.score.unneeded(dict.fromkeys(names, "why"), found, known, found)

    def test_of_a_survivor(self):
        self.assertEqual(self.said("lives"), [])

    def test_of_others(self):
        for name, words in (("noticed", "`killed`"), ("same", "`same code`"), ("gone", "no mutant")):
            lines = self.said("lives", name)
            self.assertEqual(len(lines), 1)
            self.assertIn(f"a reason for {name}, which is {words}", lines[0])

    def test_a_run_fails_on_it(self):
        with tempfile.TemporaryDirectory() as folder:
            survivors = pathlib.Path(folder) / "survivors.toml"
            m = mock.Mock(operator="skip", function="f")
            m.name = "f-1"
            options = mock.Mock(names=[], sample="all", list=False, commit=False)
            for reason, status in (("", 0), ('[[survivor]]\nmutants = ["f-1"]\nreason = "why"\n', 1)):
                survivors.write_text(reason)
                with mock.patch.object(c_mutants.score, "alone"), mock.patch("builtins.print"):
                    self.assertEqual(c_mutants.score.run(
                        "x", options, [m], lambda: mock.Mock(known={"f-1": ["killed", "proof", ""]}), None, None, survivors, 98),
                        status)


if __name__ == "__main__":
    unittest.main()
