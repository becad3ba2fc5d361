"""The run of WP says no to every trap of the C side that it can see.

What it cannot see (axioms, admitted clauses, invariants that are ignored, contracts of
statements, text that only Frama-C reads) is the business of the gates.
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OK = "/*@ requires \\true; terminates \\true; assigns \\nothing; ensures \\true; */\n"


class Wp(unittest.TestCase):
    def prove(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            source, proof = pathlib.Path(folder) / "c", pathlib.Path(folder) / "proof"
            source.mkdir()
            proof.mkdir()
            (source / "t.c").write_text(text)
            (proof / "wp.driver").write_text("library nothing:\n")
            return subprocess.run(
                [sys.executable, str(ROOT / "proofs" / "wp.py"), "--no-bridge", "-t", "0.3",
                 "--source", str(source), "--proof", str(proof), *options],
                capture_output=True, text=True)

    def refused(self, words, text, *options):
        done = self.prove(text, *options)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(words, done.stdout)

    def test_good(self):
        done = self.prove("/*@ requires x < 9; terminates \\true; assigns \\nothing;\n"
                          " ensures \\result == x + 1; */\nunsigned f(unsigned x) { return x + 1; }\n")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_wrong_result(self):
        self.refused("UNPROVED f: f_ensures", "/*@ terminates \\true; assigns \\nothing;\n"
                     " ensures \\result == 2; */\nint f(void) { return 1; }\n")

    def test_wrong_frame(self):
        self.refused("UNPROVED f: f_assigns", "int g;\n" + OK + "void f(void) { g = 1; }\n")

    def test_unsigned_overflow(self):
        self.refused("unsigned_overflow", OK + "unsigned f(unsigned x) { return x + 1; }\n")

    def test_downcast(self):
        self.refused("downcast", OK + "unsigned char f(unsigned x) { return (unsigned char)x; }\n")

    def test_index(self):
        self.refused("index_bound", "int t[4];\n" + OK + "int f(unsigned i) { return t[i]; }\n")

    def test_false_lemma(self):
        self.refused("UNPROVED lemma", "//@ lemma wrong: \\forall integer x; x * x > x;\n"
                     + OK + "int f(void) { return 1; }\n")

    def test_prototype_without_contract(self):
        self.refused("annot:missing-spec treated as fatal", "int h(int x);\n" + OK +
                     "int f(void) { return h(1); }\n")

    def test_assembly(self):
        self.refused("asm:clobber treated as fatal",
                     OK + "void f(void) { __asm__ volatile(\"\" : : : \"memory\"); }\n")

    def test_memory_model(self):
        self.refused("UNPROVED h",
                     "int g;\n/*@ requires \\valid(p); terminates \\true; assigns *p, g;\n"
                     " ensures *p == 1 && g == 2; */\nvoid f(int *p) { *p = 1; g = 2; }\n"
                     "/*@ requires \\true; terminates \\true; assigns g; ensures \\true; */\n"
                     "void h(void) { f(&g); }\n")

    def test_statement_contract(self):
        self.refused("Statement", "int g;\n/*@ terminates \\true; assigns g; ensures \\true; */\n"
                     "void f(void) {\n /*@ assigns g; ensures g == 7; */\n { g = 1; }\n}\n")

    def test_backward_goto(self):
        self.refused("loop", OK + "void f(int x) { again: if (x) goto again; }\n")

    def test_endless_loop(self):
        self.refused("UNPROVED", OK + "void f(void) {\n"
                     " /*@ loop invariant \\true; loop assigns \\nothing; */\n while (1) ;\n}\n")

    def test_wrong_variant(self):
        self.refused("UNPROVED", OK + "void f(void) {\n int i = 0;\n"
                     " /*@ loop invariant 0 <= i; loop assigns i; loop variant i; */\n"
                     " while (i < 9) i++;\n}\n")

    def test_reachable_panic(self):
        self.refused("UNPROVED", "/*@ requires \\false; terminates \\true; assigns \\nothing;\n"
                     " ensures \\false; */\nvoid panic(void);\n" + OK +
                     "int f(int x) { if (x > 3) panic(); return 1; }\n")

    def test_call_without_precondition(self):
        self.refused("UNPROVED", "/*@ requires x > 3; terminates \\true; assigns \\nothing;\n"
                     " ensures \\true; */\nvoid g(int x);\n" + OK + "void f(int x) { g(x); }\n")

    def test_unknown_name(self):
        self.refused("unbound logic function",
                     "/*@ ensures spec_nothing(1); */\nint f(void) { return 1; }\n")

    def test_no_goals(self):
        self.refused("0 of 0 goals", "int x;\n")

    def test_contradictory_precondition(self):
        self.refused("UNPROVED f: f_wp_smoke", "/*@ requires x > 3 && x < 2; terminates \\true;\n"
                     " assigns \\nothing; ensures \\result == 77; */\n"
                     "int f(int x) { return 1; }\n", "--smoke")

    def test_dead_branch(self):
        self.refused("smoke", "/*@ requires x > 3; terminates \\true; assigns \\nothing;\n"
                     " ensures \\true; */\nint f(int x) { if (x < 2) return 7; return 1; }\n", "--smoke")

    def test_call_that_proves_everything(self):
        self.refused("smoke", "/*@ terminates \\true; assigns \\nothing; ensures \\false; */\n"
                     "void panic(void);\n" + OK + "int f(void) { panic(); return 1; }\n", "--smoke")


if __name__ == "__main__":
    unittest.main()
