"""The figures of the first page: each with its command, and the text that it was measured on."""
import collections
import dataclasses

from page import badge, code, esc, table

GOOD, BAD = "good", "bad"


@dataclasses.dataclass
class Figure:
    name: str
    command: str
    value: str = ""       # "" if it was not measured here
    about: str = ""
    good: object = None   # whether it is as it should be; None if there is no such thing
    aim: str = ""

    def row(self):
        if not self.value:
            return [esc(self.name), badge("not measured here", "") + f" run {code(self.command)}", esc(self.aim),
                    code(self.command), "-"]
        mark = {None: "", True: " " + badge("yes", GOOD), False: " " + badge("no", BAD)}[self.good]
        return [esc(self.name), esc(self.value) + mark, esc(self.aim), code(self.command), esc(self.about)]


def of(name, result, command, read, aim=""):
    """read: data -> (value, good); what has not the form of its format is not shown."""
    if result is None:
        return Figure(name, command, aim=aim)
    try:
        value, good = read(result.data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Figure(name, command, aim=aim, value=f"{result.file} cannot be read ({error!r})", good=False)
    return Figure(name, command, value, result.about, good if result.current else None, aim)


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
        said = ", ".join(f"{name} {n:,}" for name, n in data.items() if isinstance(n, int))
        if not bench or "syscall_entry" not in data:
            return said, None
        most, name = max((r["max"], name) for name, r in bench.data.items())
        return f"{said}; most counted: {most:,} ({name})", most <= data["syscall_entry"]
    return read


def mutation(reasons, goal):
    """Killed of those that a goal could have noticed; survivors with a reason do not count."""
    def read(data):
        count = collections.Counter(m[0] for m in data["mutants"].values())
        excused = sum(m[0] == "survived" and name in reasons for name, m in data["mutants"].items())
        judged = count["killed"] + count["survived"] - excused
        if not judged:
            raise ValueError("no mutant was judged")
        score = 100 * count["killed"] / judged
        return (f"{score:.1f} %: {count['killed']} killed, {count['survived']} survived ({excused} with a reason), "
                f"of {len(data['mutants'])}"), score >= goal
    return read


def numbers(data):
    """A file of figures whose form is its target's own: every number in it, by name."""
    flat = [(k, v) for k, v in data.items() if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if not flat:
        raise ValueError("it has no numbers")
    return ", ".join(f"{k.replace('_', ' ')} {v:,}" for k, v in flat), None


def figures(report):
    d = report.data
    count = report.audit
    share = count["proof"] / max(count["code"], 1)
    out = [
        of("Theorems about the machine", d.theorems, "make theorems", theorems, "all"),
        of("Canaries: false variants", d.theorems, "make theorems", canaries, "none proved"),
        of("Goals of core/", d.wp, "make proof", goals, "all"),
        of("Smoke tests: no contract is dead", d.smoke, "make smoke", smoke, "all"),
        of("Goals of the boot code", d.arch, "make arch-proof", arch, "all"),
        of("Scenarios in ring 3", d.scenarios, "make scenarios", scenarios, "all"),
        of("Mutation score, all of core/", d.mutation, "make mutants SAMPLE=all", mutation(report.reasons, 98), "98 %"),
        of("Mutation score, a sample", d.sample, "make mutants SAMPLE=100", mutation(report.reasons, 98), "98 %"),
        of("Mutation score, assembly", d.asm_mutation, "make asm-mutants", mutation(report.asm_reasons, 90), "90 %"),
        of("Most instructions of an entry", d.bounds, "make bounds", bounds(d.bench), "counted is at most the bound"),
        of("Solver stability", d.stability, "make stability", numbers, "100 %"),
        of("System calls compared with the machine", d.soak, "make soak", numbers, "10,000,000 without difference"),
        Figure("Proof text", "make audit", f"{share:.2f} lines for each line of core C ({count['proof']:,} : "
               f"{count['code']:,})", "counted when this page was made", share <= 3, "at most 3"),
        Figure("Assembly", "make audit", f"{count['assembly']} lines", "counted when this page was made",
               count["assembly"] <= 300, "at most 300")]
    return out


def section(report):
    return table(["figure", "value", "aim", "command", "measured on"], [f.row() for f in figures(report)])
