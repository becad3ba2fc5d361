"""Other names and another order leave the meaning of a file as it is."""
import pathlib
import random
import sys
import tempfile
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "proofs"))
sys.path.insert(0, str(ROOT / "proofs" / "tests"))

import provers  # noqa: E402
import test_drivers  # noqa: E402
from stability import answers, shuffle, variation, verdict  # noqa: E402

# What could go wrong in a renamer: a variable with the name of a function, or of a theory's
# symbol; quoted names; names in comments and strings; a new name that stands there already.
HARD = """(set-logic ALL)
(set-info :status |a f, said unsat|)

;; f is declared here
(declare-sort thing 0)

(declare-fun f (thing) Int)

(declare-fun |two words| () Int)
(declare-fun n1 () thing)
(declare-fun n2 () Int)
(declare-fun quoted () Int)

(declare-datatypes ((pair 0)) (((mk (left Int)(right thing)))))

(define-fun twice ((x Int)) Int (+ x x))

;; an axiom on f
(assert (forall ((f Int) (x thing)) (! (= (f x) (twice 1)) :pattern ((f x)))))
(assert (forall ((select Int)) (= select (* 1 select))))
(assert (let ((y (mk n2 n1))) (=> ((_ is mk) y) (= (left y) |quoted|))))

;; Goal g
(assert (not (= |two words| n2)))

(check-sat)
(get-info :reason-unknown)
"""
# The first assertion above is no SMT-LIB: it shows that text is not understood as far as that.
SOUND = HARD.replace("(f Int) (x thing)", "(f2 Int) (x thing)")


def words(text):
    return shuffle.TOKEN.split(text)[1::2]


class Names(unittest.TestCase):
    def test_there_and_back(self):
        for text in (HARD, SOUND):
            for seed in range(1, 20):
                named, new = shuffle.rename(text, seed)
                self.assertNotEqual(named, text)
                self.assertEqual(shuffle.unname(named, new), text)

    def test_every_word_that_is_not_the_file_s_own_stays(self):
        named, new = shuffle.rename(HARD, 1)
        self.assertEqual(set(new), {"thing", "f", "n1", "n2", "pair", "mk", "left", "right",
                                    "twice", "x", "y"})
        for old, now in zip(words(HARD), words(named)):
            self.assertEqual(now, new.get(old, old))

    def test_nothing_is_captured(self):
        for seed in range(50):
            _, new = shuffle.rename(HARD, seed)
            self.assertEqual(len(set(new.values())), len(new))
            self.assertFalse(set(new.values()) & set(words(HARD)))

    def test_seeds_give_different_names(self):
        self.assertEqual(len({shuffle.rename(HARD, seed)[0] for seed in range(10)}), 10)
        self.assertEqual(shuffle.rename(HARD, 3), shuffle.rename(HARD, 3))

    def test_two_symbols_with_one_name_are_noticed(self):
        named, new = shuffle.rename(HARD, 1)
        new = dict(new, n1=new["n2"])
        with self.assertRaises(shuffle.Unreadable):
            shuffle.unname(named, new)


class Order(unittest.TestCase):
    def parts(self, text, back=None):
        script = shuffle.Script(text)
        return [c.text(back or {}).strip() for c in script.commands]

    def test_the_same_commands_in_an_order_that_is_allowed(self):
        orders = set()
        for seed in range(1, 20):
            text = shuffle.shuffle(SOUND, seed)
            new = shuffle.script(SOUND).names(random.Random(seed))
            self.assertEqual(sorted(self.parts(text, {n: o for o, n in new.items()})),
                             sorted(self.parts(SOUND)))
            made = set()
            for command in shuffle.Script(text).commands:
                made |= set(command.declares)
                self.assertFalse((command.tokens & set(new.values())) - made - set(command.binds)
                                 - {new["x"]})
            self.assertEqual(text.split()[-3:], SOUND.split()[-3:])
            orders.add(tuple(self.parts(text)))
        self.assertEqual(len(orders), 19)

    def test_what_cannot_be_read_is_refused(self):
        for text in (HARD + "(push 1)\n", HARD.replace("(check-sat)", "(check-sat"), "",
                     "(declare-fun-rec f () Int)"):
            with self.assertRaises(shuffle.Unreadable):
                shuffle.Script(text)


class Solvers(test_drivers.Drivers):
    """The goals of test_drivers.py, true and false ones, shuffled."""

    test_only_a_clean_unsat_is_a_proof = None

    def test_every_driver(self):
        seen = set()
        for name in ("z3a", "cvc5d"):
            with tempfile.TemporaryDirectory() as folder:
                known = answers.Answers(pathlib.Path(folder) / "answers")
                for path in self.goals(provers.driver(name), folder):
                    goal = path.stem.split("-")[-1]
                    if "eqb" in goal:
                        continue
                    for seed in (1, 2):
                        runner = answers.Runner(variation.Variation("", 1.0, seed, seed), known,
                                                pathlib.Path(folder) / "given")
                        with self.subTest(prover=name, goal=goal, seed=seed):
                            self.assertEqual(runner.run(name, path, 0.3)[0],
                                             goal.startswith("true_"))
                            self.assertEqual(runner.broken, [])
                    seen.add(goal)
        self.assertEqual(len(seen), 13)

    def test_a_file_that_is_broken_is_noticed(self):
        whole = shuffle.Script.names

        def too_much(script, draw):
            return dict(whole(script, draw), **{"or": "nothing"})

        def too_little(script, draw):
            return {old: "same" for old in script.symbols}

        for names in (too_much, too_little):
            with tempfile.TemporaryDirectory() as folder, \
                    unittest.mock.patch.object(shuffle.Script, "names", names):
                path = pathlib.Path(folder) / "x.smt2"
                path.write_text(variation.pigeons(3, 2))
                for prover in ("z3a", "cvc5a"):
                    runner = answers.Runner(
                        variation.Variation("v", shuffled=1),
                        answers.Answers(pathlib.Path(folder) / "answers"), pathlib.Path(folder))
                    with self.subTest(prover=prover, names=names.__name__):
                        self.assertFalse(runner.run(prover, path, 0.5)[0])
                        said = verdict.judge({"v": {"g": {"proved": True}}}, runner.broken, False, {})
                        self.assertIn("a solver refused 1 files", "\n".join(said))


if __name__ == "__main__":
    unittest.main()
