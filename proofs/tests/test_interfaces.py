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

    def test_a_use_of_several_modules(self):
        self.assertEqual({"D"}, self.ends(
            "module A\nend\nmodule B\nend\nmodule C\nend\n"
            "module D\n  use A, trap.B as Other,\n    int.Int, C\nend\n"))

    def test_axioms_are_never_left_out(self):
        self.assertEqual({"A", "B"}, self.ends(
            "module A\n  axiom a: true\nend\nmodule B\n  use A\nend\n"))

    def test_a_clone_is_not_a_use(self):
        self.assertEqual({"A", "B"}, self.ends("module A\nend\nmodule B\n  clone A\nend\n"))


class Interfaces(Planted):
    FACTS = "module Facts\n  use int.Int\n  predicate p int\n  axiom p0: p 0\n  axiom p1: p 1\nend\n"

    LISTED = '\n[[interface]]\nmodule = "trap.Facts"\nclone = "trap.M"\n'

    def setUp(self):
        super().setUp()
        self.append("proofs/ledger.toml", self.LISTED)

    def case(self, words, more):
        self.fires("interfaces", words,
                   lambda: self.write("spec/trap.mlw", self.FACTS + more))

    def quiet(self, plant):
        """The gate says nothing at all once the ledger's entry has its interface."""
        plant()
        self.assertEqual([], [line for line in self.gate("interfaces") if "trap" in line])

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
        self.quiet(lambda: self.write(
            "spec/trap.mlw", self.FACTS + "module M\n  use int.Int\n  predicate q (x: int) = true\n"
            "  clone Facts with predicate p = q, lemma .\nend\n"))

    def test_proved_clone_is_allowed(self):
        self.write("build/theorems.json", '{"goals": {"trap.mlw:M.p0": {"proved": true}, '
                                          '"trap.mlw:M.p1": {"proved": true}}, "files": {}}')
        self.quiet(lambda: self.write(
            "spec/trap.mlw", self.FACTS + "module M\n  use int.Int\n  predicate q (x: int) = true\n"
            "  clone Facts with predicate p = q, goal .\nend\n"))

    def test_a_substitution_over_two_lines(self):
        two = self.FACTS.replace("int\n  axiom p0", "int\n  predicate r int\n  axiom p0")
        clone = ("module M\n  use int.Int\n  predicate q (x: int) = x = 0\n"
                 "  clone Facts with predicate p = q,\n    predicate r = q%s\nend\n")
        self.quiet(lambda: self.write("spec/trap.mlw", two + clone % ",\n    goal ."))
        self.fires("interfaces", "without `goal .`",
                   lambda: self.write("spec/trap.mlw", two + clone % ""))

    GOOD = ("module M\n  use int.Int\n  predicate q (x: int) = true\n%s"
            "  clone Facts with predicate p = q, goal .\nend\n")

    def test_a_proof_from_the_facts_themselves(self):
        self.case("trap.Facts: proved in a circle", self.GOOD % "  use Facts\n")

    def test_a_proof_from_them_by_way_of_another_module(self):
        self.case("trap.Facts: proved in a circle",
                  "module Between\n  use export Facts\nend\n" + self.GOOD % "  use Between\n")

    def test_a_circle_through_a_use_of_several_modules(self):
        self.case("trap.Facts: proved in a circle",
                  "module Between\n  use Facts\nend\n" + self.GOOD % "  use map.Map, Between\n")

    def test_two_interfaces_that_prove_each_other(self):
        more = ("module More\n  predicate r\n  axiom r0: r\nend\n"
                "module N\n  use Facts\n  predicate t = true\n"
                "  clone More with predicate r = t, goal .\nend\n")
        self.case("trap.Facts: proved in a circle", more + self.GOOD % "  use More\n")

    def test_not_in_the_ledger(self):
        self.replace("proofs/ledger.toml", self.LISTED, "")
        self.case("trap.Facts: not in the ledger as proved by trap.M", self.GOOD % "")

    def test_in_the_ledger_with_another_clone(self):
        self.replace("proofs/ledger.toml", 'clone = "trap.M"', 'clone = "trap.N"')
        self.case("trap.Facts: not in the ledger as proved by trap.M", self.GOOD % "")

    def test_in_the_ledger_and_not_there(self):
        self.fires("interfaces", "lawful.Gone is no interface", lambda: self.append(
            "proofs/ledger.toml", '\n[[interface]]\nmodule = "lawful.Gone"\nclone = "a.B"\n'))


if __name__ == "__main__":
    unittest.main()
