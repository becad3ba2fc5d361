"""The theorem run says no when it has to."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Theorems(unittest.TestCase):
    def prove(self, text, *options, name="trap.mlw"):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            return subprocess.run(
                [sys.executable, str(ROOT / "proofs" / "theorems.py"), str(path), "--no-cache",
                 "-t", "0.3", "--spec", folder, *options], capture_output=True, text=True)

    def refused(self, text, words, **more):
        done = self.prove(text, **more)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(words, done.stdout + done.stderr)

    def test_true(self):
        self.assertEqual(self.prove("module M use int.Int\n goal g: 1 + 1 = 2\nend").returncode, 0)

    def test_false_lemma(self):
        self.refused("module M use int.Int\n lemma l: forall x. x * x > x\n goal g: 1 = 1\nend",
                     "UNPROVED")

    def test_what_follows_from_a_false_lemma_does_not_help(self):
        self.refused("module M use int.Int\n lemma l: 0 = 1\n goal g: 2 = 3\nend",
                     "1 of 2 goals proved")

    def test_no_goals(self):
        self.refused("module M use int.Int\n function f (x: int) : int = x\nend", "0 of 0 goals")

    def test_type_error(self):
        self.refused("module M use int.Int\n goal g: 1 = true\nend", "Why3 refuses the file")

    def test_program_without_proof(self):
        self.refused("module M use int.Int\n let f (x: int) : int ensures { result > x } = x\nend",
                     "UNPROVED")

    def test_part_of_a_split_goal(self):
        self.refused("module M use int.Int\n goal g: 1 = 1 /\\ (forall x. x > 0) /\\ 2 = 2\nend",
                     "parts left")

    def test_canary_that_proves(self):
        self.refused("module CanaryM use int.Int\n goal g: 1 = 1\nend\n"
                     "module M use int.Int\n goal g: 1 = 1\nend", "PROVED (must not be)")

    def test_canary_in_its_folder(self):
        self.refused("module M use int.Int\n goal g: 1 = 1\nend", "PROVED (must not be)",
                     name="canary/trap.mlw")

    def test_axioms_that_contradict(self):
        self.refused("module CanaryM use int.Int\n axiom a: 0 = 1\n goal contradiction: false\nend\n"
                     "module M use int.Int\n goal g: 1 = 1\nend", "PROVED (must not be)")

    def test_canary_that_does_not_prove(self):
        done = self.prove("module CanaryM use int.Int\n goal g: 1 = 2\nend\n"
                          "module M use int.Int\n goal g: 1 = 1\nend")
        self.assertEqual(done.returncode, 0, done.stdout)


class Pruning(unittest.TestCase):
    """Whatever is pruned: only whole commands go, and never the goal."""

    FILE = (";; f\n(define-fun f ((x Int)) Int (+ x 1))\n\n;; g\n(declare-fun g1 (Int) Int)\n\n"
            ";; g'def\n(assert (forall ((x Int)) (= (g1 x) (h (f x)))))\n\n"
            ";; h\n(declare-fun h (Int) Int)\n\n"
            ";; h'def\n(assert (forall ((x Int)) (= (h x) x)))\n\n"
            ";; Goal q\n(assert (not (= (g1 1) 2)))\n\n(check-sat)\n")

    def setUp(self):
        sys.path.insert(0, str(ROOT / "proofs"))

    def test_depth(self):
        import prune
        near, far = prune.prune(self.FILE, 1), prune.prune(self.FILE, 2)
        self.assertIn("g'def", near)
        self.assertNotIn("h'def", near)
        self.assertIn("h'def", far)

    def test_only_deletes(self):
        import prune
        for depth in (1, 2, 3):
            text = prune.prune(self.FILE, depth)
            self.assertIn(";; Goal q", text)
            for command in text.strip().split("\n\n"):
                self.assertIn(command, self.FILE.strip().split("\n\n"))


if __name__ == "__main__":
    unittest.main()
