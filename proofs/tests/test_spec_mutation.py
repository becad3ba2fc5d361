"""The mutation score of spec/ and contracts: what notices a change is named, and one that
nothing notices is reported."""
import fcntl
import re
import shutil
import subprocess
import sys
import unittest

from planted import ROOT, Planted


class SpecMutation(Planted):
    def setUp(self):
        super().setUp()
        shutil.copytree(ROOT / "harness", self.root / "harness", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "Makefile", self.root)

    def run_on(self, *words):
        return subprocess.run([sys.executable, str(self.root / "proofs" / "mutate_spec.py"), *words],
                              capture_output=True, text=True)

    def named(self, text, *words):
        """The name of the mutant whose description has this text."""
        listed = self.run_on("--list", *words).stdout
        found = re.search(rf"^(\S+) .*{re.escape(text)}", listed, re.M)
        self.assertTrue(found, f"no mutant with {text!r}")
        return found[1]

    def test_a_weakened_promise(self):
        name = self.named("Fates.taken: sent_off z s x", "--only", "claim")
        done = self.run_on("-v", name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("killed statements text of dealings.Fates.taken", done.stdout)

    def test_what_nothing_notices_is_reported(self):
        name = self.named("Fates.taken: sent_off z s x", "--only", "claim")
        done = self.run_on("--deep", "--goals", "0", name)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"SURVIVED: {name}", done.stdout)
        self.assertIn("1 survived (0 with a reason)", done.stdout)
        self.write("proofs/mutation/spec_survivors.toml",
                   f'[[survivor]]\nmutants = ["{name}"]\nreason = "a planted one"\n')
        done = self.run_on("--deep", "--goals", "0", name)   # the verdict is remembered
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("because: a planted one", done.stdout)

    def test_the_machine_does_something_else(self):
        name = self.named("Message.await: ", "--only", "machine")
        done = self.run_on("-v", name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("killed oracle", done.stdout)

    def test_what_only_the_c_proof_sees(self):
        name = self.named("Image.counts_ok: ", "--only", "machine")
        done = self.run_on("-v", name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("killed C proof counts_ok_ensures_is", done.stdout)

    def test_a_clause_that_is_needed(self):
        name = self.named("queued: ensures", "--only", "contract")
        done = self.run_on("-v", name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_clause_that_says_nothing(self):
        self.replace("core/message.h", "ensures refines: abs{Post} == spec_await",
                     "ensures more: \\true; ensures refines: abs{Post} == spec_await")
        name = self.named("await: ensures more: \\true", "--only", "contract")
        done = self.run_on(name)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"SURVIVED: {name}", done.stdout)

    def test_two_runs_at_once(self):
        folder = self.root / "build" / "spec-mutants-lock"
        folder.mkdir(parents=True)
        with open(folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertIn("another run works in build/spec-mutants-lock", self.run_on("--sample", "1").stderr)

    def test_wrong_words(self):
        self.assertIn("SAMPLE", self.run_on("--sample", "x").stderr)
        self.assertIn("no mutant is named", self.run_on("nothing").stderr)


if __name__ == "__main__":
    unittest.main()
