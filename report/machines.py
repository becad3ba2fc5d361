"""The state diagrams of process, fault and proxy, drawn from what walk.py finds in spec/."""
from graph import svg
from page import Page, code, esc, fold, link, section, table

MANY = 5      # so many states from which the same functions lead to one state are drawn as one
RULE = """<p>These diagrams are computed from the text of {step} each time the report is made
(report/walk.py). The four entries are followed through every function that they call, both ways at
each <code>if</code>. A <strong>state</strong> is the value of the fields named below the title. An
<strong>edge</strong> is a micro-step ({micro}) that sets such a field to another value. It carries the
innermost function whose text names the new value, and it comes from each state that the conditions on
the way, and the invariant at rest ({inv}: {in_place}, {standing}, {slots_kind}), leave possible. So no
change is missed, but an edge may stand here that no run takes. <code>make report-test</code> runs the
core on random events and compares: a change that is no edge is an error, and the edges that did not
occur are named. Steps that leave the fields as they
are, are not drawn. Where five or more states lead to the same state by the same functions, they are drawn
as one, with a dashed line.</p>"""


class Machine:
    """A projection of cells (run state, held, stored) to names of states."""

    def __init__(self, name, title, fields, project, first):
        self.name, self.title, self.fields, self.project, self.first = name, title, fields, project, first

    def edges(self, report):
        """{(from, to): {function: {entry: path}}}"""
        out = {}
        for c in report.changes:
            a, b = self.project(c.before), self.project(c.after)
            if a != b:
                paths = out.setdefault((a, b), {}).setdefault(c.function, {})
                if c.entry not in paths or len(c.path) < len(paths[c.entry]):
                    paths[c.entry] = c.path
        return out


def machines(report):
    number = report.walker.resting.number
    names = {n: c.removeprefix("st_").capitalize() for c, n in number.items() if c.startswith("st_")}
    faults = {number["st_faulted"]: "Pending", number["st_delivered"]: "Delivered"}
    return [
        Machine("process", "A process", "run_state", lambda c: names[c[0]], boots(report, names)),
        Machine("fault", "A fault", "run_state, as far as it tells of a fault",
                lambda c: faults.get(c[0], "No fault"), {"No fault"}),
        Machine("proxy", "A target of proxied messages", "held, and whether proxy_reply is Null",
                lambda c: ("Held" if c[1] else "Free") + (", reply stored" if c[2] else ""), {"Free"})]


def boots(report, names):
    """The states in which `boot_state` (spec/init.mlw) starts a process."""
    found = report.spec.find("boot_state", "init", "Init")
    number = report.walker.resting.number
    return {names[number[d.name]] for d in report.spec.mentions(found) if d.name in number and number[d.name] in names
            and d.name.startswith("st_")}


def joined(edges):
    """Edges to one state by the same functions from many states become one: {(froms, to): functions}"""
    out = {}
    for (a, b), functions in edges.items():
        out.setdefault((b, frozenset(functions)), []).append(a)
    drawn = []
    for (b, functions), froms in out.items():
        drawn += [(tuple(sorted(froms)), b, functions)] if len(froms) >= MANY else \
            [((a,), b, functions) for a in froms]
    return drawn


def drawing(report, machine):
    edges = machine.edges(report)
    states = sorted({s for pair in edges for s in pair})
    nodes = {s: {"URL": f"#{anchor(machine, s)}", "class": "first" if s in machine.first else ""} for s in states}
    lines = []
    for froms, b, functions in sorted(joined(edges)):
        more = {"class": "many"} if len(froms) > 1 else {}
        a = many(froms, states) if len(froms) > 1 else froms[0]
        if len(froms) > 1:
            nodes[a] = {"class": "group"}
        # one function one line, each a link: an edge has one label, so each gets an edge
        for f in sorted(functions):
            lines.append((a, b, {"label": f, "URL": f"spec/{there(report, f)}", **more}))
    return svg(nodes, lines, f"{machine.title}: states by {machine.fields}")


def many(froms, states):
    rest = [s for s in states if s not in froms]
    return "any state" if not rest else "any but " + ", ".join(rest) if len(rest) <= 2 else ", ".join(froms)


def there(report, function):
    return report.spec.find(function, "step", "Step").place.removeprefix("spec/")


def anchor(machine, state):
    return f"{machine.name}-{state.lower().replace(' ', '-').replace(',', '')}"


def rows(report, machine):
    out, seen = [], set()
    for (a, b), functions in sorted(machine.edges(report).items()):
        for f, paths in sorted(functions.items()):
            mark = "" if a in seen else f' id="{anchor(machine, a)}"'
            seen.add(a)
            c = ", ".join(link(report.functions[n].place, n) for n in report.equal.get(f, ()))
            longest = max(paths.values(), key=len)
            out.append([f"<span{mark}>{esc(a)}</span>", esc(b), link(f"spec/{there(report, f)}", f),
                        c or "-", ", ".join(sorted(paths)), " → ".join(code(n) for n in longest)])
    missing = sorted({s for pair in machine.edges(report) for s in pair} - seen)
    return out, "".join(f'<p id="{anchor(machine, s)}">No edge leads from {esc(s)}.</p>' for s in missing)


def part(report, machine):
    found, missing = rows(report, machine)
    heads = ["from", "to", "function", "in C", "entries", "one way there"]
    first = f"<p>First, after booting: {esc(', '.join(sorted(machine.first)))} (thick line).</p>" \
        if machine.first else ""
    return section(machine.title, first + drawing(report, machine) + missing
                   + fold(f"The {len(found)} edges as a table", table(heads, found)), machine.name)


def page(report):
    def named(name, module):
        return link(report.spec.find(name, *module).place, name)
    parts = ("inv", "Parts")
    body = RULE.format(step=link("spec/step.html", "spec/step.mlw"), micro=link("spec/micro.html", "spec/micro.mlw"),
                       inv=link("spec/inv.html", "spec/inv.mlw"),
                       in_place=named("in_place", parts), standing=named("standing", parts),
                       slots_kind=named("slots_kind", parts))
    body += "".join(part(report, m) for m in machines(report))
    return Page("machines.html", "State diagrams", body, kind="list", words="process fault proxy states edges")
