"""Gate interfaces fires; and from which modules `false` must not be provable."""
import unittest

from planted import Planted


class Ends(Planted):
    """Which modules must not prove `false`: between them they have all facts."""

    def ends(self, text):
        self.write("spec/trap.mlw", text)
        from gates.spectext import ends
        return {m for stem, m in ends(self.tree.spec()) if stem == "trap"}

    def test_what_another_uses_is_left_out(self):
        self.assertEqual({"C", "D"}, self.ends(
            "module A\nend\nmodule B\n  use A\nend\nmodule C\n  use export trap.B\nend\n"
            "module D\nend\n"))

    def test_axioms_are_never_left_out(self):
        self.assertEqual({"A", "B"}, self.ends(
            "module A\n  axiom a: true\nend\nmodule B\n  use A\nend\n"))

    def test_a_clone_is_not_a_use(self):
        self.assertEqual({"A", "B"}, self.ends("module A\nend\nmodule B\n  clone A\nend\n"))


class Interfaces(Planted):
    FACTS = "module Facts\n  use int.Int\n  predicate p int\n  axiom p0: p 0\n  axiom p1: p 1\nend\n"

    def case(self, words, more):
        self.fires("interfaces", words,
                   lambda: self.write("spec/trap.mlw", self.FACTS + more))

    def test_axioms_without_clone(self):
        self.case("no clone proves the axioms of trap.Facts", "")

    def test_clone_without_goal(self):
        self.case("without `goal .`", "module M\n  use int.Int\n  predicate q (x: int) = true\n"
                                      "  clone Facts with predicate p = q\nend\n")

    def test_clone_that_leaves_a_symbol_open(self):
        self.case("no clone proves", "module M\n  use int.Int\n  clone Facts with goal .\nend\n")

    def test_unproved_axiom(self):
        clone = ("module M\n  use int.Int\n  predicate q (x: int) = x = 0\n"
                 "  clone Facts with predicate p = q, goal .\nend\n")
        self.write("build/theorems.json", '{"goals": {"trap.mlw:M.p0": {"proved": true}}, "files": {}}')
        self.case("axiom p1 is proved by no clone", clone)

    def test_lemmas_are_goals_too(self):
        self.write("build/theorems.json", '{"goals": {"trap.mlw:M.p0": {"proved": true}, '
                                          '"trap.mlw:M.p1": {"proved": true}}, "files": {}}')
        self.silent("interfaces", lambda: self.write(
            "spec/trap.mlw", self.FACTS + "module M\n  use int.Int\n  predicate q (x: int) = true\n"
            "  clone Facts with predicate p = q, lemma .\nend\n"))

    def test_proved_clone_is_allowed(self):
        self.write("build/theorems.json", '{"goals": {"trap.mlw:M.p0": {"proved": true}, '
                                          '"trap.mlw:M.p1": {"proved": true}}, "files": {}}')
        self.silent("interfaces", lambda: self.write(
            "spec/trap.mlw", self.FACTS + "module M\n  use int.Int\n  predicate q (x: int) = true\n"
            "  clone Facts with predicate p = q, goal .\nend\n"))

    def test_a_substitution_over_two_lines(self):
        two = self.FACTS.replace("int\n  axiom p0", "int\n  predicate r int\n  axiom p0")
        clone = ("module M\n  use int.Int\n  predicate q (x: int) = x = 0\n"
                 "  clone Facts with predicate p = q,\n    predicate r = q%s\nend\n")
        self.silent("interfaces", lambda: self.write("spec/trap.mlw", two + clone % ",\n    goal ."))
        self.fires("interfaces", "without `goal .`",
                   lambda: self.write("spec/trap.mlw", two + clone % ""))


if __name__ == "__main__":
    unittest.main()
