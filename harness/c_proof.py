"""What the proof of arch/x86 says of mutants: quickly, many in one run, and fully, of one."""
import collections
import concurrent.futures
import re
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "proofs"))
import arch_wp  # noqa: E402
from mutation import arch_proof  # noqa: E402

EFFORT = ["-p", "cvc5a", "-t", "1"]  # a goal that fails takes each prover's limit


def is_proved(file):
    """Or does proofs/expected/arch.txt say why it is not?"""
    return not arch_wp.expected(arch_wp.EXPECTED.read_text())[file][1]


def planted(mutants, folder):
    """A copy of arch/x86 with these: of a file the last place comes first, so that the others are where they were."""
    arch_proof.copy(folder)
    for m in sorted(mutants, key=lambda m: -m.place):
        path = folder / m.file
        path.write_text(m.apply(path.read_text()))
    return folder


class Rounds:
    """Each round has one mutant of every function that has one left."""

    def __init__(self, mutants, config, folder, together):
        self.config, self.folder, self.together = config, folder, together
        queues = collections.defaultdict(list)
        for m in mutants:
            queues[m.function].append(m)
        self.rounds = []
        while any(queues.values()):
            self.rounds.append([queue.pop() for queue in queues.values() if queue])
        self.before = collections.Counter()   # goals that this effort leaves of the code as it is

    def prove(self, mutants, name, places=None):
        """{function: goals left} of a round; None if the proof did not run."""
        folder = planted(mutants, self.folder / name)
        left, said = arch_proof.prove(folder, places or {(m.file, m.function) for m in mutants}, self.config, EFFORT)
        shutil.rmtree(folder)
        return left if arch_proof.ended(said) else None

    def lost(self, mutants, name):
        """[(mutant, the first goal that was proved without it)]. Where Frama-C refuses a round, it says nothing
        of the one that it refuses."""
        left = self.prove(mutants, name)
        if left is None and len(mutants) > 1:
            middle = len(mutants) // 2
            return self.lost(mutants[:middle], name) + self.lost(mutants[middle:], name)
        new = {m: list((collections.Counter(left[m.function]) - self.before).elements()) for m in mutants} if left else {}
        return [(m, goals[0]) for m, goals in new.items() if goals]

    def killed(self):
        """Pairs as of lost(), of all rounds, as they come."""
        if not self.rounds:
            return
        places = {(m.file, m.function) for r in self.rounds for m in r}
        base = self.prove([], "round-base", places)
        if base is None:
            raise OSError("Frama-C does not prove arch/x86 as it is: see `make arch-proof`")
        self.before = collections.Counter(goal for goals in base.values() for goal in goals)
        start = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(self.together) as pool:
            jobs = [pool.submit(self.lost, r, f"round-{n}") for n, r in enumerate(self.rounds)]
            for n, job in enumerate(jobs, 1):
                yield from job.result()
                print(f"c-mutants: {n} of {len(jobs)} rounds proved, {time.monotonic() - start:.0f} s", flush=True)


def fails(place, config, folder, change=None):
    """The first goal of a function that the verdict's provers do not prove, or what Frama-C warns of; '' if there is nothing."""
    planted([change] if change else [], folder)
    left, said = arch_proof.prove(folder, {place}, config, [])
    shutil.rmtree(folder)
    warned = re.search(r"^\[\w+\] .*[Ww]arning:\s*(.*(?:\n +.*)*)", said, re.M)
    if left[place[1]]:
        return left[place[1]][0]
    return " ".join(warned[1].split()) if warned and " 0 complaints" not in said else ""
