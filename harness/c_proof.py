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

# A goal that fails takes each prover's limit. So first there is one prover with little; the functions
# of which it leaves a goal are tried with two and more, and then as the verdict tries them. Many run at
# a time: the clock must be far behind the limit, or it takes a goal away where no bug does.
VERDICT = ["--guard", "100"]
EFFORTS = [["-p", "cvc5a", "-t", "0.3", "--guard", "300"], ["-p", "cvc5a,z3d", "-t", "1", "--guard", "100"], VERDICT]


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


def rounds(mutants):
    """In each one mutant of every function that has one left."""
    queues = collections.defaultdict(list)
    for m in mutants:
        queues[m.function].append(m)
    while any(queues.values()):
        yield [queue.pop() for queue in queues.values() if queue]


class Rounds:
    """Many mutants, all of different functions, in one run of the proof."""

    def __init__(self, config, folder, together):
        self.config, self.folder, self.together = config, folder, together

    def prove(self, mutants, name, places, effort):
        """{function: goals left} of these places; None if the proof did not run."""
        folder = planted(mutants, self.folder / name)
        left, said = arch_proof.prove(folder, places, self.config, effort)
        shutil.rmtree(folder)
        return left if arch_proof.ended(said) else None

    def lost(self, mutants, name, effort):
        """[(mutant, its first goal that is not proved)]. Where Frama-C refuses a round, nothing is said of the one
        that it refuses."""
        left = self.prove(mutants, name, {(m.file, m.function) for m in mutants}, effort)
        if left is None and len(mutants) > 1:
            middle = len(mutants) // 2
            return self.lost(mutants[:middle], name, effort) + self.lost(mutants[middle:], name, effort)
        return [(m, left[m.function][0]) for m in mutants if left and left[m.function]]

    def sound(self, mutants, effort):
        """Those whose functions this effort proves as they are: of others a lost goal would say nothing."""
        places = sorted({(m.file, m.function) for m in mutants})
        files = sorted({file for file, _ in places})
        parts = [[p for p in places if p[0] in files[n::self.together]] for n in range(min(self.together, len(files)))]
        with concurrent.futures.ThreadPoolExecutor(self.together) as pool:
            left = list(pool.map(lambda n: self.prove([], f"as-it-is-{n}", parts[n], effort), range(len(parts))))
        if None in left:
            raise OSError("Frama-C does not prove arch/x86 as it is: see `make arch-proof`")
        whole = {place for part, goals in zip(parts, left) for place in part if not goals[place[1]]}
        return [m for m in mutants if (m.file, m.function) in whole]

    def killed(self, mutants):
        """Pairs as of lost(), of all rounds, as they come."""
        start = time.monotonic()
        for effort in EFFORTS:
            mine = self.sound(mutants, effort) if mutants else []
            mutants = [m for m in mutants if m not in mine]
            print(f"c-mutants: {len(mine)} to be proved with {' '.join(effort)}, "
                  f"{time.monotonic() - start:.0f} s", flush=True)
            with concurrent.futures.ThreadPoolExecutor(self.together) as pool:
                jobs = [pool.submit(self.lost, r, f"round-{n}", effort) for n, r in enumerate(rounds(mine))]
                for n, job in enumerate(jobs, 1):
                    yield from job.result()
                    print(f"c-mutants: {n} of {len(jobs)} rounds proved, {time.monotonic() - start:.0f} s", flush=True)


def fails(place, config, folder, change=None):
    """The first goal of a function that the verdict's provers do not prove, or what Frama-C warns of; '' if there is nothing."""
    planted([change] if change else [], folder)
    left, said = arch_proof.prove(folder, {place}, config, VERDICT)
    shutil.rmtree(folder)
    warned = re.search(r"^\[\w+\] .*[Ww]arning:\s*(.*(?:\n +.*)*)", said, re.M)
    if left[place[1]]:
        return left[place[1]][0]
    return " ".join(warned[1].split()) if warned and " 0 complaints" not in said else ""
