"""The mutation score tells a contract that says something from one that does not."""
import subprocess
import sys
import unittest

from planted import Planted


class Mutation(Planted):
    def run_on(self, *words):
        return subprocess.run([sys.executable, str(self.root / "proofs" / "mutate.py"), *words],
                              capture_output=True, text=True)

    def test_every_change_is_noticed(self):
        done = self.run_on("-f", "queued", "-f", "ready")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("score 100.0 %", done.stdout)

    def test_a_contract_that_says_nothing(self):
        self.replace("core/message.h", "ensures refines: abs{Post} == spec_await(abs{Pre}, src, v); */\n"
                     "void await(", "ensures refines: \\true; */\nvoid await(")
        done = self.run_on("-f", "await")
        self.assertEqual(done.returncode, 1)
        self.assertIn("SURVIVED: await-", done.stdout)
        self.assertIn("1 below 98 %: await", done.stdout)

    def test_a_reason_is_shown(self):
        self.test_a_contract_that_says_nothing()
        done = self.run_on("-f", "await")   # the verdicts are remembered
        name = done.stdout.split("SURVIVED: ")[1].split(",")[0]
        self.write("proofs/mutation/survivors.toml",
                   f'[[survivor]]\nmutants = ["{name}"]\nreason = "a planted one"\n')
        self.assertIn("because: a planted one", self.run_on("-f", "await").stdout)

    def test_a_function_that_is_not_proved(self):
        self.replace("core/message.c", "\traise_epoch(src);\n", "")
        done = self.run_on("-f", "await")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not proved without any change", done.stderr)

    def test_no_such_function(self):
        self.assertEqual(self.run_on("-f", "nothing").returncode, 1)

    def test_what_is_no_number(self):
        self.assertIn("SAMPLE", self.run_on("--sample", "x").stderr)


if __name__ == "__main__":
    unittest.main()
