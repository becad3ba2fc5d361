"""Definitions of the C code's logic that lead back to themselves: each was an axiom that may be false."""
import unittest

from planted import Planted


class Definitions(Planted):
    def case(self, words, text):
        self.fires("definitions", words, lambda: self.c(text))

    def c(self, text):
        self.write("core/trap.c", text)

    def test_definitions_that_lead_back(self):
        for text in ("logic integer f(integer n) = f(n) + 1;",
                     "logic integer f(integer n) = n < 0 ? 0 : f(n) + 1;",
                     "logic integer f(integer n) = n < 0 ? 0 : 1 + f(n);",
                     "logic integer f(integer n) = n < 0 ? 0 : 1 + (n < 1 ? 0 : f(n));",
                     "logic integer f(integer n) = n < 0 ? f(n) + 1 : f(n);",
                     "logic integer f(integer n) = f(n) > 0 ? 0 : f(n);",
                     "logic integer f(integer n) = n < 0 ? 0 : f(f(n) + 1);",
                     "logic integer f(integer n) = n < 0 ? 0 : 1 + a: f(n);",
                     "logic integer f(integer n) = n < 0 ? 0 : f(n) + (1);",
                     "logic integer f{L}(integer n) = f{L}(n) + 1;",
                     "predicate f(integer n) = !f(n);",
                     "predicate f = \\forall integer n; n == 0 ==> !f;",
                     "predicate f(integer n) = n != 0 <==> n == 0 ? \\true : f(n);",
                     "logic integer g(integer n) = f(n) + 1; logic integer f(integer n) = g(n);",
                     "logic integer g(integer n) = n == 0 ? 0 : f(n + 1); logic integer f(integer n) = n == 1 ? 0 : g(n);"):
            with self.subTest(text):
                self.c("")
                self.case("defined by itself", f"/*@ {text} */\n")

    def test_definitions_that_lead_back_in_two_places(self):
        self.write("core/other.h", "//@ logic integer g(integer n) = f(n) + 1;\n")
        self.case("defined by itself", "//@ logic integer f(integer n) = g(n);\n")

    def test_a_definition_that_is_not_read(self):
        self.case("cannot read", "//@ logic integer f[3];\n")

    def test_definitions_as_of_loops(self):
        for text in ("n < 0 ? 0 : f(n + 1)", "n < 0 ? 0 : n % 3 == (0) ? n : f((n + 7) / 8)"):
            self.silent("definitions", lambda: self.write("arch/x86/t.h", f"/*@ logic integer f(integer n) = {text}; */\n"))


if __name__ == "__main__":
    unittest.main()
