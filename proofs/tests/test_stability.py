"""A goal that is proved by luck is told from one that is proved."""
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

from planted import Planted

import provers
import stable
from stability import answers, shuffle, variation, verdict, wpfiles

TINY = """module Tiny
  use int.Int
  goal sure: forall x: int. x + 1 > x
  goal wrong: forall x: int. x > 0
end
"""


class Probe(unittest.TestCase):
    """A goal whose cost is known: the pigeons of variation.py."""

    def setUp(self):
        self.keep = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.keep.name)
        self.path = self.folder / "pigeons.smt2"
        self.path.write_text(variation.pigeons(*variation.PROBE))

    def tearDown(self):
        self.keep.cleanup()

    def runner(self, varied):
        return answers.Runner(varied, answers.Answers(self.folder / "answers"),
                              self.folder / "given")

    def results(self, limit, varied):
        """What stable.py makes of that goal with a limit, in steps of z3."""
        runners = {(v.name, "spec"): self.runner(v) for v in varied}
        trial = stable.Trial("spec", "pigeons", lambda runner: dict(zip(
            ("proved", "answer", "time", "steps"),
            runner.run("z3a", self.path, limit / provers.RATE["z3"]))))
        return stable.run_all([trial], runners, 1)

    def cost(self, varied=variation.AS_IS):
        return self.runner(varied).run("z3a", self.path, 3)[3]


class Luck(Probe):
    def test_proved_with_the_full_limit_only(self):
        varied = [variation.AS_IS, variation.Variation("half", share=0.5)]
        for times, unproved in ((1.5, {"pigeons": ["half"]}), (2.5, {})):
            results = self.results(times * self.cost(), varied)
            self.assertTrue(results["as verified"]["pigeons"]["proved"])
            self.assertEqual(verdict.unstable(results), unproved)
            said = verdict.judge(results, [], True, {})
            self.assertEqual("unstable: pigeons: not proved under half (unknown: 1)" in said,
                             bool(unproved))
            self.assertEqual(said == [], not unproved)

    def by_chance(self, seeds):
        """Limits in between what some seeds need and what others need."""
        costs = {v: self.cost(v) for v in seeds}
        worst = max(costs, key=costs.get)
        results = self.results((min(costs.values()) + max(costs.values())) / 2, seeds)
        self.assertIn(worst.name, verdict.unstable(results)["pigeons"])
        self.assertIn("unstable: pigeons", verdict.judge(results, [], True, {})[0])

    def test_proved_by_some_seeds(self):
        self.by_chance([variation.Variation(f"seed {n}", seed=n) for n in range(1, 5)])

    def test_proved_in_some_orders(self):
        self.by_chance([variation.Variation(f"names {n}", shuffled=n) for n in range(1, 5)])

    def test_a_reason(self):
        results = {"half": {"a": {"proved": False}, "b": {"proved": True}}}
        self.assertEqual(verdict.judge(results, [], True, {"a": "known"}), [])
        self.assertIn("a has no reason", verdict.judge(results, [], True, {"a": " "})[0])
        self.assertIn("b is stable", verdict.judge(results, [], True, {"a": "known", "b": "?"})[0])

    def test_nothing_tried_is_an_error(self):
        for results in ({}, {"half": {}}, {"half": {"a": {"proved": True}}, "names": {}}):
            self.assertIn("no goal was tried", "\n".join(verdict.judge(results, [], False, {})))


class Provers(Probe):
    """A prover that dies, says nonsense or does not end has proved nothing."""

    def answer(self, script, wall=10):
        return provers.judge(["sh", "-c", script], wall)

    def test_what_counts(self):
        self.assertTrue(self.answer("echo unsat")[0])
        for script in ("kill -9 $$", "echo unsat; kill -9 $$", "echo unsat; exit 1", "true",
                       "echo nonsense", "echo sat", "echo unsatisfiable", "printf '\\377unsat\\n'",
                       "echo unsat; echo '(error \"no\")'", "echo unknown; echo unsat",
                       "echo unsat; echo '(error \"no\")' >&2"):
            with self.subTest(script=script):
                self.assertFalse(self.answer(script)[0])
        self.assertEqual(self.answer("echo unsat; exec sleep 9", 0.3)[:2], (False, "wall clock"))

    def test_only_an_answer_is_remembered(self):
        for answer, kept in (("unknown", 1), ("unsat", 1), ("timeout", 0), ("wall clock", 0),
                             ("failed", 0)):
            runner = self.runner(variation.Variation(answer, seed=1))
            before = len(runner.answers.known)
            said = (answer == "unsat", answer, 1.0, len(answer))
            with unittest.mock.patch("provers.judge", return_value=said), \
                    unittest.mock.patch.object(runner, "key", return_value=answer):
                self.assertEqual(runner.run("z3a", self.path, 1), said)
            self.assertEqual(len(answers.Answers(runner.answers.path).known) - before, kept)

    def test_two_goals_with_one_text(self):
        runner = self.runner(variation.AS_IS)
        script = ["sh", "-c", 'sleep 0.1; test -f "$0" && echo unsat']
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            said = list(pool.map(lambda _: runner.ask("z3a", self.path, script, 1, "key"), range(8)))
        self.assertTrue(all(proved for proved, *_ in said))

    def test_what_is_remembered_is_that_variation_s(self):
        keys = set()
        for v in variation.variations(3) + [variation.AS_IS, variation.Variation("", seed=1)]:
            for prover in provers.NAMES:
                keys.add(self.runner(v).key(prover, self.path, v.command(prover, 1)))
        self.assertEqual(len(keys), 7 * 4)


class Varied(Probe):
    """A variation that changes nothing is noticed."""

    def test_the_solvers_get_what_they_should(self):
        for v in variation.variations(2):
            for prover in provers.NAMES:
                words = v.command(prover, 2)
                units = int(re.search(r"rlimit=(\d+)", " ".join(words))[1])
                self.assertEqual(units, 2 * provers.RATE[provers.solver(prover)] * v.share)
                self.assertEqual(bool(re.search(rf"seed={v.seed}\b", " ".join(words))), v.seed > 0)
                self.assertEqual(v.text(self.path.read_text()) != self.path.read_text(),
                                 v.shuffled > 0)

    def test_all_is_well(self):
        self.assertTrue(variation.seeds_matter(self.folder, 2)["z3"])

    def test_a_seed_that_is_not_passed_on(self):
        with unittest.mock.patch.dict(variation.SEEDS, z3=[]), self.assertRaises(SystemExit) as e:
            variation.seeds_matter(self.folder, 3)
        self.assertIn("z3 takes the same steps under every seed", str(e.exception))

    def test_a_shuffle_that_changes_nothing(self):
        with unittest.mock.patch.object(shuffle, "shuffle", lambda text, seed: text), \
                self.assertRaises(SystemExit) as e:
            variation.seeds_matter(self.folder, 3)
        self.assertIn("under all names and orders", str(e.exception))


class Written(unittest.TestCase):
    """Every goal of WP's report must be among the files that were written down."""

    LOG = ["[wp] [Qed] Goal typed_wp_f_terminates : Valid (2ms)\n",
           "[wp] [z3a 4.8.12] Goal typed_wp_f_ensures_is : Valid (Qed:9ms) (4)\n",
           "[wp] [cvc5a 1.0.3] Goal typed_wp_lemma_same_nreg : Valid\n"]

    def numbers(self, log, total, files):
        with tempfile.TemporaryDirectory() as folder:
            for name in files:
                (pathlib.Path(folder) / name).touch()
            return wpfiles.numbers(log, total, pathlib.Path(folder))

    def test_goals_and_files(self):
        files = [f"{n}.{p}" for n, p in enumerate(wpfiles.ORDER, 1)]
        self.assertEqual(self.numbers(self.LOG, 3, files),
                         ([("f_ensures_is", 4)], ["f_terminates", "lemma_same_nreg"]))
        for log, total, there in ((self.LOG, 4, files), (self.LOG, 3, files[1:]),
                                  (self.LOG[1:], 3, files)):
            with self.assertRaises(wpfiles.Refused):
                self.numbers(log, total, there)


class Command(Planted):
    def stable(self, *words):
        return subprocess.run([sys.executable, str(self.root / "proofs" / "stable.py"), *words], cwd=self.root,
                              capture_output=True, text=True)

    def test_a_run(self):
        measured = self.root / "proofs" / "data" / "stability.json"
        self.write("proofs/data/stability.json", "what the whole run found")
        self.write("spec/tiny.mlw", TINY)
        for _ in range(2):   # the second with remembered answers
            done = self.stable("--seeds", "1", str(self.root / "spec" / "tiny.mlw"))
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"unstable: tiny.mlw:Tiny.wrong: not proved under half "
                             r"\(.*unknown: \d+.*\), names \(.*\), seed 1 \(.*\)")
            self.assertIn("1 of 2 goals stable (50.00 %) under 3 variations", done.stdout)
        self.write("spec/tiny.mlw", re.sub(r".*wrong.*\n", "", TINY))
        done = self.stable("--seeds", "1", str(self.root / "spec" / "tiny.mlw"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(measured.read_text(), "what the whole run found")

    def test_c(self):
        for file in ("core/ring.c", "arch/x86/pic.c"):
            done = self.stable("--only", "half", file)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"half +(\d+) of +\1 goals proved")

    def test_c_with_a_bug(self):
        self.replace("arch/x86/timer.c", "CONTROL, 0x34", "CONTROL, 0x36")
        done = self.stable("--only", "half", "arch/x86/timer.c")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"unstable: arch/x86/timer_init_ensures_told: not proved under half")

    def test_no_goals(self):
        done = self.stable("--only", "half", str(self.root / "spec" / "types.mlw"))
        self.assertIn("no goal to prove", done.stderr)
        for words in (["spec/nothing.mlw"], ["--seeds", "0"], ["--only", "luck"]):
            self.assertEqual(self.stable(*words).returncode, 1)


if __name__ == "__main__":
    unittest.main()
