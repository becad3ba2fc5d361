"""What the report says follows the texts and the data: other texts, another report."""
import json
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "report")]
sys.path.append(str(ROOT / "proofs"))

import figures  # noqa: E402
import machines  # noqa: E402
import prose  # noqa: E402
import report as whole  # noqa: E402
import terms  # noqa: E402

TEXTS = ["spec", "core", "config", "proofs", "harness", "user", "arch", "report", "VERIFY.md"]


class Copied(unittest.TestCase):
    """Each test has a copy of the texts, without results of any target."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name in TEXTS:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, self.root / name)
        shutil.rmtree(self.root / "proofs" / "data", ignore_errors=True)

    def replace(self, name, old, new):
        path = self.root / name
        self.assertIn(old, path.read_text())
        path.write_text(path.read_text().replace(old, new))

    def write(self, name, data):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data if isinstance(data, str) else json.dumps(data))

    def report(self):
        return whole.Report(self.root)

    def edges(self, number):
        report = self.report()
        return {(a, b, f) for (a, b), fs in machines.machines(report)[number].edges(report).items() for f in fs}

    def figure(self, name):
        return next(f for f in figures.figures(self.report()) if f.name == name)


class Machines(Copied):
    def test_a_state_that_a_function_sets(self):
        before = self.edges(0)
        self.assertIn(("Open", "Inactive", "stop"), before)
        self.replace("spec/control_process.mlw", "(rouse (done_ s p) t st_inactive)", "(rouse (done_ s p) t st_sending)")
        after = self.edges(0)
        self.assertIn(("Open", "Sending", "stop"), after)
        self.assertFalse({e for e in after if e[1:] == ("Inactive", "stop")})

    def test_a_condition_that_is_gone(self):
        self.assertNotIn(("Sending", "Ready", "start"), self.edges(0))
        self.replace("spec/control_process.mlw", "if startable s t then wake", "if t < nproc then wake")
        self.assertIn(("Sending", "Ready", "start"), self.edges(0))

    def test_what_the_invariant_says_counts(self):
        self.assertNotIn(("Closed", "Ready", "refuse"), self.edges(0))
        self.replace("spec/inv.mlw", "else if run s p = st_faulted then place_pending s p",
                     "else if run s p = st_faulted \\/ run s p = st_closed then place_pending s p \\/ is_proxyq (place s p)")
        self.assertIn(("Closed", "Ready", "refuse"), self.edges(0))

    def test_the_stored_reply(self):
        self.assertEqual({e[:2] for e in self.edges(2) if e[2] == "take_reply"}, {("Held, reply stored", "Held")})
        self.replace("spec/control_process.mlw", "set_held (set_stored_reply s t null_cap) t 0", "set_held s t 0")
        self.assertIn(("Held, reply stored", "Free, reply stored", "let_go"), self.edges(2))

    def test_what_cannot_be_read_is_no_diagram(self):
        self.replace("spec/schedule.mlw", "first s readyq < nproc", "first s readyq << nproc")
        with self.assertRaises(terms.Unreadable):
            self.report()


class Scenarios(Copied):
    def test_a_scenario_that_is_not_there(self):
        self.replace("report/shown.toml", "pending/told-once", "pending/told-twice")
        with self.assertRaisesRegex(whole.ReportError, "no scenario `pending/told-twice`"):
            self.report()

    def test_a_promise_that_nothing_shows(self):
        self.write("report/shown.toml", re.sub(r"(?s)\[revocation\].*?\n\n", "", (ROOT / "report/shown.toml").read_text()))
        with self.assertRaisesRegex(whole.ReportError, "revocation is missing"):
            self.report()


class Data(Copied):
    def test_nothing_was_measured(self):
        measured = {f.name for f in figures.figures(self.report()) if f.value}
        self.assertEqual(measured, {"Proof text", "Assembly"})

    def test_results_of_this_text_and_of_another(self):
        import hashlib
        sha = hashlib.sha256((self.root / "spec/step.mlw").read_bytes()).hexdigest()
        goals = {"top.mlw:Top.boot": {"proved": True, "canary": False, "prover": "z3", "time": 1.0},
                 "top.mlw:Top.one_fault": {"proved": False, "canary": False, "prover": "", "time": 1.0}}
        self.write("build/theorems.json", {"goals": goals, "files": {"spec/step.mlw": sha}})
        f = self.figure("Theorems about the machine")
        self.assertEqual((f.value, f.good), ("1 of 2 proved", False))
        self.assertIn("of this text", f.about)
        self.replace("spec/step.mlw", "(* ---- system calls *)", "(* ---- calls *)")
        f = self.figure("Theorems about the machine")
        self.assertIn("of another text: spec/step.mlw changed", f.about)
        self.assertIsNone(f.good)

    def test_the_mutation_score(self):
        self.write("proofs/mutation/survivors.toml", '[[survivor]]\nmutants = ["hold-000003"]\nreason = "none"\n')
        self.write("proofs/data/mutation.json", {"commit": "", "mutants": {
            "hold-000001": ["killed", "hold_ensures_refines"], "hold-000002": ["drop a statement", "what", "survived", ""],
            "hold-000003": ["survived", ""], "hold-000004": ["same code", ""]}})
        f = self.figure("Mutation score of core/")
        self.assertIn("50.0 %: 1 killed, 2 survived (1 with a reason), of 4", f.value)
        self.assertEqual(sorted(self.report().mutants), ["hold"])

    def test_a_part_of_the_mutants(self):
        for there_are, whole_run in ((1, True), (9, False)):
            self.write("proofs/data/asm_mutation.json", {"commit": "", "mutants there are": there_are,
                                                         "mutants": {"a-1": ["killed", "doors"]}})
            self.assertEqual(self.report().data.asm_mutation.whole, whole_run)
        self.assertIn("; of 9 mutants that there are", self.figure("Mutation score of the assembly").about)

    def test_what_has_another_form(self):
        self.write("proofs/data/stability.json", {"commit": "x", "goals": ["a"]})
        self.assertIn("cannot be read", self.figure("Solver stability").value)
        self.write("proofs/data/stability.json", "no JSON")
        self.assertEqual(self.figure("Solver stability").value, "")

    def test_not_covered_is_taken_from_the_document(self):
        text = prose.part((ROOT / "VERIFY.md").read_text(), "Not covered")
        self.assertIn("<strong>Assembly.</strong>", prose.blocks(text))
        with self.assertRaises(ValueError):
            prose.part("# nothing\n", "Not covered")


if __name__ == "__main__":
    unittest.main()
