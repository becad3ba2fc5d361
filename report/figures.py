"""The figures of the first page: each with its command, and the text that it was measured on."""
import collections
import dataclasses
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "harness"))

from bounds import ENTRIES  # noqa: E402
from data import verdict_of  # noqa: E402
from page import badge, code, esc, fold, items, table  # noqa: E402

GOOD, BAD = "good", "bad"


@dataclasses.dataclass
class Figure:
    name: str
    command: str
    value: str = ""       # "" if it was not measured here
    about: str = ""
    good: object = None   # whether it is as it should be; None if there is no such thing
    aim: str = ""
    kept: bool = True     # whether its target leaves a file of results

    def row(self):
        if not self.value:
            why = "not measured here" if self.kept else "not kept"
            more = "" if self.kept else "; it prints its figure, and leaves no file"
            return [esc(self.name), badge(why, "") + f" run {code(self.command)}{more}", esc(self.aim),
                    code(self.command), "-"]
        mark = {None: "", True: " " + badge("met", GOOD), False: " " + badge("not met", BAD)}[self.good]
        return [esc(self.name), esc(self.value) + mark, esc(self.aim), code(self.command), esc(self.about)]


def of(name, result, command, read, aim=""):
    """read: data -> (value, good); what has not the form of its format is not shown."""
    if result is None:
        return Figure(name, command, aim=aim)
    try:
        value, good = read(result.data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Figure(name, command, aim=aim, value=f"{result.file} cannot be read ({error!r})", good=False)
    return Figure(name, command, value, result.about, good if result.current and result.whole else None, aim)


def theorems(data):
    real = [r for r in data["goals"].values() if not r["canary"]]
    proved = sum(r["proved"] for r in real)
    return f"{proved} of {len(real)} proved", proved == len(real)


def canaries(data):
    found = [r for r in data["goals"].values() if r["canary"]]
    left = sum(not r["proved"] for r in found)
    return f"{left} of {len(found)} not proved", left == len(found)


def goals(data):
    rows, said = data["table"].values(), data["messages"]
    proved, every = sum(r["proved"] for r in rows), sum(r["goals"] for r in rows)
    return f"{proved:,} of {every:,} proved" + (f", {len(said)} messages of Frama-C" if said else ""), \
        proved == every and not said


def smoke(data):
    found = [p for g in data["functions"].values() for p in g.values()]
    return f"{sum(found)} of {len(found)} passed", all(found)


def arch(data):
    rows = data["table"].values()
    return f"{sum(r['proved'] for r in rows)} of {sum(r['goals'] for r in rows)} proved", not data["wrong"]


def scenarios(data):
    return (f"{sum(r['passed'] for r in data)} of {len(data)} systems, {sum(r['checks'] for r in data)} checks",
            all(r["passed"] for r in data))


def bounds(bench):
    """The bound of each entry, and beside it the most that was counted."""
    def read(data):
        said, good = ", ".join(f"{ENTRIES.get(name, name)} {n:,}" for name, n in data.items()), None
        if bench:
            most, name = max((r["max"], name) for name, r in bench.data.items())
            said, good = f"{said}; most counted by make bench: {most:,} ({name})", most <= data["syscall_entry"]
        return said, good
    return read


def operations(data):
    """How near the soak came to the bounds of the operations of the core."""
    counted = [(most, limit, what) for what, most, limit in data if most is not None]
    said = f"{len(data)} operations have a bound, {len(counted)} were counted by make soak"
    if counted:
        most, limit, what = max(counted, key=lambda row: row[0] / row[1])
        said += f", {what} most nearly: {most:,} of {limit:,}"
    return said, len(counted) == len(data) and all(most <= limit for most, limit, _ in counted)


def mutation(reasons, goal):
    """Killed of those that could have been noticed; survivors with a reason do not count."""
    def read(data):
        verdicts = {name: verdict_of(words)[0] for name, words in data["mutants"].items()}
        count = collections.Counter(verdicts.values())
        excused = sum(v == "survived" and name in reasons for name, v in verdicts.items())
        judged = count["killed"] + count["survived"] - excused
        if not judged:
            raise ValueError("no mutant was judged")
        score = 100 * count["killed"] / judged
        return (f"{score:.1f} %: {count['killed']} killed, {count['survived']} survived ({excused} with a reason), "
                f"of {len(verdicts)}; {100 * count['killed'] / (judged + excused):.1f} % if no reason counts"), score >= goal
    return read


def stability(data):
    share = 100 * data["stable"] / data["goals"]
    return (f"{share:.2f} %: {data['stable']:,} of {data['goals']:,} goals stable under {len(data['variations'])} "
            "variations"), data["stable"] == data["goals"]


def soak(data):
    return f"{data['calls']:,} system calls, {data['entries']:,} entries, no difference", data["calls"] >= 10_000_000


def scores(report):
    d = report.data
    return [
        of("Mutation score of core/", d.mutation, "make mutants SAMPLE=all", mutation(report.reasons, 98), "98 %"),
        of("Mutation score of specification and contracts", d.spec_mutation, "make spec-mutants",
           mutation(report.spec_reasons, 98), "98 %"),
        of("Mutation score of the assembly", d.asm_mutation, "make asm-mutants", mutation(report.asm_reasons, 90),
           "90 %"),
        of("Mutation score of the boot code's C", d.c_mutation, "make c-mutants", mutation(report.c_reasons, 98), "98 %"),
        of("Solver stability", d.stability, "make stability", stability, "100 %"),
        Figure("Random events on the host, compared with the machine", "make oracle", aim="1,000,000", kept=False),
        of("System calls, booted, compared with the machine", d.soak, "make soak", soak, "10,000,000"),
        of("Most instructions of an entry", d.bounds, "make bounds", bounds(d.bench), "counted at most the bound"),
        of("Most instructions of an operation", d.operations, "make bounds", operations,
           "each counted, at most the bound")]


def proofs(report):
    d = report.data
    return [
        of("Theorems about the machine", d.theorems, "make theorems", theorems, "all"),
        of("Canaries: false variants", d.theorems, "make theorems", canaries, "none proved"),
        of("Goals of core/", d.wp, "make proof", goals, "all"),
        of("Smoke tests: no contract is dead", d.smoke, "make smoke", smoke, "all"),
        of("Goals of the boot code", d.arch, "make arch-proof", arch, "all"),
        of("Scenarios in ring 3", d.scenarios, "make scenarios", scenarios, "all")]


def lines(report):
    count, now = report.audit, "counted when this page was made"
    share = count["proof"] / max(count["code"], 1)
    return [Figure("Proof text", "make audit", f"{share:.2f} lines for each line of core C ({count['proof']:,} : "
                   f"{count['code']:,})", now, share <= 3, "at most 3"),
            Figure("Assembly", "make audit", f"{count['assembly']} lines", now, count["assembly"] <= 300, "at most 300")]


def figures(report):
    return proofs(report) + scores(report) + lines(report)


def unstable(report):
    """The goals that some variation of the solvers does not prove, by name."""
    found = report.data.stability.data.get("unstable") if report.data.stability else None
    return fold(f"The {len(found)} goals that are not stable", items([code(g) for g in found])) if found else ""


def section(report):
    return table(["figure", "value", "aim", "command", "measured on"], [f.row() for f in figures(report)]) \
        + unstable(report)
