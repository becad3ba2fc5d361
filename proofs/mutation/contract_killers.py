"""What may notice a change of a contract of core/: a gate that reads the text, the number of
goals of a function and of those that call it, and their proofs."""
import contextlib
import functools
import io
import re
import shutil
import subprocess
import sys
import time

import csource
import mutants as planted
import wp
from gates import annotations, common, contracts, entries

from .killers import FOLDER
from .score import ROOT, ScoreError

TREE = FOLDER / "contracts"
CALLERS = 3


def plant(change):
    """The parts of the tree that the gates and WP read, with the change."""
    for name in ("core", "arch"):
        shutil.rmtree(TREE / name, ignore_errors=True)
        shutil.copytree(ROOT / name, TREE / name)
    (TREE / "proofs").mkdir(exist_ok=True)
    shutil.copy(ROOT / "proofs" / "ledger.toml", TREE / "proofs")
    path = TREE / change.file
    path.write_text(change.apply(path.read_text()))
    return TREE


class Gates:
    name = "text gates"

    def __init__(self):
        self.right = set(self.complaints(ROOT))

    @staticmethod
    def complaints(root):
        tree = common.Tree(root)
        return [re.sub(r":\d+:", ":", line) for gate in (contracts, annotations, entries)
                for line in gate.check(tree)]

    def notice(self, change, tree):
        return next((c for c in self.complaints(tree) if c not in self.right), "")


@functools.cache
def sources():
    return csource.read(ROOT, ("core",))


def concerned(change):
    """The function itself and some that call it; of a predicate those that name it."""
    defined = [f for s in sources() for f in s.functions if f.defined]
    if change.what == "predicate":
        whole = csource.contracts(sources())
        return [f.name for f in defined if re.search(rf"\b{change.item}\b", whole[f.name] + f.body
                                                     + "".join(a.text for a in f.inside))][:CALLERS + 1]
    callers = [f.name for f in defined if f.name != change.item and re.search(rf"\b{change.item}\s*\(", f.body)]
    return [change.item] + callers[:CALLERS]


class Proof:
    """The goals, with the prover and limit that prove nearly all (mutants.py)."""
    name = "C proof"

    def __init__(self, config):
        self.config, self.right = config, {}
        subprocess.run([sys.executable, str(ROOT / "proofs" / "bridge.py"), "--config", config], check=True)
        self.listed = {line.split()[0]: int(line.split()[1])
                       for line in common.lines(ROOT / "proofs" / "expected" / "functions.txt")}

    def goals(self, core, functions):
        """{function: {goal: whether it is proved}}, or what WP says against the text."""
        argv = ["wp.py", *planted.EFFORT, "--config", self.config, "--source", str(core)]
        argv += [word for f in functions for word in ("-f", f)]
        old, sys.argv = sys.argv, argv
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                options = wp.arguments()
                options.whole = False
                proof = ROOT / "build" / self.config / "proof"
                found, messages = wp.run_all(options, proof, "wp-part", time.monotonic())
        except SystemExit as error:
            return str(error)
        finally:
            sys.argv = old
        if messages:
            return f"WP refuses: {messages[0]}"
        out = {f: {} for f in functions}
        for function, goal, proved, _ in found:
            group = out.setdefault(function, {})
            group[goal] = group.get(goal, True) and proved
        return out

    def notice(self, change, tree):
        functions = concerned(change)
        new = [f for f in functions if f not in self.right]
        if new:
            right = self.goals(ROOT / "core", new)
            if isinstance(right, str):
                raise ScoreError(right)
            self.right.update(right)
        found = self.goals(tree / "core", functions)
        if isinstance(found, str):
            return found
        for f in functions:
            left = [g for g, proved in found[f].items() if not proved and self.right[f].get(g, True)]
            if left:
                return left[0]
            if len(found[f]) < self.listed[f]:
                return f"gate names: {f} has {len(found[f])} goals, and had {self.listed[f]}"
        return ""
