"""What may notice a change of spec/: each killer returns what it says, or "".

The statements: the text of a theorem, or of what is behind it, is another (gate statements).
The oracle: the changed machine, run beside the core, does something else.
The C proof: a function whose contract names the changed definition, or one that uses it,
is not proved any more with the prover and limit that prove it unchanged.
The theorems: one that names the definition is not proved any more.
"""
import functools
import re
import subprocess
import sys

import bridge
import csource
import mutants as planted
from gates import common, spectext, statements

from .score import ROOT, ScoreError

sys.path.insert(0, str(ROOT / "harness" / "oracle"))
import link  # noqa: E402

BUILT = ROOT / "build" / "small" / "oracle"
FOLDER = ROOT / "build" / "mutation"
STEPS = 20000      # events; the oracle's test finds its planted bugs in some hundred
PATIENCE = 20      # seconds; without a change they take one
MOST = 4           # functions of core/ that are proved for one change
COMMON = 12        # a definition that more contracts name than this is not looked for in all


@functools.cache
def machine():
    """{(file's stem, module)}: what the C code is compared with."""
    return statements.linked(common.Tree(ROOT))


class Statements:
    name = "statements"

    def __init__(self):
        self.listed = set(common.lines(ROOT / statements.LIST))

    def notice(self, change, spec):
        found = set(statements.statements(common.Tree(spec.parent)))
        new = sorted(x.split(":")[0] for x in found - self.listed)
        return f"text of {new[0]}" if new else ""


class Oracle:
    name = "oracle"

    def __init__(self):
        subprocess.run(["make", "-s", "CONFIG=small", str(BUILT.relative_to(ROOT) / "oracle")], cwd=ROOT, check=True)
        self.folder = FOLDER / "oracle"
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in link.GENERATED:
            link.put(self.folder / name, (BUILT / name).read_text())
        link.copy(self.folder)
        self.right = self.translate(ROOT / "spec")
        self.link(self.right)
        if self.run():
            raise ScoreError("the core without any change differs from the machine: `make oracle`")

    def link(self, machine):
        link.put(self.folder / "machine.ml", machine)
        link.build(self.folder, "small", "oracle")

    @staticmethod
    def translate(spec):
        done = subprocess.run([BUILT / "translate", spec, "Host"], capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else ""

    def run(self):
        try:
            done = subprocess.run([self.folder / "oracle", "random", str(STEPS), "1", "10",
                                   self.folder / "difference.trace"], capture_output=True, text=True,
                                  timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return "no end"
        return "" if done.returncode == 0 else (done.stdout or done.stderr).splitlines()[0]

    def notice(self, change, spec):
        text = self.translate(spec)
        if not text or text == self.right:   # it cannot be run, or is no part of `step`
            return ""
        try:
            self.link(text)
        except SystemExit as error:
            return f"does not compile: {str(error).splitlines()[-1]}"
        return self.run()


@functools.cache
def contracts():
    """{function that core/ defines: the words of its contract and its loops}."""
    words, defined = {}, set()
    for source in csource.read(ROOT, ("core",)):
        for f in source.functions:
            text = f.contract + " ".join(a.text for a in f.inside)
            words.setdefault(f.name, set()).update(re.findall(r"\w+", text))
            defined |= {f.name} if f.defined else set()
    return {f: w for f, w in words.items() if f in defined}


@functools.cache
def users():
    """{definition of the linked modules: the definitions that use it}."""
    out = {}
    for file, module, _, _ in bridge.entries(ROOT / "proofs" / "linked.txt"):
        path = ROOT / "spec" / f"{file}.mlw"
        for name, _, body in spectext.modules(common.plain(path)) if path.exists() else []:
            for found in statements.ITEM.finditer(body) if name == module else []:
                for word in set(re.findall(r"\w+", found[0])) - {found[2]}:
                    out.setdefault(word, set()).add(found[2])
    return out


def functions_for(symbol):
    """The functions of core/ that stand nearest to a definition of spec/."""
    front, seen = {symbol}, set()
    while front:
        for s in sorted(front):
            named = [f for f, words in contracts().items() if f"spec_{s}" in words]
            if s in named:
                return [s] + sorted(f for f in named if f != s)[:MOST - 1 if len(named) < COMMON else 0]
        hits = sorted({f for f, words in contracts().items() if any(f"spec_{s}" in words for s in front)})
        if hits:
            return hits[:MOST]
        seen |= front
        front = {u for s in front for u in users().get(s, ())} - seen
    return []


class CProof:
    name = "C proof"

    def __init__(self, config):
        self.config, self.proof, self.sound = config, FOLDER / "proof", {}

    def prove(self, spec, functions):
        """{function: goals not proved}, or what is wrong."""
        done = subprocess.run([sys.executable, str(ROOT / "proofs" / "bridge.py"), "--config", self.config,
                               "--spec", str(spec), "--out", str(self.proof), "--check"],
                              capture_output=True, text=True)
        if done.returncode:
            return done.stderr.strip().splitlines()[-1]
        command = [sys.executable, str(ROOT / "proofs" / "wp.py"), *planted.EFFORT, "--config", self.config,
                   "--proof", str(self.proof), "--no-bridge"]
        command += [word for f in functions for word in ("-f", f)]
        done = subprocess.run(command, capture_output=True, text=True)
        left = dict(re.findall(r"^UNPROVED (\S+): (\S+)", done.stdout, re.M))
        if done.returncode and not left:
            return "WP refuses: " + (done.stdout + done.stderr).strip().splitlines()[-1]
        return left

    def notice(self, change, spec):
        functions = functions_for(change.symbol)
        new = [f for f in functions if f not in self.sound]
        if new:
            left = self.prove(ROOT / "spec", new)
            if isinstance(left, str):
                raise ScoreError(left)
            self.sound.update({f: f not in left for f in new})
        functions = [f for f in functions if self.sound[f]]
        if not functions:
            return ""
        left = self.prove(spec, functions)
        return left if isinstance(left, str) else next(iter(left.values()), "")
