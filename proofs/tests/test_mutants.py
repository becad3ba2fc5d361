"""The mutant runner tells a bug from no bug."""
import subprocess
import sys
import unittest

from planted import Planted

HARMLESS = """[[mutant]]
bug = "no bug at all"
file = "core/micro.c"
function = "set_held"
old = "= v;"
new = "= v + 0;"
"""


class Mutants(Planted):
    def run_with(self, text):
        self.write("proofs/mutants.toml", text)
        return subprocess.run([sys.executable, str(self.root / "proofs" / "mutants.py")],
                              capture_output=True, text=True)

    def test_no_bug_survives(self):
        done = self.run_with(HARMLESS)
        self.assertEqual(done.returncode, 1)
        self.assertIn("SURVIVED", done.stdout)

    def test_a_bug_is_found(self):
        done = self.run_with(HARMLESS.replace("= v + 0;", "= 0;"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("set_held_ensures_refines", done.stdout)

    def test_text_that_is_not_there(self):
        done = self.run_with(HARMLESS.replace("= v;", "= nothing;"))
        self.assertIn("has no text", done.stderr)

    def test_no_mutants(self):
        self.assertEqual(self.run_with("mutant = []\n").returncode, 1)


if __name__ == "__main__":
    unittest.main()
