#!/usr/bin/env python3
"""The assembly mutation score can fall: in a copy of the tree `restore` gets an instruction
that does nothing. That nothing notices when it is removed must be reported, and a reason
for it shown; that one is noticed which saves a register."""
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ["arch", "core", "config", "mk", "harness", "user", "tools", "proofs", "Makefile"]
PLACE = "restore:\n"


class AssemblyMutants(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = Path(cls.folder.name)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, cls.root / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(ROOT / name, cls.root / name)
        entry = cls.root / "arch" / "x86" / "entry.S"
        text = entry.read_text()
        if text.count(PLACE) != 1:
            raise unittest.SkipTest(f"entry.S has no line {PLACE!r}")
        entry.write_text(text.replace(PLACE, PLACE + "\tnop\n"))
        subprocess.run(["make", "-s", "build", "systems"], cwd=cls.root, check=True, stdout=subprocess.DEVNULL)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_on(self, *words):
        return subprocess.run([sys.executable, str(self.root / "harness" / "asm_mutants.py"), *words],
                              capture_output=True, text=True)

    def named(self, text):
        return re.search(rf"^(\S+) .*: {re.escape(text)}", self.run_on("--list").stdout, re.M)[1]

    def test_what_nothing_notices(self):
        name = self.named("nop  ->  removed")
        done = self.run_on(name)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"SURVIVED: {name}", done.stdout)
        (self.root / "harness" / "asm" / "survivors.toml").write_text(
            f'[[survivor]]\nmutants = ["{name}"]\nreason = "a planted one"\n')
        done = self.run_on(name)   # the verdict is remembered
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("because: a planted one", done.stdout)

    def test_what_is_noticed(self):
        done = self.run_on(self.named("push %r15  ->  removed"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("1 killed", done.stdout)

    def test_wrong_words(self):
        self.assertIn("SAMPLE", self.run_on("--sample", "0").stderr)
        self.assertIn("no mutant is named", self.run_on("nothing").stderr)


if __name__ == "__main__":
    unittest.main()
