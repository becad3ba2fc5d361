#!/usr/bin/env python3
"""What the kernel says is compared to the byte: nothing missing, nothing more, in this order."""
import unittest

import arch_traps
import log_lines

TWO = log_lines.line("one") + log_lines.line("two")


class Lines(unittest.TestCase):
    def both(self, said, fragment):
        for compare in (log_lines.difference, log_lines.difference_at_first):
            self.assertIn(fragment, compare(said, TWO) or "nothing")

    def test_the_same(self):
        self.both(TWO, "nothing")

    def test_others(self):
        self.both("", "expected 'postern: one")
        self.both(TWO[:-2], "expected 'postern: two")
        self.both(TWO.replace("\r\n", "\n"), "the log has 'postern: one\\n'")
        self.both(TWO.replace("one", "one "), "the log has 'postern: one ")
        self.both(log_lines.line("two") + log_lines.line("one"), "the log has 'postern: two")
        self.both(log_lines.line("one") + TWO, "the log has 'postern: one")

    def test_more(self):
        self.both(TWO + log_lines.line("three"), "goes on with 'postern: three")
        self.both(TWO + "\r\n", "goes on with '\\r\\n'")

    def test_processes_follow(self):
        self.assertIsNone(log_lines.difference_at_first(TWO + "reporter: passed\r\n", TWO))
        self.assertIn("goes on with '1: postern: x", log_lines.difference_at_first(TWO + "1: postern: x\r\n", TWO))

    def test_protections(self):
        self.assertEqual(log_lines.protections("max,-smap"), "postern: protections: NX SMEP (no SMAP) UMIP\r\n")
        self.assertEqual(log_lines.protections("qemu64"), "postern: protections: NX (no SMEP) (no SMAP) (no UMIP)\r\n")


class Dump(unittest.TestCase):
    VALUES = dict.fromkeys((name for row in arch_traps.ROWS for name in row), 0xa5) | arch_traps.KERNEL | {"r8": None, "rip": "r8"}

    def test_only_unknown_digits_may_differ(self):
        wanted = arch_traps.lines(14, self.VALUES)
        self.assertIn("exception 14 in the kernel\r\n", wanted)
        said = wanted.replace(".", "7")
        self.assertEqual(arch_traps.with_points(said, wanted), wanted)
        for wrong in (said.replace("7", "g"), said.replace("a5", "a6"), said + "\r\n", said[:-2], said.replace("r8  ", "r8 ")):
            self.assertNotEqual(arch_traps.with_points(wrong, wanted), wanted)

    def test_in_a_process(self):
        self.assertIn("exception 8 in a process\r\n", arch_traps.lines(8, self.VALUES | arch_traps.PROCESS))


if __name__ == "__main__":
    unittest.main()
