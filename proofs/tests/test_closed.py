"""Facts about each operation are written for all of them, and bad tables are refused."""
import subprocess
import sys
import unittest

from planted import ROOT, Planted

sys.path.insert(0, str(ROOT / "proofs"))
import closed  # noqa: E402


class Closed(Planted):
    def run_it(self, *words):
        return subprocess.run([sys.executable, str(self.root / "proofs" / "closed.py"), *words],
                              capture_output=True, text=True)

    def refused(self, words):
        for option in ("--check",), ():
            done = self.run_it(*option)
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn(words, done.stderr)
            self.assertNotIn("Traceback", done.stderr)

    def facts(self, file="wf_ops"):
        return (self.root / "spec" / f"{file}.mlw").read_text()

    def test_committed_text_is_what_is_generated(self):
        done = self.run_it("--check")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_every_operation_has_its_facts(self):
        machine, families = closed.table(self.root / "proofs" / "closed.toml")
        operations = [o.name for m in machine for o in closed.operations(self.root / "spec", m)]
        self.assertGreater(len(operations), 100)
        for name, family in families.items():
            for operation in set(operations) - set(family["omit"]):
                self.assertIn(f"lemma {name}_{operation}:", self.facts(family["file"]))

    def test_new_operation(self):
        self.replace("spec/message.mlw", "  function set_status",
                     "  function twice (s: state) (dst w: int) (c: cap) : state = s\n  function set_status")
        self.assertIn("wf_ops.mlw, fares_ops.mlw", self.run_it("--check").stderr)
        self.assertNotIn("wf_twice", self.facts())
        self.assertEqual(self.run_it().returncode, 0)
        self.assertIn("  lemma wf_twice: forall s: state, dst w: int, c: cap [wf (twice s dst w c)]. wf s -> valid dst ->\n"
                      "    valid w -> cap_ok c -> wf (twice s dst w c)\n", self.facts())
        self.assertEqual(self.run_it("--check").returncode, 0)

    def test_fact_edited(self):
        self.fires("generated", "wf_ops.mlw", lambda: self.replace(
            "spec/wf_ops.mlw", "valid src -> wf (pass0", "wf (pass0"))

    def test_fact_removed(self):
        self.fires("generated", "fares_ops.mlw", lambda: self.replace(
            "spec/fares_ops.mlw", "lemma fares_pick:", "lemma fares_picked:"))

    def test_premise_changed(self):
        self.fires("generated", "wf_ops.mlw", lambda: self.replace(
            "proofs/closed.toml", '"wake switch_to" = "valid_or_none w"', '"wake switch_to" = "w = none"'))

    def test_unknown_operation(self):
        self.replace("proofs/closed.toml", '"wake switch_to"', '"woke switch_to"')
        self.refused("[wf]: the machine has no operation `woke`")

    def test_operation_named_twice(self):
        self.replace("proofs/closed.toml", '"wake switch_to"', '"wake evict"')
        self.refused("[wf]: `evict` has two premises")

    def test_unknown_module(self):
        self.replace("proofs/closed.toml", "send.Send", "send.Sends")
        self.refused("no module send.Sends")

    def test_missing_key(self):
        self.replace("proofs/closed.toml", 'prefix = "Wf"', 'prefixes = "Wf"')
        self.refused("[wf]: missing or unknown: prefix, prefixes")

    def test_no_toml(self):
        self.replace("proofs/closed.toml", "[wf.unlike]", "[wf.unlike")
        self.refused("closed.toml:")

    def test_bound_variable_that_is_an_argument(self):
        self.replace("proofs/closed.toml", 'bound = { int = "i j"', 'bound = { int = "i x"')
        self.replace("proofs/closed.toml", 'keeps = "fares z {} i j"', 'keeps = "fares z {} i x"')
        self.refused("[fares]: `x` is bound, and an argument of")

    def test_argument_that_is_a_bound_variable(self):
        self.replace("spec/message.mlw", "  function set_status (s: state) (p v: int)",
                     "  function set_status (s: state) (p j: int)")
        self.refused("[fares]: `j` is bound, and an argument of `set_status` (message.mlw:")

    def test_uses_of_unknown_module(self):
        self.replace("proofs/closed.toml", 'Fault = "wf_args', 'Faults = "wf_args')
        self.refused("[wf]: no module Faults of the machine")

    def test_omitted_and_unlike(self):
        self.replace("proofs/closed.toml", 'omit = ["await"', 'omit = ["bury", "await"')
        self.refused("[fares]: `bury` is omitted, and unlike")

    def test_no_machine(self):
        self.replace("proofs/closed.toml", "machine = [", "machines = [")
        self.refused("no modules in `machine`")

    def test_long_line(self):
        self.replace("proofs/closed.toml", '"wake switch_to" = "valid_or_none w"', f'"wake switch_to" = "{"w = none /|" * 12}"')
        self.refused("the fact about `wake` needs longer lines")


if __name__ == "__main__":
    unittest.main()
