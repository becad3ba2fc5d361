"""The figures of the audit count what they say, and a limit is a limit."""
import contextlib
import io
import unittest

from planted import Planted

import audit


class Figures(Planted):
    def changed(self, file, text):
        """The figures that a new file changes, and by how much."""
        before = audit.count(self.tree)
        self.write(file, text)
        after = audit.count(self.tree)
        return {k: after[k] - before[k] for k in after if after[k] != before[k]}

    def test_c_and_annotations(self):
        text = "/* about\n   it */\n\n/*@ assigns \\nothing;\n    ensures \\true; */\nvoid f(void)\n{\n}\n"
        self.assertEqual(self.changed("core/new.c", text), {"code": 3, "annotations": 2, "proof": 2})

    def test_comment_alone(self):
        self.assertEqual(self.changed("core/new.c", "/* one\n   two */\n// three\n\n"), {})

    def test_theorems(self):
        text = "(* about\n   it *)\nmodule M\n  goal g: true (* so *)\n\nend\n"
        self.assertEqual(self.changed("spec/new.mlw", text), {"theorems": 3, "proof": 3})

    def test_canary(self):
        self.assertEqual(self.changed("spec/canary/new.mlw", "module M\nend\n"), {"canaries": 2, "proof": 2})

    def test_generated_text_and_arch_stand_apart(self):
        self.assertEqual(self.changed("arch/x86/new.c", "//@ assigns \\nothing;\nint x;\n"),
                         {"arch": 1, "arch_annotations": 1})
        self.assertEqual(self.changed("proofs/bridge/more.h", "int x;\n"), {"generated": 1})

    def test_families_of_facts_stand_apart(self):
        text = self.tree.path("spec/wf_ops.mlw").read_text()
        self.assertEqual(self.changed("spec/wf_ops.mlw", text + "module M\nend\n"), {"closed": 2})
        table = self.tree.path("proofs/closed.toml").read_text()
        self.assertEqual(self.changed("proofs/closed.toml", table + "rotate = \"\"  # so\n# more\n"),
                         {"theorems": 1, "proof": 1})

    def within(self, **changes):
        with contextlib.redirect_stdout(io.StringIO()):
            return audit.figures(audit.count(self.tree) | {"code": 100, "proof": 300} | changes)

    def test_limits(self):
        most = round(100 * audit.MOST_PROOF)
        self.assertTrue(self.within(proof=most))
        self.assertFalse(self.within(proof=most + 1))
        self.assertFalse(self.within(assembly=301))


if __name__ == "__main__":
    unittest.main()
