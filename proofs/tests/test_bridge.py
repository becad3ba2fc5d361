"""The bridge reads headings, and refuses what it cannot read with file and line."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

from planted import ROOT, Planted

sys.path.insert(0, str(ROOT / "proofs"))
import bridge_acsl  # noqa: E402
import whyml        # noqa: E402


class Headings(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "t.mlw"
            path.write_text(text)
            return whyml.read(path)

    def refused(self, words, text):
        with self.assertRaises(whyml.Refused) as caught:
            self.read(text)
        self.assertIn(words, str(caught.exception))

    def names(self, text):
        return {s.name: (s.kind, s.params, s.result) for s in self.read(text)[0].symbols}

    def test_kinds(self):
        found = self.names("module M\n use int.Int\n function f (x y: int) : int = x\n"
                           " predicate p (x: int) = true\n constant c : int = 3\n"
                           " let function g (x: int) : bool = true\n"
                           " let rec function h (x: int) : int variant { x } = h (x - 1)\nend")
        self.assertEqual(found["f"], ("function", [("x", "int"), ("y", "int")], "int"))
        self.assertEqual(found["p"], ("predicate", [("x", "int")], ""))
        self.assertEqual(found["c"], ("constant", [], "int"))
        self.assertEqual(found["g"][2], "bool")
        self.assertIn("h", found)

    def test_heading_over_several_lines_with_comments(self):
        found = self.names("module M (* one (* nested *) comment *)\n function f\n   (a: int)"
                           " (* function no (x: int) : int *)\n   (b: int)\n : int\n = a + b\nend")
        self.assertEqual(found, {"f": ("function", [("a", "int"), ("b", "int")], "int")})

    def test_uses(self):
        module = self.read("module M\n use int.Int\n use export a.A\n use B as C\nend")[0]
        self.assertEqual(module.uses, ["int.Int", "a.A", "B"])

    def test_bodies_are_skipped(self):
        found = self.names("module M\n function f (x: int) : int =\n    let y = x in\n"
                           "    match y with 0 -> (let z = 1 in z) | _ -> y end\n"
                           " predicate q (x: int) = x = 0\nend")
        self.assertEqual(set(found), {"f", "q"})

    def test_records_maps_sums(self):
        module = self.read("module M\n type m = map int int\n type r = { a: int; b: m }\n"
                           " type e = | A | B int m\nend")[0]
        kinds = {t.name: (t.kind, t.fields) for t in module.types}
        self.assertEqual(kinds["m"], ("map", [("key", "int"), ("value", "int")]))
        self.assertEqual(kinds["r"], ("record", [("a", "int"), ("b", "m")]))
        self.assertEqual(kinds["e"], ("sum", [("A", []), ("B", ["int", "m"])]))

    def test_refusals(self):
        self.refused("t.mlw:2: a linked module may not declare `val`", "module M\n val f : int\nend")
        self.refused("t.mlw:2: a linked module names one module in a `use`",
                     "module M\n use int.Int, map.Map\nend")
        self.refused("t.mlw:2: a linked module may not declare `clone`", "module M\n clone A\nend")
        self.refused("write `let function`", "module M\n let f (x: int) : int = x\nend")
        self.refused("t.mlw:3", "module M\n use int.Int\n function f (x: map int int) : int = 0\nend")
        self.refused("mutual recursion", "module M\n function f (x: int) : int = g x\n"
                                         " with g (x: int) : int = f x\nend")
        self.refused("comment is not closed", "module M (* \nend")
        self.refused("t.mlw:2: field `a`", "module M\n type r = { a: list int }\nend")
        self.refused("t.mlw", "module M\n function f (x: int) : int = x\n")

    def symbols(self, text):
        return bridge_acsl.symbols([(m, "", []) for m in self.read(text)])

    def test_two_of_a_name(self):
        with self.assertRaisesRegex(whyml.Refused, "t.mlw:5: `f` is also declared at t.mlw:2"):
            self.symbols("module M\n constant f : int = 1\nend\nmodule N\n constant f : int = 2\nend")

    def test_unknown_type(self):
        with self.assertRaisesRegex(whyml.Refused, "type `nothing` is not declared"):
            self.symbols("module M\n function f (x: nothing) : int = 1\nend")

    def test_a_name_that_c_cannot_have(self):
        with self.assertRaisesRegex(whyml.Refused, "prime"):
            self.symbols("module M\n constant f' : int = 1\nend")


class Generated(Planted):
    def bridge(self, *options):
        return subprocess.run([sys.executable, str(self.root / "proofs" / "bridge.py"), *options],
                              capture_output=True, text=True)

    def test_sizes_of_the_configuration(self):
        for config, size in (("small", "8"), ("large", "4096")):
            self.assertEqual(self.bridge("--config", config).returncode, 0)
            text = (self.root / "build" / config / "proof").glob("config*.mlw")
            self.assertTrue(any(f"constant nproc : int = {size}" in p.read_text() for p in text))

    def test_the_same_in_every_configuration(self):
        texts = []
        for config in ("small", "large"):
            self.bridge("--config", config)
            folder = self.root / "build" / config / "proof"
            texts.append([(folder / n).read_text() for n in
                          ("spec.acsl.h", "abs.acsl.h", "wp.driver", "glue.mlw", "abs_witness.mlw")])
        self.assertEqual(texts[0], texts[1])

    def test_every_declared_name_is_linked(self):
        import re
        self.bridge()
        folder = self.root / "build" / "default" / "proof"
        declared = set(re.findall(r"\b(spec_\w+)\s*[(;]", (folder / "spec.acsl.h").read_text()))
        linked = set(re.findall(r'^(?:logic|predicate|type)[^"]*"(spec_\w+)"',
                                (folder / "wp.driver").read_text(), re.M))
        self.assertEqual(declared, linked)

    def test_only_the_equations_are_axioms(self):
        import re
        self.bridge()
        folder = self.root / "build" / "default" / "proof"
        self.assertNotIn("axiom ", (folder / "spec.acsl.h").read_text())
        axioms = set(re.findall(r"\baxiom (\w+)", (folder / "abs.acsl.h").read_text()))
        goals = set(re.findall(r"^  goal (\w+)", (folder / "abs_witness.mlw").read_text(), re.M))
        self.assertTrue(axioms)
        self.assertEqual(axioms, goals)

    def test_missing_module(self):
        self.append("proofs/linked.txt", "\nnothing:Nothing\n")
        done = self.bridge()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("nothing", done.stderr)

    def test_wrong_table(self):
        self.replace("proofs/abs.toml", 'spec = "links"', 'spec = "link"')
        self.assertIn("abs.toml", self.bridge().stderr)


if __name__ == "__main__":
    unittest.main()
