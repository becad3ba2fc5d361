"""What provers said, remembered between runs: a run that was stopped goes on."""
import hashlib
import json
import pathlib
import re
import threading

import provers
import prune
import search
import tasks
import triggers
from stability import shuffle, variation

BUILD = provers.ROOT / "build" / "stability"
# An answer that the clock gave is not remembered: the next time there may be more time.
LASTING = {"unsat", "sat", "unknown"}


def digest(*texts):
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]


def sources(*modules):
    return digest(*(pathlib.Path(m.__file__).read_text() for m in modules))


class Answers:
    """{key: (proved, answer, seconds, steps)}, a line each."""

    def __init__(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.known, self.lock, self.path = {}, threading.Lock(), path
        if path.exists():
            for line in path.read_text().splitlines():
                try:
                    key, *answer = json.loads(line)
                    self.known[key] = tuple(answer)
                except ValueError:   # the run was stopped while it wrote the line
                    pass
        with open(path, "a") as file:   # the end of a line that was not written to its end
            file.write("\n")

    def add(self, key, answer):
        with self.lock:
            self.known[key] = answer
            with open(self.path, "a") as file:
                file.write(json.dumps([key, *answer]) + "\n")


class Runner:
    """Runs provers under a variation; stands where search.Runner does."""

    def __init__(self, varied, answers, folder, wp=False):
        self.varied, self.answers, self.folder, self.wp = varied, answers, folder, wp
        self.code = sources(prune, triggers, shuffle, variation)
        self.broken = []

    def given(self, prover, path):
        """WP's files are given as Why3 prints them, the theorems' as provers.text makes them."""
        printed = path.read_text()
        return self.varied.text(printed if self.wp else provers.text(prover, printed))

    def key(self, prover, path, command):
        printed = re.sub(r"^;; File .*\n", "", path.read_text(), flags=re.M)
        return digest(self.code, prover, str(self.wp), provers.VERSION[provers.solver(prover)],
                      " ".join(command), str(self.varied.shuffled), printed)

    def run(self, prover, path, limit, guard=provers.GUARD):
        command = self.varied.command(prover, limit)
        key = self.key(prover, path, command)
        answer = self.answers.known.get(key)
        if answer is None:
            answer = self.ask(prover, path, command, limit, key)
            if answer[1] in LASTING:
                self.answers.add(key, answer)
        if answer[1].startswith("error") and "memory" not in answer[1]:
            self.broken.append(f"{path.name} ({prover}): {answer[1]}")
        return answer

    def ask(self, prover, path, command, limit, key):
        self.folder.mkdir(parents=True, exist_ok=True)
        given = self.folder / f"{key}-{threading.get_ident()}.smt2"   # two goals can be the same
        try:
            given.write_text(self.given(prover, path))
        except shuffle.Unreadable as e:
            return False, f"error: {e}", 0.0, 0
        try:
            return provers.judge(command + [str(given)], 30 + 2 * provers.GUARD * limit)
        finally:
            given.unlink()


class Kept(search.Printer):
    """Prints what Why3 prints once, as long as nothing changes that it prints from."""

    def __init__(self, load, paths):
        super().__init__(load)
        read = sorted({p for folder in load for p in pathlib.Path(folder).glob("*.mlw")} | set(paths))
        read += sorted(provers.DRIVERS.iterdir())
        self.folder = BUILD / "printed" / digest(*(f"{p}\n{p.read_text()}" for p in read))

    def make(self, path, prover, stem, only, split):
        some = digest(*sorted(map(str, only))) if only else ""
        out = self.folder / (stem + some)
        done = out / "done"
        if done.exists():
            return tasks.collect(path, out, split)
        goals = tasks.print_goals(path, prover, out, self.load, only, split)
        done.touch()
        return goals
