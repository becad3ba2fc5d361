"""What is said when a tool is missing or has another version."""
import contextlib
import io
import unittest
from unittest import mock

from planted import ROOT  # noqa: F401  (puts proofs/ on the path)

import tools


class Need(unittest.TestCase):
    def says(self, changed):
        """need() with other commands for some tools: (its answer, what it printed)."""
        out = io.StringIO()
        with mock.patch.dict(tools.ASK, changed), contextlib.redirect_stdout(out):
            return tools.need(["z3", "why3"]), out.getvalue()

    def test_all_there(self):
        self.assertEqual(self.says({}), (True, ""))

    def test_missing(self):
        good, text = self.says({"z3": (["/nowhere/z3"], r"(\S+)", "z3")})
        self.assertFalse(good)
        self.assertIn("missing: z3", text)
        self.assertIn("apt-get install", text)

    def test_other_version(self):
        good, text = self.says({"z3": (["echo", "Z3 version 4.13.0"], r"version (\S+)", "z3")})
        self.assertTrue(good)
        self.assertIn("z3 is 4.13.0, the ledger says 4.8.12", text)


if __name__ == "__main__":
    unittest.main()
