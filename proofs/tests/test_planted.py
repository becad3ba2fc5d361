"""What the tests of the gates rest on: planted.py."""
import unittest

from planted import Planted


class Asked(Planted):
    """What a gate said of one text is not taken for what it says of another."""

    def test_of_each_text(self):
        plain = self.said("annotations")
        self.write("core/trap.c", "//@ axiom a: \\false;\n")
        planted = self.said("annotations")
        self.assertEqual(len(planted - plain), 1)
        self.write("core/trap.c", "")
        self.assertNotEqual(self.said("annotations"), planted)


if __name__ == "__main__":
    unittest.main()
