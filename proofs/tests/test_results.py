"""The gates that judge results, with results that lie."""
import hashlib
import json
import unittest

from planted import Planted


class Results(Planted):
    """Starts from results in which everything is well."""

    def setUp(self):
        super().setUp()
        from gates import results
        goals = {f"false.mlw:{m}.contradiction": self.row(False, True) for m in self.modules()}
        goals["trap.mlw:T.one_fault"] = self.row(True, False)
        goals["canary/trap.mlw:C.one_fault_wrong"] = self.row(False, True)
        self.theorems = {"goals": goals, "files": self.hashes(self.tree.spec())}
        paths = [self.root / n for n in results.inputs(self.tree)]
        functions = {f.name: {f"{f.name}_ensures": True} for s in self.tree.core()
                     for f in s.functions if f.defined}
        text = self.tree.read("proofs/bridge/abs.acsl.h")
        import re
        functions[""] = {f"lemma_{n}": True for n in re.findall(r"\blemma (\w+)", text)}
        self.wp = {"functions": functions, "messages": [],
                   "files": self.hashes([p for p in paths if p.exists()])}
        self.smoke = {"functions": {"f": {"wp_smoke": True}}, "messages": [],
                      "files": self.wp["files"]}
        self.save()
        self.write("proofs/expected/theorems.txt", "trap.mlw:T.one_fault\n")
        self.write("proofs/expected/canaries.txt",
                   "\n".join(g for g, r in goals.items() if r["canary"]) + "\n")
        self.write("proofs/expected/functions.txt",
                   "\n".join(f"{f or '(lemmas)'} {len(g)}" for f, g in functions.items()) + "\n")
        self.write("proofs/expected/smoke.txt", "f 1\n")
        self.write("proofs/expected/promises.txt", "one_fault\n")
        self.assertEqual(self.gate("results") + self.gate("names"), [])

    @staticmethod
    def row(proved, canary):
        return {"proved": proved, "canary": canary, "prover": "z3d", "time": 0, "steps": 1}

    def modules(self):
        from gates.common import plain
        from gates.spectext import modules
        return [f"Canary_{p.stem}_{m}" for p in self.tree.spec() for m, _, _ in modules(plain(p))]

    def hashes(self, paths):
        return {str(p.relative_to(self.root)): hashlib.sha256(p.read_bytes()).hexdigest()
                for p in paths}

    def save(self):
        self.write("build/theorems.json", json.dumps(self.theorems))
        self.write("build/default/wp.json", json.dumps(self.wp))
        self.write("build/default/smoke.json", json.dumps(self.smoke))

    def case(self, gate, words, change):
        def plant():
            change()
            self.save()
        self.fires(gate, words, plant)

    def test_no_results(self):
        self.fires("results", "no result of the theorem run",
                   lambda: (self.root / "build/theorems.json").unlink())

    def test_no_proof(self):
        self.fires("results", "no result of the wp run",
                   lambda: (self.root / "build/default/wp.json").unlink())

    def test_no_smoke(self):
        self.fires("results", "no result of the smoke run",
                   lambda: (self.root / "build/default/smoke.json").unlink())

    def test_specification_changed_after_the_proof(self):
        self.fires("results", "spec/micro.mlw is not the text",
                   lambda: self.append("spec/micro.mlw", "\n"))

    def test_code_changed_after_the_proof(self):
        self.fires("results", "core/ring.c is not the text", lambda: self.append("core/ring.c", "\n"))

    def test_configuration_changed_after_the_proof(self):
        self.fires("results", "config/default/config.h is not the text",
                   lambda: self.append("config/default/config.h", "\n"))

    def test_unproved_theorem(self):
        self.case("results", "theorem trap.mlw:T.one_fault is not proved", lambda:
                  self.theorems["goals"]["trap.mlw:T.one_fault"].update(proved=False))

    def test_proved_canary(self):
        self.case("results", "was proved", lambda:
                  self.theorems["goals"]["canary/trap.mlw:C.one_fault_wrong"].update(proved=True))

    def test_no_theorems(self):
        self.case("results", "no goal", lambda: self.theorems["goals"].pop("trap.mlw:T.one_fault"))

    def test_module_without_canary(self):
        self.case("results", "module wf.WfFacts has no canary", lambda:
                  self.theorems["goals"].pop("false.mlw:Canary_wf_WfFacts.contradiction"))

    def test_unproved_goal(self):
        self.case("results", "enqueue_ensures of enqueue", lambda:
                  self.wp["functions"]["enqueue"].update(enqueue_ensures=False))

    def test_unproved_lemma(self):
        self.case("results", "of the lemmas is not proved", lambda:
                  self.wp["functions"][""].update(lemma_same_none=False))

    def test_lemma_left_out(self):
        self.case("results", "lemma same_none has no goal", lambda:
                  self.wp["functions"][""].pop("lemma_same_none"))

    def test_message(self):
        self.case("results", "Warning", lambda: self.wp["messages"].append("[wp] Warning: x"))

    def test_dead_code(self):
        self.case("results", "wp_smoke of f", lambda:
                  self.smoke["functions"]["f"].update(wp_smoke=False))

    def test_theorem_gone(self):
        self.fires("names", "theorem x.mlw:M.gone is gone",
                   lambda: self.append("proofs/expected/theorems.txt", "x.mlw:M.gone\n"))

    def test_theorem_added(self):
        self.case("names", "is not in proofs/expected", lambda:
                  self.theorems["goals"].update({"trap.mlw:T.more": self.row(True, False)}))

    def test_canary_gone(self):
        self.case("names", "canary canary/trap.mlw:C.one_fault_wrong is gone", lambda:
                  self.theorems["goals"].pop("canary/trap.mlw:C.one_fault_wrong"))

    def test_function_gone(self):
        self.case("names", "function (in functions.txt) enqueue is gone", lambda: self.wp["functions"].pop("enqueue"))

    def test_function_without_goals(self):
        self.fires("names", "function planted of core/ has no goal",
                   lambda: self.write("core/trap2.c", "void planted(void) { }\n"))

    def test_fewer_goals(self):
        self.fires("names", "enqueue has 1 goals, and had 9", lambda: self.replace(
            "proofs/expected/functions.txt", "\nenqueue 1\n", "\nenqueue 9\n"))

    def test_fewer_smoke_tests(self):
        self.case("names", "f has 1 smoke tests, and had 2", lambda: self.replace(
            "proofs/expected/smoke.txt", "f 1", "f 2"))

    def test_no_smoke_tests_of_a_function(self):
        self.case("names", "function (in smoke.txt) f is gone", lambda: self.smoke.update(
            functions={"g": {"wp_smoke": True}}))

    def test_promise_without_theorem(self):
        self.fires("names", "promise exclusion: no theorem",
                   lambda: self.append("proofs/expected/promises.txt", "exclusion\n"))

    def test_promise_without_canary(self):
        self.case("names", "promise one_fault: no canary", lambda:
                  self.theorems["goals"].pop("canary/trap.mlw:C.one_fault_wrong"))


if __name__ == "__main__":
    unittest.main()
