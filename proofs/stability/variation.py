"""What is varied: the solver's seed, the limits, the names and the order of a file.

What random choices the solvers make is decided by their seeds. Z3's is used in the search.
cvc5 takes two seeds, but makes no random choice unless told to: its counts of steps are
the same under every seed (`seeds_matter`, measured in each run). What varies cvc5 is the
other order.
"""
import dataclasses

import provers
from stability import shuffle

SEEDS = {"z3": ["smt.random_seed={0}", "sat.random_seed={0}"],
         "cvc5": ["--seed={0}", "--sat-random-seed={0}"]}
PROBE = (8, 7)


@dataclasses.dataclass(frozen=True)
class Variation:
    name: str
    share: float = 1.0   # of each limit
    seed: int = 0        # of the solver; 0: as it is
    shuffled: int = 0    # the seed of names and order; 0: as they are

    def command(self, prover, limit):
        """The clock that stands behind a limit is not halved: it is there for slow machines."""
        words = provers.command(prover, limit * self.share, provers.GUARD / self.share)
        seeds = SEEDS[provers.solver(prover)] if self.seed else []
        return words + [word.format(self.seed) for word in seeds]

    def text(self, given):
        return shuffle.shuffle(given, self.shuffled) if self.shuffled else given


AS_IS = Variation("as verified")


def variations(seeds):
    return ([Variation("half", share=0.5), Variation("names", shuffled=1)]
            + [Variation(f"seed {n}", 0.5, n, n) for n in range(1, seeds + 1)])


def pigeons(pigeons, holes):
    """So many pigeons do not fit into so many holes: a file that makes a solver guess."""
    def sits(p, h):
        return f"p{p}h{h}"

    lines = ["(set-logic ALL)"]
    lines += [f"(declare-fun {sits(p, h)} () Bool)" for p in range(pigeons) for h in range(holes)]
    lines += [f"(assert (or {' '.join(sits(p, h) for h in range(holes))}))" for p in range(pigeons)]
    lines += [f"(assert (not (and {sits(p, h)} {sits(q, h)})))"
              for h in range(holes) for q in range(pigeons) for p in range(q)]
    return "\n\n".join(lines + ["(check-sat)"]) + "\n"


def counts(solver, varied, folder):
    """The steps of a solver on the probe under each of some variations."""
    out = []
    for n, variation in enumerate(varied):
        path = folder / f"probe-{solver}-{n}.smt2"
        path.write_text(variation.text(pigeons(*PROBE)))
        proved, answer, _, steps = provers.judge(
            variation.command(f"{solver}a", 3) + [str(path)], 120)
        if not proved:
            raise SystemExit(f"stability: {solver} does not prove {path}, which is true: {answer}")
        out.append(steps)
    return out


def seeds_matter(folder, seeds):
    """{solver: do its steps depend on the seed alone?}; names and order must matter to both."""
    folder.mkdir(parents=True, exist_ok=True)
    out = {}
    for solver in SEEDS:
        seeded = counts(solver, [Variation("", seed=n) for n in range(seeds + 1)], folder)
        shuffled = counts(solver, [Variation("", shuffled=n) for n in range(seeds + 1)], folder)
        if len(set(shuffled)) == 1:
            raise SystemExit(f"stability: {solver} takes the same steps under all names and "
                             "orders: is what it is given shuffled (proofs/stability/shuffle.py)?")
        out[solver] = len(set(seeded)) > 1
    if not out["z3"]:
        raise SystemExit("stability: z3 takes the same steps under every seed: is it given one "
                         "(proofs/stability/variation.py)?")
    return out
