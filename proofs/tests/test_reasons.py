"""The end of a long output says why something failed."""
import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

from planted import ROOT

sys.path.insert(0, str(ROOT / "harness"))

import reasons  # noqa: E402
import suite    # noqa: E402
import verify   # noqa: E402

PROOF = """wp-part: 100 of 227 goals looked at, 15 s
UNPROVED offer: offer_ensures_refines  (z3d 4.8.12: Unknown; cvc5a 1.0.3: Failed)
  fault.c                     96 of    97 goals   qed 64
wp: 96 of 97 goals proved, 0 messages, 55 s
"""
GATES = """gate annotations  ok
gate versions     2 problems
  z3 is not installed, the ledger says 4.8.12
  qemu is not installed, the ledger says 7.2
gate results      ok
gate kernel       ok
make: *** [mk/proofs.mk:24: gates] Error 1
"""
SCENARIOS = """  counters       17 checks    1.1 s  ok
  faults         85 checks    1.1 s  FAILED
    not reported: pending/kept
    the log ended with:
      postern: stopped
  ipc            67 checks    1.2 s  ok
scenarios: 2 systems passed, 1 failed, 169 checks
"""
UNITTEST = """...F..
======================================================================
FAIL: test_missing (test_tools.Need.test_missing)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "test_tools.py", line 27, in test_missing
    self.assertFalse(good)
AssertionError: True is not false

----------------------------------------------------------------------
Ran 3 tests in 0.143s

FAILED (failures=1)
make: *** [mk/proofs.mk:27: gates-test] Error 1
"""
MUTANTS = """  frame-off-by-one     noticed  refusals: FAIL overlap: Error
  page-writable        SURVIVES arch-traps:
arch-mutants: 1 of 2 planted bugs noticed, 9 s; not: page-writable
"""


class Reasons(unittest.TestCase):
    def of(self, text, most=reasons.MOST):
        return reasons.reasons(text.splitlines(True), most)

    def test_unproved_goal(self):
        found = self.of(PROOF)
        self.assertEqual(len(found), 2)
        self.assertIn("UNPROVED offer: offer_ensures_refines", found[0])
        self.assertIn("96 of 97 goals", found[1])

    def test_gate_with_what_it_found(self):
        self.assertEqual(self.of(GATES)[:3], GATES.splitlines()[1:4])

    def test_scenario_with_what_is_wrong(self):
        self.assertEqual(self.of(SCENARIOS), SCENARIOS.splitlines()[1:5] + SCENARIOS.splitlines()[-1:])

    def test_failed_test(self):
        found = self.of(UNITTEST)
        self.assertIn("FAIL: test_missing (test_tools.Need.test_missing)", found)
        self.assertIn("AssertionError: True is not false", found)

    def test_what_was_noticed_is_no_reason(self):
        self.assertEqual([line.split()[0] for line in self.of(MUTANTS)], ["page-writable", "arch-mutants:"])

    def test_nothing_telling(self):
        lines = [f"spec/x.mlw:{n}: white space at the end of the line\n" for n in range(30)]
        self.assertEqual(self.of("".join(lines)), [line.rstrip() for line in lines[-10:]])
        self.assertEqual(self.of(""), ["it said nothing"])

    def test_many(self):
        found = self.of("".join(f"UNPROVED f: goal_{n}\n" for n in range(500)) + "wp: 0 of 500 goals proved\n")
        self.assertEqual(len(found), 10)
        self.assertEqual(found[8:], ["and 492 more", "wp: 0 of 500 goals proved"])

    def test_long_line(self):
        self.assertLessEqual(len(self.of("UNPROVED " + "x" * 9999)[0]), reasons.WIDTH)

    def test_output_is_shown_and_kept(self):
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            status, lines = reasons.run(["sh", "-c", "echo out; echo err >&2; exit 3"])
        self.assertEqual((status, sorted(lines)), (3, ["err\n", "out\n"]))
        self.assertEqual(sorted(shown.getvalue().split()), ["err", "out"])


class End(unittest.TestCase):
    def verdict(self, **words):
        why = {"proof": reasons.reasons(PROOF.splitlines()), "gates": reasons.reasons(GATES.splitlines())}
        done = {stage: verify.Stage(words.get(stage, "yes"), 1.0, why[stage] if words.get(stage) == "NO" else [])
                for stage, _, _ in verify.STAGES}
        return verify.verdict(done, 9.0)

    def test_yes(self):
        out = self.verdict()
        self.assertEqual(out[-1], "postern: verified: yes, in 9 s")
        self.assertFalse([line for line in out if line.startswith(reasons.MARK)])

    def test_no(self):
        out = self.verdict(proof="NO", smoke="not tried", gates="NO")
        self.assertEqual(out[-1], "postern: verified: NO: proof, gates failed; not tried: smoke")
        self.assertTrue(any(line.startswith("!! proof: UNPROVED offer") for line in out))
        self.assertTrue(any("!! gates: z3 is not installed" in line for line in out))

    def test_earlier_results_are_forgotten(self):
        with tempfile.TemporaryDirectory() as folder:
            build = pathlib.Path(folder)
            (build / "default").mkdir()
            for name in ("theorems.json", "default/wp.json", "default/smoke.json", "default/scenarios.json"):
                (build / name).write_text("{}")
            verify.forget("default", build)
            self.assertEqual(list(build.rglob("*.json")), [])

    def test_not_tried_is_no_yes(self):
        self.assertIn("NO", self.verdict(smoke="not tried")[-1])

    def test_suite_repeats_it(self):
        """The last 60 lines of `make test` name the goal, whatever else failed."""
        failed = {"verify": self.verdict(proof="NO", smoke="not tried", gates="NO"),
                  "lint": ["a.c:1: too long"], "scenarios": SCENARIOS.splitlines()}
        failed |= {f"part{n}": GATES.splitlines() for n in range(12)}
        end = suite.summary(3, failed)
        self.assertLessEqual(len(end), 60)
        self.assertEqual(end[-1], "3 passed, 15 failed")
        text = "\n".join(end)
        for words in ("proof: UNPROVED offer: offer_ensures_refines", "gates: ", "a.c:1: too long",
                      "faults         85 checks"):
            self.assertIn(words, text)

    def test_suite_says_all_passed(self):
        self.assertEqual(suite.summary(20, {}), ["20 passed, 0 failed"])


if __name__ == "__main__":
    unittest.main()
