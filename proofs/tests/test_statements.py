"""Gate statements fires when a theorem, or what it is made of, says something else."""
import unittest

from planted import Planted


class Statements(Planted):
    def case(self, words, file, old, new):
        self.fires("statements", words, lambda: self.replace(file, old, new))

    def test_nothing_planted(self):
        self.assertEqual(self.gate("statements"), [])

    def test_theorem_weakened(self):
        self.case("top.Top.boot: its text", "spec/top.mlw",
                  "goal boot: forall s i. accepted i ->", "goal boot: forall s i. accepted i -> inv s ->")

    def test_conjunct_of_a_promise(self):
        self.case("dealings.Fates.taken: its text", "spec/dealings.mlw",
                  "valid r /\\ sent_off z s x /\\ foremost z s x", "valid r /\\ foremost z s x")

    def test_definition_with_let(self):
        self.case("dealings.Fates.meant_held: its text", "spec/dealings.mlw",
                  "valid t /\\ t <> none /\\ (pr s t).held <> 0", "valid t /\\ t <> none")

    def test_invariant(self):
        self.case("inv.Parts.", "spec/inv.mlw",
                  "((pr s p).proxy_reply.kind <> cap_null -> (pr s p).held <> 0)", "true")

    def test_opaque_predicate(self):
        self.case("wf_proof.WellFormed.wf: its text", "spec/wf_proof.mlw",
                  "predicate wf (s: state) =", "predicate wf (s: state) = true \\/")

    def test_theorem_gone(self):
        self.case("top.Top.induction is gone", "spec/top.mlw", "goal induction:", "lemma induction:")

    def test_theorem_new(self):
        self.case("top.Top.more is not in", "spec/top.mlw", "goal induction:",
                  "goal more: true\n  goal induction:")

    def test_meaning_of_page_tables(self):
        self.case("arch.spaces_apart: its text", "arch/x86/walk.h", "&& s != t\n", "&& s < t\n")
        self.case("arch.page_ok: its text", "arch/x86/paging.h", "? kernel_page(a, r)", "? \\true")
        self.case("arch.walk1: its text", "arch/x86/walk.h", "present(e) ==> page_ok", "present(e) ==> \\true || page_ok")

    def test_what_the_boot_code_ensures(self):
        self.case("arch.image_init: its text", "arch/x86/main.c", "0 <= v < ADDRESSES ==> walk_ok(KERNEL",
                  "0 <= v < 1 ==> walk_ok(KERNEL")

    def test_comments_are_free(self):
        self.silent("statements", lambda: self.replace(
            "spec/top.mlw", "goal induction: forall s e.", "(* so *) goal induction:\n forall s e."))


if __name__ == "__main__":
    unittest.main()
