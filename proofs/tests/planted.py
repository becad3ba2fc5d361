"""A copy of the project in which a test plants a trap."""
import hashlib
import importlib
import pathlib
import shutil
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "proofs"))

from gates.common import Tree  # noqa: E402

SAID = {}   # what gates said of texts that several tests begin with
FOLDERS = ["core", "spec", "arch", "config", "proofs", "mk"]


class Planted(unittest.TestCase):
    """Each test gets its own copy as self.root."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name in FOLDERS:
            shutil.copytree(ROOT / name, self.root / name,
                            ignore=shutil.ignore_patterns("__pycache__", "tests"))
        self.tree = Tree(self.root)

    def tearDown(self):
        self.folder.cleanup()

    def gate(self, name):
        return importlib.import_module(f"gates.{name}").check(self.tree)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def append(self, name, text):
        self.write(name, (self.root / name).read_text() + text)

    def replace(self, name, old, new):
        text = (self.root / name).read_text()
        self.assertIn(old, text, f"{name} is not what the test expects")
        self.write(name, text.replace(old, new, 1))

    def said(self, gate):
        """What the gate says of the copy as it is now: asked once for each text."""
        text = hashlib.sha256(gate.encode())
        for file in sorted(f for f in self.root.rglob("*") if f.is_file() and "__pycache__" not in f.parts):
            text.update(f"\0{file.relative_to(self.root)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
        key = text.digest()
        if key not in SAID:
            SAID[key] = {line.replace(str(self.root), "") for line in self.gate(gate)}
        return SAID[key]

    def new(self, gate, plant):
        """What the gate says after `plant`, and not before."""
        before = self.said(gate)
        plant()
        return [line for line in self.gate(gate) if line.replace(str(self.root), "") not in before]

    def fires(self, gate, words, plant):
        """After `plant` the gate says something new that contains the words."""
        new = self.new(gate, plant)
        self.assertTrue(any(words in line for line in new),
                        f"gate {gate} did not say `{words}`; new: {new}")

    def silent(self, gate, plant):
        """What is allowed makes no noise."""
        self.assertEqual(self.new(gate, plant), [])
