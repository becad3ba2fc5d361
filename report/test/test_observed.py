"""The diagrams miss nothing that happens: the core on the host, under random events, makes no
change that is no edge. What the core does is what the machine does, as is proved."""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "report")]
sys.path.append(str(ROOT / "proofs"))

import machines  # noqa: E402
import report as whole  # noqa: E402

STEPS = "300000"
WRAPPED = ("set_state", "set_held", "set_stored_reply", "core_init")
HOLDS = {0: "Free", 1: "Free, reply stored", 2: "Held", 3: "Held, reply stored"}


def build(folder, replace=None):
    """The program of `make hosted` with observe.c; replace: (file of core/, old, new)."""
    plain = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(["make", "-n", "-B", "build/small/hosted/random"], cwd=ROOT, env=plain,
                          capture_output=True, text=True, check=True)
    command = re.search(r"^gcc (?:.*\\\n)*.*$", done.stdout, re.M)[0].replace("\\\n", " ")
    words = shlex.split(command)
    words[words.index("-o") + 1] = str(folder / "observed")
    if replace:
        file, old, new = replace
        text = (ROOT / file).read_text()
        assert old in text, f"{file} does not hold {old!r} any more"
        (folder / "planted.c").write_text(text.replace(old, new))
        words[words.index(file)] = str(folder / "planted.c")
    words += [str(ROOT / "report" / "test" / "observe.c")] + [f"-Wl,--wrap={name}" for name in WRAPPED]
    subprocess.run(words, cwd=ROOT, check=True)


def observed(folder):
    """Changes as [(kind, before, after)]."""
    done = subprocess.run([str(folder / "observed"), STEPS], capture_output=True, text=True)
    return [(kind, int(a), int(b)) for kind, a, b in re.findall(r"^(state|hold) (\d) (\d) \d+$", done.stdout, re.M)]


class Observed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        report = whole.Report()
        process, _, proxy = machines.machines(report)
        number = report.walker.resting.number
        self.names = {n: c.removeprefix("st_").capitalize() for c, n in number.items() if c.startswith("st_")}
        self.edges = {"state": set(process.edges(report)), "hold": set(proxy.edges(report))}

    def unknown(self):
        """What happened and is no edge; what is an edge and did not happen."""
        seen = {"state": set(), "hold": set()}
        for kind, a, b in observed(self.folder):
            names = self.names if kind == "state" else HOLDS
            if a != b:
                seen[kind].add((names[a], names[b]))
        return [e for k in seen for e in seen[k] - self.edges[k]], [e for k in seen for e in self.edges[k] - seen[k]]

    def test_each_change_is_an_edge(self):
        build(self.folder)
        more, never = self.unknown()
        print(f"diagrams: {STEPS} random events made changes along all but {len(never)} edges"
              + (": " + ", ".join(f"{a} to {b}" for a, b in sorted(never)) if never else ""))
        self.assertEqual(more, [])
        self.assertLess(len(never), 8)      # it did happen

    def test_a_change_that_is_none(self):
        build(self.folder, ("core/fault.c", "set_state(p, ST_FAULTED)", "set_state(p, ST_DELIVERED)"))
        self.assertIn(("Ready", "Delivered"), self.unknown()[0])


if __name__ == "__main__":
    unittest.main()
