"""What triggers.py adds, and that it adds nothing else."""
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import provers
import search
import triggers


def lemma(body, name="n_hold"):
    return f";; {name}\n(assert\n  (forall ((s state) (h hand) (p Int)) {body}))"


class Triggers(unittest.TestCase):
    def test_the_conclusion(self):
        out = triggers.with_trigger(lemma("(=> (tidy s h) (=> (valid p) (tidy (f s p) (g h p))))"))
        self.assertIn(":pattern ((tidy (f s p) (g h p)))", out)
        self.assertIn("(=> (tidy s h) (=> (valid p) (tidy (f s p) (g h p))))", out)
        self.assertTrue(out.startswith(";; n_hold\n(assert (forall ((s state) (h hand) (p Int)) (! "))

    def test_premises_for_variables_that_the_conclusion_lacks(self):
        out = triggers.with_trigger(lemma("(=> (and (tidy s h) (valid p)) (wf s))"))
        self.assertIn(":pattern ((wf s) (tidy s h) (valid p))", out)

    def test_only_the_premises_that_are_needed(self):
        out = triggers.with_trigger(lemma("(=> (wf s) (=> (tidy s h) (valid p)))"))
        self.assertIn(":pattern ((valid p) (wf s) (tidy s h))", out)
        out = triggers.with_trigger(lemma("(=> (wf s) (=> (valid p) (tidy (f s p) h)))"))
        self.assertIn(":pattern ((tidy (f s p) h))", out)

    def test_equations(self):
        out = triggers.with_trigger(lemma("(=> (tidy s h) (= (f (g s h) p) (ite (= p 0) 1 p)))"))
        self.assertIn(":pattern ((f (g s h) p))", out)

    def test_left_alone(self):
        for body in ("(! (=> (wf s) (ok s h p)) :pattern ((wf s)))",  # it has one
                     "(=> (tidy s h) (= p (f s)))",                     # no plain conclusion
                     "(=> (wf s) (and (ok s h p) (wf s)))",
                     "(=> (wf s) (ok s (+ p 1)))",
                     "(=> (wf s) (tidy s h))"):                         # nothing has p
            self.assertEqual(triggers.with_trigger(lemma(body)), lemma(body), body)

    def test_other_names(self):
        for name in ("tidy_hold", "hold", "n", "H_hold"):
            block = lemma("(tidy (f s p) h)", name)
            self.assertEqual(triggers.with_trigger(block), block)

    def test_goals_and_declarations_are_left_alone(self):
        for block in (";; Goal g\n(assert\n  (not (forall ((s state)) (wf s))))",
                      "(declare-fun wf (state) Bool)", "(assert (wf zero))", "(check-sat)"):
            self.assertEqual(triggers.with_trigger(block), block)


class Remembered(unittest.TestCase):
    def test_an_answer_is_for_what_the_prover_got(self):
        """The name of a lemma stands in a comment, but decides its trigger."""
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.object(search, "CACHE", folder / "cache"))
        run = self.enterContext(mock.patch.object(
            provers, "run", return_value=(False, "unknown", 0.0, 0)))
        for name in ("n_hold", "hold", "other"):
            file = folder / f"{name}.smt2"
            file.write_text(lemma("(tidy (f s p) h)", name) + "\n")
            search.Runner(cache=True).run("z3a1", file, 1)
        self.assertEqual(run.call_count, 2)


if __name__ == "__main__":
    unittest.main()
