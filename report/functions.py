"""A page for each function of core/: text, contract, goals, mutants; and the list of them."""
import re

from page import Page, badge, code, esc, fold, items, link, section, source, table

LIST = "functions.html"
SHORT = {"killed": "good", "survived": "bad"}


def goals(report, name):
    """{property: proved} of the last whole proof, or None."""
    return report.data.wp.data["functions"].get(name) if report.data.wp else None


def goal_section(report, f):
    found, spent = goals(report, f.name), report.details.get(f.name, [])
    if found is None:
        return section("Goals", f"<p>Not measured here; run {code('make proof')}.</p>", "goals")
    text = f"<p>{sum(found.values())} of {len(found)} properties proved. {esc(report.data.wp.about)}.</p>"
    rows = [[code(p), badge("proved", "good") if proved else badge("not proved", "bad")]
            for p, proved in found.items()]
    text += fold(f"All {len(found)} properties", table(["property", "verdict"], rows))
    if spent:
        rows = [[code(g), esc(prover), str(ms), "-" if steps is None else f"{steps:,}"]
                for g, prover, ms, steps in sorted(spent, key=lambda g: -g[2])]
        text += (f"<p>WP made {len(spent)} goals of them that were proved, in {sum(g[2] for g in spent) / 1000:.1f} s "
                 "together, by Frama-C's log. Qed is WP's own simplifier, which counts no steps.</p>")
        text += fold(f"All {len(spent)} goals", table(["goal", "prover", "ms", "steps"], rows))
    return section("Goals", text, "goals")


def mutant_rows(report, found):
    rows = []
    for name, verdict, goal in sorted(found, key=lambda m: (m[1] != "survived", m[0])):
        why = report.reasons.get(name, "")
        excused = why and verdict == "survived"
        word = badge(verdict + ", reason given" * bool(excused), "" if excused else SHORT.get(verdict, ""))
        diff = report.diffs.get(name)
        rows.append([code(name), word, code(goal) if goal else esc(why if excused else "-"),
                     f"<pre>{esc(diff)}</pre>" if diff else "-"])
    return rows


def mutant_section(report, f):
    if report.mutation is None:
        return section("Mutants", f"<p>Not measured here; run {code('make mutants SAMPLE=all')}.</p>", "mutants")
    found = report.mutants.get(f.name, [])
    killed = sum(v == "killed" for _, v, _ in found)
    left = sum(v == "survived" for _, v, _ in found)
    text = (f"<p>{len(found)} small changes of this function were tried: {killed} killed by a goal, {left} survived. "
            f"{esc(report.mutation.about)}.</p>")
    rows = mutant_rows(report, found)
    return section("Mutants", text + (fold(f"All {len(found)} mutants", table(
        ["mutant", "verdict", "goal that failed, or reason", "change"], rows)) if rows else ""), "mutants")


def callers(report, name):
    return [f for f in report.functions.values() if name in f.mentions]


def equal_to(report, f):
    there = [report.lit.of_spec(n) for n in f.equals]
    return [d for d in there if d]


def facts(report, f):
    """What the function is, in a few lines."""
    rows = [("Text", f"{code(f'{f.file}:{f.line}')}" + (f", declared in {code(f.header_file)}" if f.header else
                                                         ", static"))]
    same = equal_to(report, f)
    rows.append(("Equals", ", ".join(link(d.place, d.name) for d in same) + " of the specification" if same else
                 "no single function of the specification; its contract says what it does"))
    if f.mentions:
        rows.append(("Calls", ", ".join(link(report.functions[n].place, n) for n in f.mentions)))
    by = callers(report, f.name)
    rows.append(("Called by", ", ".join(link(g.place, g.name) for g in by) if by else
                 "nothing in core/: an entry, or called by the boot code"))
    bound = report.bound_of(f.name)
    rows.append(("Step bound", bound))
    rows.append(("Scenarios that ran it", ran(report, f)))
    return "<dl>" + "".join(f"<div><dt>{t}</dt><dd>{d}</dd></div>" for t, d in rows) + "</dl>"


def ran(report, f):
    found = report.data.coverage
    if not found:
        return f"not measured here; run {code('make coverage')}"
    systems = [s for s, names in found.data["systems"].items() if f.name in names]
    if f.name in found.data["dissolved"]:
        return "cannot be said: in the compiled kernel no instruction is its own"
    return ", ".join(link(f"scenario/{s}.html", s) for s in systems) if systems else \
        "none, by the compiler's line table"


def page(report, f):
    body = (f"<p>{esc(f.comment)}</p>" if f.comment else "") + facts(report, f)
    text = (source(report.lit.c(f.header)) if f.header else "") + source(report.lit.c(f.text))
    body += section("Source and contract", text, "source") + goal_section(report, f) + mutant_section(report, f)
    return Page(f.place, f.name, body, kind="function of core/", words=f"{f.file} {f.comment}",
                heading=code(f.name), part_of=LIST)


def summary(report, f):
    found = goals(report, f.name)
    mutants = report.mutants.get(f.name, [])
    return [link(f.place, f.name),
            ", ".join(link(d.place, d.name) for d in equal_to(report, f)) or "-",
            "-" if found is None else f"{sum(found.values())} of {len(found)}",
            "-" if not mutants else f"{sum(m[1] == 'killed' for m in mutants)} / "
                                    f"{sum(m[1] == 'survived' for m in mutants)}"]


def index(report):
    files = {}
    for f in report.functions.values():
        files.setdefault(f.file, []).append(f)
    body = ("<p>Every function of core/, with the function of the specification that its contract says it "
            "equals. Goals: properties proved, of all. Mutants: killed / survived.</p>")
    body += "<p>" + esc(report.data.wp.about if report.data.wp else
                        "The goals were not measured here; run make proof") + ". " + esc(
        report.mutation.about if report.mutation else
        "The mutants were not measured here; run make mutants SAMPLE=all") + ".</p>"
    body += items([f'<a href="#{anchor(file)}">{esc(file)}</a>' for file in files])
    for file, found in files.items():
        body += section(file, table(["function", "equals", "goals", "mutants"],
                                    [summary(report, f) for f in found]), anchor(file))
    return Page(LIST, "Functions", body, kind="list", words="core C functions")


def anchor(file):
    return re.sub(r"\W", "-", file)


def pages(report):
    return [index(report)] + [page(report, f) for f in report.functions.values()]
