"""False goals stay unproved through every prover driver (they are trusted text)."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "proofs"))

import provers  # noqa: E402

TRUE_AND_FALSE = """
module M
  use int.Int
  use int.ComputerDivision as C
  use int.EuclideanDivision as E
  use map.Map
  use map.Const
  type t = { a: int; b: map int int }
  function f (x: t) : t = { x with a = x.a + 1 }
  goal true_division: C.div (-7) 2 = -3 /\\ C.mod (-7) 2 = -1 /\\ E.div (-7) 2 = -4
  goal true_store: forall m: map int int. get (set m 1 2) 1 = 2
  goal true_record: forall x: t. (f x).b = x.b
  goal false_division: C.div (-7) 2 = -4
  goal false_remainder: forall x: int. 0 <= C.mod x 4
  goal false_by_zero: C.div 1 0 = 0 \\/ E.mod 1 0 = 1
  goal false_store: forall m: map int int. get (set m 1 2) 2 = 2
  goal false_const: get (const 1: map int int) 2 = 2
  goal false_record: forall x: t. (f x).a = x.a
  goal false_equal: forall x y: t. x.a = y.a -> x = y
  goal false_contradiction: false
  goal false_product: forall x y: int. x * y >= 0
  goal false_order: forall x y z: int. x <= y -> x * z <= y * z
end
module Q
  use int.Int
  use frama_c_wp.qed.Qed
  goal true_eqb: eqb 1 1 = True /\\ neqb 1 2 = True
  goal false_eqb: eqb 1 2 = True
  goal false_neqb: neqb 1 1 = True
  goal false_neqb_any: forall x y: int. neqb x y = True
end
"""


class Drivers(unittest.TestCase):
    def goals(self, driver, folder):
        path = pathlib.Path(folder) / "drivers.mlw"
        path.write_text(TRUE_AND_FALSE)
        out = pathlib.Path(folder) / driver.stem
        out.mkdir()
        conf = provers.why3_conf(pathlib.Path(folder) / "why3.conf", 1)
        library = pathlib.Path(folder) / "frama_c_wp"
        library.mkdir()
        qed = pathlib.Path("/usr/share/frama-c/wp/why3/frama_c_wp/qed.mlw").read_text()
        # Frama-C itself declares this meta
        (library / "qed.mlw").write_text(re.sub(r"^\s*meta .*$", "", qed, flags=re.M))
        done = subprocess.run(
            ["why3", "prove", "-L", folder, "-D", str(driver), "-o", str(out),
             str(path)], capture_output=True, text=True, env=provers.environment(conf))
        self.assertEqual(done.returncode, 0, done.stderr)
        return sorted(out.glob("*.smt2"))

    def test_every_driver(self):
        seen = set()
        for name in sorted(set(provers.NAMES) | {n for n, _ in provers.LADDER}):
            for wp in (False, True):
                driver = provers.driver(name, wp)
                with tempfile.TemporaryDirectory() as folder:
                    for path in self.goals(driver, folder):
                        goal = path.stem.split("-")[-1]
                        if not wp and "eqb" in goal:
                            continue   # those symbols get their meaning from wp.gen
                        proved, answer, _, _ = provers.run(name, path, 0.3)
                        with self.subTest(driver=driver.name, goal=goal, answer=answer):
                            self.assertEqual(proved, goal.startswith("true_"))
                        seen.add(goal)
        self.assertEqual(len(seen), 17)

    def test_only_a_clean_unsat_is_a_proof(self):
        cases = {"(assert false)\n(check-sat)\n": True, "(check-sat)\n": False,
                 "(assert (= nothing 1))\n(assert false)\n(check-sat)\n": False,
                 "": False}
        for name in provers.NAMES:
            for text, expected in cases.items():
                with tempfile.TemporaryDirectory() as folder:
                    path = pathlib.Path(folder) / "x.smt2"
                    path.write_text(";; Goal x\n(set-logic ALL)\n" + text)
                    with self.subTest(prover=name, text=text):
                        self.assertEqual(provers.run(name, path, 0.2)[0], expected)


if __name__ == "__main__":
    unittest.main()
