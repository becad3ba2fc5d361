"""What the mutation runs share: verdicts that are kept, samples, reasons, the report."""
import collections
import fcntl
import json
import pathlib
import random
import subprocess
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EVERY = 10  # seconds between progress lines
LONGEST = 200  # characters of what is said of one: a log may go on without end
KILLED, SURVIVED, SAME, REFUSED = "killed", "survived", "same code", "refused"


class ScoreError(Exception):
    """Nothing can be said about any mutant."""


def arguments(parser):
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sample", default="all", help="how many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--commit", action="store_true", help="write the verdicts to proofs/data, too")
    parser.add_argument("--config", default="default")


def alone(folder):
    """Two runs at once would plant in one folder: the second is refused. Keep what this gives."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = open(folder / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ScoreError(f"another run works in {folder.relative_to(ROOT)}; wait for it") from None
    return lock


def chosen(every, options):
    """The mutants of a run: those with these names, or a sample, or all."""
    unknown = set(options.names) - {m.name for m in every}
    if unknown:
        raise ScoreError(f"no mutant is named {', '.join(sorted(unknown))}: see --list")
    if options.names:
        return [m for m in every if m.name in options.names]
    if options.sample == "all":
        return every
    if not options.sample.isdigit() or int(options.sample) < 1:
        raise ScoreError(f"--sample (SAMPLE) is a number above 0, or `all`, not {options.sample!r}")
    return random.Random(options.seed).sample(every, min(int(options.sample), len(every)))


class Results:
    """{mutant's name: [verdict, by what, what it said]}, kept in build/ between runs; with `data`,
    a path, those that were committed, too.

    `text` names what is changed and judged; `judges` {name: text} those who judge, if they
    have texts of their own. A kill holds while the one who noticed is the same, and that
    nobody noticed while all are."""

    def __init__(self, path, text, judges=None, data=None):
        self.path, self.text, self.judges, self.known = path, text, judges or {}, {}
        for file in filter(None, (data, path)):
            old = json.loads(file.read_text()) if file.exists() else {}
            if old.get("text") == text:
                before = old.get("judges", {})
                every = old["mutants"] | old.get("others", {})
                self.known |= {name: short(v[-3:]) for name, v in every.items() if self.holds(name, v[-3:], before)}

    def key(self, name, judge):
        """What stands in `judges` for who noticed this mutant."""
        return judge

    def holds(self, name, verdict, before):
        if verdict[0] == SURVIVED:
            return before == self.judges
        who = self.key(name, verdict[1])
        return before.get(who) == self.judges.get(who)

    def add(self, mutant, verdict):
        self.known[mutant.name] = short(verdict)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"text": self.text, "judges": self.judges, "mutants": self.known}, indent=0) + "\n")
        new.replace(self.path)


def short(verdict):
    return [*verdict[:2], verdict[2][:LONGEST]]


def judge(word, new, verdict, results, together):
    """Try each, so many at a time."""
    start = last = time.monotonic()
    with ThreadPoolExecutor(together) as pool:
        for n, (m, said) in enumerate(zip(new, pool.map(verdict, new)), 1):
            results.add(m, said)
            if time.monotonic() - last > EVERY or n == len(new):
                last = time.monotonic()
                print(f"{word}: {n} of {len(new)} tried, {last - start:.0f} s", flush=True)


def run(word, options, every, results, bench, data, survivors, goal, together=1):
    """List, or try those that are not known and report; bench(these, results) gives the function
    that tries one, and may add some verdicts itself. The exit status."""
    start, found = time.monotonic(), chosen(every, options)
    if options.list:
        print("\n".join(f"{m.name} {m.operator}: {m.describe()}" for m in found) + f"\n{len(found)} mutants")
        return 0
    lock = alone(ROOT / "build" / f"{word}-lock")  # noqa: F841
    results = results()
    new = [m for m in found if m.name not in results.known]
    print(f"{word}: {len(found)} mutants, {len(new)} to be tried", flush=True)
    if new:
        one = bench(new, results)
        judge(word, in_any_order([m for m in new if m.name not in results.known]), one, results, together)
    if options.commit:
        commit(data, found, results, len(every))
    why = reasons(survivors)
    bare = report(word, found, results.known, why, goal, time.monotonic() - start)
    wrong = unneeded(why, found, results.known, every)
    for line in wrong:
        print(f"{word}: {line}")
    return 1 if bare or wrong or not found else 0


def unneeded(why, found, known, every):
    """The reasons that excuse nothing, as lines: they would hide what that name stands for next."""
    noticed = [m.name for m in found if m.name in why and known[m.name][0] != SURVIVED]
    return [f"a reason for {name}, which is `{known[name][0]}`: take it out" for name in noticed] + \
        [f"a reason for {name}, which is no mutant: take it out" for name in sorted(set(why) - {m.name for m in every})]


def in_any_order(mutants):
    """So that those of a run that was cut off are a sample."""
    return random.Random(0).sample(mutants, len(mutants))


def reasons(path):
    """{mutant's name: why it may survive}."""
    if not path.exists():
        return {}
    return {name: entry["reason"] for entry in tomllib.loads(path.read_text()).get("survivor", [])
            for name in entry["mutants"]}


def head():
    """The commit that is there, `-dirty` if something was changed since."""
    return subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"], cwd=ROOT,
                          capture_output=True, text=True, check=True).stdout.strip()


def commit(path, found, results, every):
    """The verdicts as data, with the commit that they are about. `others` are not drawn, so that they
    count for nothing: only a run that goes on reads them."""
    path.parent.mkdir(exist_ok=True)
    drawn = {m.name for m in found}
    path.write_text(json.dumps({
        "commit": head(), "text": results.text, "judges": results.judges, "mutants there are": every,
        "mutants": {m.name: [m.operator, m.describe(), *results.known[m.name]] for m in found},
        "others": {name: verdict for name, verdict in results.known.items() if name not in drawn}},
        indent=0) + "\n")


def show(m, why):
    print(f"{'reason given' if m.name in why else 'SURVIVED'}: {m.name}, {m.operator} ({m.describe()})")
    if m.name in why:
        print(f"    because: {why[m.name]}")


def report(word, found, known, why, goal, seconds):
    """Print figures and survivors; those without a reason are returned."""
    count = collections.Counter(known[m.name][0] for m in found)
    by = collections.Counter(known[m.name][1] for m in found if known[m.name][0] == KILLED)
    survivors = [m for m in found if known[m.name][0] == SURVIVED]
    for m in survivors:
        show(m, why)
    bare = [m for m in survivors if m.name not in why]
    if by:
        print(f"{word}: killed by " + ", ".join(f"{name} {n}" for name, n in by.most_common()))
    print(f"{word}: {len(found)} mutants: {count[KILLED]} killed, {len(survivors)} survived "
          f"({len(survivors) - len(bare)} with a reason), {count[SAME]} the same code, "
          f"{count[REFUSED]} refused as wrong text; {seconds:.0f} s")
    if count[KILLED] + len(survivors):
        print(f"{word}: score {share(count[KILLED], len(bare))}, goal {goal} %; "
              f"if no reason counts {share(count[KILLED], len(survivors))}")
    return bare


def share(killed, left):
    return f"{100 * killed / (killed + left):.1f} %" if killed + left else "-"
