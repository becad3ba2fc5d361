"""A page for each promise: sentence, theorem, canary, what its proof rests on, what shows it."""
import re

from page import Page, badge, code, esc, fold, link, section, source, table

LIST = "promises.html"


def place(name):
    return f"promise/{name}.html"


def sentence(report, name):
    """The comment above its theorem, and VERIFY.md's words in the list."""
    return report.statement(name)[0].comment


def in_words(report):
    """{promise: the words of VERIFY.md's table}"""
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", report.text("VERIFY.md"), re.M))


def verdict(report, name):
    found = [report.goal(d) for d in report.statement(name)]
    if None in found:
        return badge("not measured here", "") + f" run {code('make theorems')}"
    return badge("proved", "good") if all(r["proved"] for r in found) else badge("not proved", "bad")


def goal_row(report, d):
    r = report.goal(d)
    said = "not measured here" if r is None else (
        f"proved by {r['prover']} in {r['time']:.1f} s" if r["proved"] else "not proved")
    return source(report.lit.whyml(d.text, d.file, d.module, d.name)) + \
        f'<p class="note">{esc(said)}; {link(d.place, f"spec/{d.file}.mlw:{d.line}")}</p>'


def canaries(report, name):
    """The false variants whose names begin with the promise's."""
    out = []
    for f in report.spec.files:
        for m in f.modules:
            out += [d for d in m.declarations if f.name.startswith("canary/") and d.kind == "goal"
                    and re.fullmatch(rf"{name}(_\w+)?", d.name)]
    return out


def canary_row(report, d):
    r = report.goal(d)
    said = ("not measured here" if r is None else
            "PROVED, which must not be" if r["proved"] else "not proved, as it should be")
    return (f"<p>{esc(d.comment)}.</p>" + source(report.lit.whyml(d.text, d.file, d.module, d.name))
            + f'<p class="note">{esc(said)}; {link(d.place, f"spec/{d.file}.mlw:{d.line}")}</p>')


def rests(report, name):
    """What the statement unfolds to, what of it is C, and the lemmas behind its proof."""
    stated = {}
    for d in report.statement(name):
        stated.update({(x.file, x.anchor): x for x in report.spec.unfolds(d)})
    used = sorted(stated.values(), key=lambda d: (d.file, d.line))
    c = sorted({n for d in used for n in report.equal.get(d.name, ()) if report.lit.of_spec(d.name) is d})
    text = "<p>The statement speaks of these definitions, directly or through others; what it says of "
    text += "the C code rests on the proofs that these functions of core/ equal theirs.</p>"
    text += fold(f"{len(used)} definitions of spec/", by_file(used))
    text += fold(f"{len(c)} functions of core/", "<p>" + ", ".join(
        link(report.functions[n].place, n) for n in c) + "</p>" + c_verdict(report, c))
    return text + lemmas(report, name)


def lemmas(report, name):
    """What the provers may use for the theorem itself."""
    modules = [m for m in report.spec.visible("top", "Top")[1:] if m in report.spec.modules]
    count = sum(d.kind == "lemma" for m in modules for d in report.spec.modules[m].declarations)
    same = [d for goal in report.statement(name) for d in report.spec.named[goal.name]
            if d.kind == "lemma" and (d.file, d.module) in modules]
    text = (f"<p>For the theorem the provers may use the {count:,} lemmas, each proved itself, of the {len(modules)} "
            f"modules that {link('spec/top.html', 'spec/top.mlw')} uses, directly or through others; which they "
            "needed is not recorded.")
    if same:
        text += " Lemmas of the same name: " + ", ".join(link(d.place, f"{d.module}.{d.name}") for d in same) + "."
    return text + "</p>" + fold(f"{len(modules)} modules", "<p>" + ", ".join(
        link(f"spec/{f}.html#{m}", f"{f}.{m}") for f, m in modules) + "</p>")


def by_file(used):
    files = {}
    for d in used:
        files.setdefault(d.file, []).append(link(d.place, d.name))
    return table(["file", "definitions"], [[link(f"spec/{f}.html", f), ", ".join(names)]
                                           for f, names in files.items()])


def c_verdict(report, names):
    found = report.data.wp
    if not found:
        return f"<p>Their goals were not measured here; run {code('make proof')}.</p>"
    goals = [p for n in names for p in found.data["functions"].get(n, {}).values()]
    return f"<p>{sum(goals)} of their {len(goals)} goals proved; {esc(found.about)}.</p>"


def shown(report, name):
    found = report.shown[name]
    if not found:
        return ("<p>Every system of " + link("scenarios.html", "the scenarios") + " starts from an accepted "
                f"boot image and runs; {code('make refusals')} boots those that are not accepted.</p>")
    rows = [[link(f"scenario/{s}.html#{n}", n), link(f"scenario/{s}.html", s), report.passed(s)] for s, n in found]
    return table(["check", "system", "result"], rows)


def page(report, name):
    words = in_words(report).get(name, "")
    body = f"<p class=\"lead\">{report.markdown(words)}</p>" + f"<p>{verdict(report, name)}</p>"
    stated = f"<p>{esc(sentence(report, name))}</p>" + "".join(goal_row(report, d) for d in report.statement(name))
    body += section("Theorem", stated, "theorem")
    found = canaries(report, name)
    body += section("Canary", "<p>A plausible false variant: no prover may prove it.</p>"
                    + "".join(canary_row(report, d) for d in found), "canary")
    body += section("What it rests on", rests(report, name), "rests")
    body += section("Scenarios that show it", shown(report, name), "scenarios")
    return Page(place(name), name, body, kind="promise", words=re.sub(r"[`*]", "", words),
                heading=code(name), part_of=LIST)


def index(report):
    words = in_words(report)
    rows = [[link(place(n), n), report.markdown(words.get(n, "")), verdict(report, n)] for n in report.promises]
    body = ("<p>Each promise is a theorem of " + link("spec/top.html", "spec/top.mlw") +
            " about every step from every state that a run can reach.</p>" +
            table(["promise", "in words", "verdict"], rows))
    return Page(LIST, "Promises", body, kind="list", words="theorems")


def pages(report):
    return [index(report)] + [page(report, n) for n in report.promises]
