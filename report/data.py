"""What the other targets left behind, one loader for each format. What is not there is None.

Every loader gives a Result: the data, where it came from, and whether it is about the text
as it is now. Formats:

  build/theorems.json            {"goals": {goal: {proved, canary, prover, time}}, "files": {file: sha256}}
  build/CONFIG/wp.json, smoke.json  {"functions": {function: {goal: proved}}, "files": {file: sha256}, "messages"}
  build/CONFIG/proof/wp.log      Frama-C's lines: prover, milliseconds and steps of each proved goal
  build/CONFIG/arch.json         {"table": {file: {goals, proved}}, "wrong": [message]}
  build/CONFIG/scenarios.json    [{system, passed, checks}]
  build/CONFIG/bounds.json       {entry: instructions}
  build/CONFIG/bounds_functions.json  {function of the linked kernel: instructions}
  build/CONFIG/bounds_operations.json  [[operation of the core, instructions counted by the soak or null, bound]]
  build/bench.json               {operation: {median, min, max}}
  build/CONFIG/coverage.json     {"systems": {system: [function]}, "dissolved": [function]}
  proofs/data/mutation.json, spec_mutation.json, asm_mutation.json
                                 {"commit": ..., "mutants": {name: [what ..., verdict, what noticed it ...]}}
  build/CONFIG/mutation.json ... the same without "commit": of a sample, or of a run cut off
  proofs/data/stability.json     {"commit", "goals", "stable", "variations": {name: ...}, "unstable": [goal]}
  build/CONFIG/stability.json    the same, of some files
  proofs/data/soak.json          {"commit", "calls", "entries", "operations": {operation: instructions}, "command"}
"""
import dataclasses
import hashlib
import json
import pathlib
import re
import subprocess
import time

LINE = re.compile(r"\[wp\] \[(\w+)[^\]]*\] Goal typed_(?:wp_)?(\w+) : Valid(.*)")
VERDICTS = {"killed", "survived", "same code", "does not compile", "refused"}
KIND = re.compile(r"(?:ensures|assigns|terminates|assert|loop|exits|requires|complete|disjoint)(?:_|$)")


@dataclasses.dataclass
class Result:
    data: object
    file: str            # below the tree
    command: str
    about: str = ""      # the text that it was measured on, in words
    current: bool = True
    whole: bool = True   # not a sample, nor a part


def day(path):
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))


class Data:
    def __init__(self, root, config="default"):
        self.root, self.config = pathlib.Path(root), config
        self.build = f"build/{config}"
        self.theorems = self.proved("build/theorems.json", "make theorems")
        self.wp = self.proved(f"{self.build}/wp.json", "make proof")
        self.smoke = self.proved(f"{self.build}/smoke.json", "make smoke")
        self.arch = self.newer(f"{self.build}/arch.json", "make arch-proof", ("arch/x86", "core"))
        kernel = ("core", "arch/x86", "config")
        self.scenarios = self.newer(f"{self.build}/scenarios.json", "make scenarios", kernel + ("user",))
        self.bounds = self.newer(f"{self.build}/bounds.json", "make bounds", kernel)
        self.function_bounds = self.newer(f"{self.build}/bounds_functions.json", "make bounds", kernel)
        self.operations = self.newer(f"{self.build}/bounds_operations.json", "make bounds", kernel)
        self.bench = self.newer("build/bench.json", "make bench", kernel + ("user",))
        self.coverage = self.newer(f"{self.build}/coverage.json", "make coverage", kernel + ("user",))
        self.mutation = self.either("mutation", "make mutants SAMPLE=all", ("core", "proofs/bridge"))
        self.spec_mutation = self.either("spec_mutation", "make spec-mutants", ("spec",))
        self.asm_mutation = self.either("asm_mutation", "make asm-mutants", ("arch/x86",))
        self.c_mutation = self.either("c_mutation", "make c-mutants", ("arch/x86",))
        self.stability = self.either("stability", "make stability", ("core", "spec", "arch/x86"))
        self.soak = self.committed("soak", "make soak", ("core", "arch/x86", *self.machine()),
                                   "core, arch/x86 and the machine")

    # ---- reading
    def read(self, name):
        """(path, its JSON), or None; what cannot be read counts as not there, and is said."""
        path = self.root / name
        try:
            return path, json.loads(path.read_text())
        except OSError:
            return None
        except ValueError:
            print(f"report: {name} is no JSON and is left out; make it anew")
            return None

    def proved(self, name, command):
        """Results that carry the hash of each file that they are about."""
        found = self.read(name)
        if not found:
            return None
        path, data = found
        changed = [f for f, sha in data.get("files", {}).items() if not self.is_text(f, sha)]
        about = f"{name} of {day(path)}, " + (
            f"of another text: {', '.join(sorted(changed)[:3])} changed since" if changed
            else f"of this text ({len(data.get('files', {}))} files compared)")
        return Result(data, name, command, about, not changed)

    def is_text(self, file, sha):
        path = self.root / file
        return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha

    def newer(self, name, command, folders):
        """Results without hashes: they are older than a file of these folders, or not."""
        found = self.read(name)
        if not found:
            return None
        path, data = found
        made = path.stat().st_mtime
        changed = [str(f.relative_to(self.root)) for folder in folders for f in sorted((self.root / folder).rglob("*"))
                   if f.is_file() and f.stat().st_mtime > made and "__pycache__" not in f.parts]
        about = f"{name} of {day(path)}, " + (
            f"older than {', '.join(changed[:3])}" if changed else "newer than every file that it is about")
        return Result(data, name, command, about, not changed)

    def machine(self):
        """The files of spec/ that are run beside the kernel; the others are theorems about them."""
        linked = (self.root / "proofs" / "linked.txt").read_text()
        return sorted({f"spec/{name}.mlw" for name in re.findall(r"^(\w+):", linked, re.M)} | {"spec/inv.mlw"})

    def committed(self, name, command, folders, words=""):
        """Figures that take hours: a file of the tree, with the commit that it was measured on."""
        words = words or ", ".join(folders)
        found = self.read(f"proofs/data/{name}.json")
        if not found:
            return None
        commit, _, more = str(found[1].get("commit", "")).partition(" ")
        dirty = bool(more) or commit.endswith("-dirty")
        commit = commit.removesuffix("-dirty")
        changed = None if dirty else self.changed_since(commit, folders)
        about = f"proofs/data/{name}.json, measured on commit {commit[:12] or 'unknown'}"
        about += " with changes that are not in it" * dirty
        about += {None: "; whether the text changed since is not known here",
                  False: f"; {words} are as they were",
                  True: f"; of {words} something changed since"}[changed]
        return Result(found[1], f"proofs/data/{name}.json", command, about, not changed)

    def either(self, name, command, folders):
        """Committed figures of a full run; otherwise what the last run here found, which may be a part."""
        found = self.committed(name, command, folders) or self.newer(f"{self.build}/{name}.json", command, folders)
        if found and not found.file.startswith("proofs/"):
            found.about, found.whole = found.about + "; a sample, or a part", False
        data = found.data if found and isinstance(found.data, dict) else {}
        every = data.get("mutants there are", 0)
        if every > len(data.get("mutants", ())):
            found.about, found.whole = found.about + f"; of {every:,} mutants that there are", False
        return found

    def changed_since(self, commit, folders):
        """Whether tracked files of these folders differ from a commit; None if git cannot say."""
        if not re.fullmatch(r"[0-9a-f]{7,40}", commit):
            return None
        try:
            done = subprocess.run(["git", "-C", str(self.root), "diff", "--quiet", commit, "--", *folders],
                                  capture_output=True)
        except OSError:
            return None
        return {0: False, 1: True}.get(done.returncode)

    def text(self):
        """The text that this report is about, in words."""
        try:
            done = subprocess.run(["git", "-C", str(self.root), "describe", "--always", "--dirty", "--abbrev=12"],
                                  capture_output=True, text=True)
        except OSError:
            return "a tree without git"
        return f"commit {done.stdout.strip()}" if done.returncode == 0 else "a tree without git"

    # ---- more than one file together
    def details(self, functions):
        """{function: [(goal, prover, milliseconds, steps)]} of the run that wp.json is about."""
        path, out = self.root / self.build / "proof" / "wp.log", {}
        if not self.wp or not path.exists():
            return out
        between = (self.root / self.wp.file).stat().st_mtime - path.stat().st_mtime
        if not 0 <= between < 60:
            print(f"report: {self.build}/proof/wp.log is of another run than {self.wp.file} and is left out")
            return out
        for line in path.read_text().splitlines():
            found = LINE.match(line)
            owner = owner_of(found[2], functions) if found else None
            if owner:
                out.setdefault(owner, []).append((found[2], found[1].lower(), *spent(found[3])))
        return out

    def mutants(self):
        """{function: [(mutant, verdict, goal)]} and where they are from: the full run, or a sample."""
        out = {}
        for name, words in (self.mutation.data.get("mutants", {}) if self.mutation else {}).items():
            verdict, goal = verdict_of(words)
            out.setdefault(re.sub(r"-[0-9a-f]{6}(\.\d+)?$", "", name), []).append((name, verdict, goal))
        return out, self.mutation


def verdict_of(words):
    """(verdict, what noticed it) of a mutant's entry; before them it may say what was changed."""
    at = next((n for n, w in enumerate(words) if w in VERDICTS), None)
    if at is None:
        raise ValueError(f"no verdict in {words}")
    return words[at], words[at + 1] if at + 1 < len(words) else ""


def spent(text):
    """(milliseconds, steps or None) of `(Qed:12ms) (210ms) (48347)`."""
    groups = re.findall(r"\(([^)]*)\)", text)
    times = [float(n) * {"ms": 1, "s": 1000}[unit] for g in groups
             for n, unit in re.findall(r"^(?:Qed:)?([\d.]+)(ms|s)$", g)]
    steps = [int(g) for g in groups if g.isdigit()]
    return int(sum(times)), steps[0] if steps else None


def owner_of(goal, functions):
    """The function that a goal's name begins with: `answer_call_send_message_requires_wf` is one
    of answer_call or of answer, as what follows tells."""
    for name in functions:
        rest = goal.removeprefix(name + "_")
        called = re.match(r"call_(\w+?)(?:_\d+)?_(?:requires|terminates|variant)", rest)
        if rest != goal and (called and called[1] in functions or not called and KIND.match(rest)):
            return name
    return None
