"""Goals of WhyML files, printed by Why3 as one SMT-LIB file each."""
import collections
import dataclasses
import pathlib
import re
import shutil
import subprocess
import sys

import provers

ROOT = provers.ROOT
NOISE = re.compile(r"axiom \w+ does not contain any local abstract symbol|"
                   r"unused variable")


@dataclasses.dataclass(frozen=True)
class Goal:
    file: str    # spec/inv.mlw
    module: str
    name: str
    copy: int    # 0, or a running number if one module has the name twice

    def __str__(self):
        tail = f"#{self.copy}" if self.copy else ""
        return f"{self.file.removeprefix('spec/')}:{self.module}.{self.name}{tail}"


def complaints(stderr):
    """Why3's messages without the two kinds of warning that mean nothing here."""
    out, where = [], None
    for line in stderr.splitlines():
        if re.match(r'File "[^"]*", line', line):
            where = line
        elif line.startswith("warning:") and NOISE.search(line):
            where = None
        elif line.strip():
            out += [where] if where else []
            out.append(line)
            where = None
    return out


def print_goals(path, prover, out, load, only=None, split=False):
    """Let Why3 print goals of a file for a prover, all or `only` some:
    {Goal: [SMT file, ...]}. A goal has one file, or with `split` one for each part.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    cmd = ["why3", "prove"]
    for folder in load:
        cmd += ["-L", str(folder)]
    cmd += ["-D", str(provers.driver(prover)), "-o", str(out)]
    cmd += ["-a", "split_vc"] if split else []
    cmd += [str(path)]
    for module in sorted({g.module for g in only or []}):
        cmd += ["-T", module]
        for name in sorted({g.name for g in only if g.module == module}):
            cmd += ["-G", name]
    conf = provers.why3_conf(ROOT / "build" / "proof" / "why3.conf", 1)
    done = subprocess.run(cmd, capture_output=True, text=True, env=provers.environment(conf))
    if done.returncode != 0 and only:
        # the goals of a `let lemma` have no name that can be asked for
        return print_goals(path, prover, out, load, None, split)
    said = complaints(done.stderr)
    if said:
        print("\n".join(said), file=sys.stderr)
    if done.returncode != 0:
        raise SystemExit(f"{path}: Why3 refuses the file")
    return collect(path, out, split)


def collect(path, out, split):
    path = pathlib.Path(path).resolve()
    name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
    stem, copies, goals = path.stem, collections.Counter(), {}
    found = []
    for smt in out.glob("*.smt2"):
        text = smt.read_text()
        goal = re.findall(r"^;; Goal (\S+)$", text, re.M)[-1]
        module = smt.name.removeprefix(stem + "-").split("-", 1)[0]
        serial = re.search(r"(\d*)\.smt2$", smt.name)[1]
        found.append((module, goal, int(serial or 0), smt))
    for module, goal, _, smt in sorted(found, key=lambda f: f[:3]):
        copy = 0 if split else copies[module, goal]
        copies[module, goal] += 1
        goals.setdefault(Goal(name, module, goal, copy), []).append(smt)
    return goals
