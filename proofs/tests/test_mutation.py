"""The mutation score tells a contract that says something from one that does not."""
import json
import re
import subprocess
import sys
import unittest
from unittest import mock

from planted import ROOT, Planted

sys.path.insert(0, str(ROOT / "proofs"))
import mutate  # noqa: E402


class Confirm(unittest.TestCase):
    """Which kills all provers take back, where `quick` fails at once, `late` in another goal, and `odd` is refused."""

    def unconfirmed(self, *functions):
        def prove(folder, names, config, effort):
            return None if "odd" in names else {f: ["another"] * (f == "late") for f in names}

        mutants = [mock.Mock(function=f) for f in functions]
        for m in mutants:
            m.name = m.function
        results = mock.Mock(known={f: ["killed", f"{f}_ensures_is"] for f in functions})
        with mock.patch.object(mutate, "plant", lambda *_: "folder"), \
             mock.patch.object(mutate.planted, "prove", prove), \
             mock.patch.object(mutate.planted, "confirm", lambda _, left, __: {f: left[f] * (f == "quick") for f in left}):
            return [m.name for m in mutate.unconfirmed(mutants, results, "default")]

    def test_which(self):
        self.assertEqual(self.unconfirmed("quick", "late", "proved"), ["proved"])

    def test_one_that_frama_c_refuses_hides_no_other(self):
        self.assertEqual(self.unconfirmed("odd", "proved", "quick"), ["proved"])


class Mutation(Planted):
    def run_on(self, *words):
        return subprocess.run([sys.executable, str(self.root / "proofs" / "mutate.py"), *words],
                              capture_output=True, text=True)

    def test_every_change_is_noticed(self):
        done = self.run_on("-f", "queued")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("score 100.0 %", done.stdout)

    def test_a_committed_verdict_that_is_wrong(self):
        data = self.tree.path("proofs/data/mutation.json")
        old = json.loads(data.read_text())
        name = next(n for n, v in old["mutants"].items() if n.startswith("queued-") and v[2] == "killed")
        old["mutants"][name][2] = "survived"
        data.write_text(json.dumps(old))
        done = self.run_on("-f", "queued")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"DIFFERS: {name} is `killed`", done.stdout)

    def test_what_frama_c_only_warns_of(self):
        done = self.run_on("-f", "fault_tag_of")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        known = json.loads(self.tree.path("build/default/mutation.json").read_text())["mutants"]
        self.assertTrue(any("guaranteed RTE" in goal for _, goal in known.values()), known)

    def says_nothing(self):
        """The contract of `queued`, from here on."""
        self.replace("core/ring.h", "ensures is: \\result != 0 <==> spec_queued(abs{Here}, n); */\nint queued(",
                     "ensures is: \\true; */\nint queued(")

    def test_a_contract_that_says_nothing(self):
        self.says_nothing()
        done = self.run_on("-f", "queued")
        self.assertEqual(done.returncode, 1)
        self.assertIn("SURVIVED: queued-", done.stdout)
        self.assertIn("1 below 98 %: queued", done.stdout)
        self.assertNotIn("because", done.stdout)
        name = done.stdout.split("SURVIVED: ")[1].split(",")[0]
        self.write("proofs/mutation/survivors.toml",
                   f'[[survivor]]\nmutants = ["{name}"]\nreason = "a planted one"\n')
        self.assertIn("because a planted one", self.run_on("-f", "queued").stdout)   # the verdicts are remembered

    def test_a_kill_that_more_time_takes_back(self):
        self.says_nothing()
        self.assertIn("2 survived", self.run_on("-f", "queued").stdout)
        kept = self.tree.path("build/default/mutation.json")
        known = json.loads(kept.read_text())
        name = next(iter(known["mutants"]))
        known["mutants"][name] = ["killed", "queued_ensures_is"]
        kept.write_text(json.dumps(known))
        self.assertNotIn(f"SURVIVED: {name},", self.run_on("-f", "queued").stdout)
        done = self.run_on("-f", "queued", "--confirm")
        self.assertEqual(done.returncode, 1)
        self.assertIn("1 kills put to all provers, 1 not confirmed", done.stdout)
        self.assertIn(f"SURVIVED: {name},", done.stdout)

    def test_verdicts_that_are_kept_are_not_asked_for_again(self):
        self.run_on("-f", "queued")
        kept = self.tree.path("build/default/mutation.json")
        known = json.loads(kept.read_text())
        every = re.findall(r"^(\S+-\S+) ", self.run_on("--list").stdout, re.M)
        data = self.tree.path("proofs/data/mutation.json")
        data.parent.mkdir(exist_ok=True)
        data.write_text(json.dumps({"text": known["text"], "mutants": {
            name: ["operator", "file", *known["mutants"].get(name, ["killed", "a goal"])] for name in every}}))
        subprocess.run("git init -q && git -c user.name=x -c user.email=x commit -q --allow-empty -m x",
                       shell=True, check=True, cwd=self.root)
        done = self.run_on("--commit")
        self.assertIn(f"{len(every)} mutants, 0 to be proved", done.stdout)
        written = json.loads(data.read_text())
        self.assertEqual((len(written["mutants"]), written["mutants there are"]), (len(every), len(every)))
        data.write_text(data.read_text().replace(known["text"], "of another text"))
        self.assertNotIn("mutants, 0 to be proved", self.run_on("-f", "ready").stdout)
        self.assertIn("not for a sample", self.run_on("--commit", "--sample", "1").stderr)

    def test_a_function_that_is_not_proved(self):
        self.replace("core/message.c", "\traise_epoch(src);\n", "")
        done = self.run_on("-f", "await")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not proved without any change", done.stderr)

    def test_no_such_function(self):
        self.assertEqual(self.run_on("-f", "nothing").returncode, 1)

    def test_what_is_no_number(self):
        self.assertIn("SAMPLE", self.run_on("--sample", "x").stderr)


if __name__ == "__main__":
    unittest.main()
