"""A page for each file of spec/, and the graph of who uses whom."""
from graph import svg
from page import Page, code, esc, fold, items, link, section, source, table

LIST = "modules.html"


def place(file):
    return f"spec/{file}.html"


def files_used(report, file):
    return sorted({u[0] for m in file.modules for u in m.uses if u[0] != file.name and u[0] in report.spec.by_file})


def users(report, file):
    return [f.name for f in report.spec.files if file.name in files_used(report, f)]


def neighbours(report, file):
    """The file between those that it uses and those that use it, if they are not too many to draw."""
    uses, used = files_used(report, file), users(report, file)
    names = dict.fromkeys([file.name, *uses, *used])
    up = "../" * place(file.name).count("/")
    nodes = {n: {"URL": up + place(n), "class": "here" if n == file.name else ""} for n in names}
    edges = [(file.name, n, {}) for n in uses] + [(n, file.name, {}) for n in used]
    text = (f"<p>Uses {', '.join(link(place(n), n) for n in uses) or 'no other file'}. "
            f"Used by {', '.join(link(place(n), n) for n in used) or 'no other file'}.</p>")
    return text + (svg(nodes, edges, f"What spec/{file.name}.mlw uses, and what uses it", "LR")
                   if 1 < len(names) <= 24 else "")


def proved(report, d):
    """How a lemma or goal went."""
    if d.kind not in ("lemma", "goal"):
        return ""
    r = report.goal(d)
    if r is None:
        return "not measured here"
    word = "proved" if r["proved"] else "not proved"
    return f"{word}, {r['prover']}, {r['time']:.1f} s" if r["proved"] else word


def declaration(report, d):
    same = [report.functions[n] for n in report.equal.get(d.name, ()) if report.lit.of_spec(d.name) is d]
    more = []
    if same:
        more.append("in C: " + ", ".join(link(f.place, f.name) for f in same))
    if proved(report, d):
        more.append(esc(proved(report, d)))
    note = f'<p class="note">{"; ".join(more)}</p>' if more else ""
    text = f"<p>{esc(d.comment)}</p>" if d.comment else ""
    lit = report.lit.whyml(d.text, d.file, d.module, d.name)
    return f'<div class="declaration" id="{esc(d.anchor)}">{text}{source(lit)}{note}</div>'


def module(report, m):
    counts = {}
    for d in m.declarations:
        counts[d.kind] = counts.get(d.kind, 0) + 1
    said = ", ".join(f"{n} {k}{'s' if n > 1 else ''}" for k, n in counts.items()) or "nothing of its own"
    uses = ", ".join(link(f"{place(u[0])}#{u[1]}", f"{u[0]}.{u[1]}") for u in m.uses if u in report.spec.modules)
    body = f"<p>{esc(said)}." + (f" Uses {uses}." if uses else "") + "</p>"
    return section(f"module {m.name}", body + "".join(declaration(report, d) for d in m.declarations), m.name)


def page(report, file):
    body = f"<p>{esc(file.comment)}</p>" if file.comment else ""
    body += f"<p>{code(f'spec/{file.name}.mlw')}</p>" + neighbours(report, file)
    if len(file.modules) > 1:
        body += items([f'<a href="#{m.name}">{esc(m.name)}</a>' for m in file.modules])
    body += "".join(module(report, m) for m in file.modules)
    return Page(place(file.name), f"spec/{file.name}.mlw", body, kind="specification",
                words=" ".join(m.name for m in file.modules), part_of=LIST)


def roles(report):
    """Which files define the machine, state the promises, or prove them."""
    linked = {line.split(":")[0] for line in report.lines("proofs/linked.txt")}
    step = {key[0] for key in report.spec.visible("step", "Step")}
    out = {"The machine": [], "The claim": [], "Seen by the proof of the C code": [], "Proofs": [], "Canaries": []}
    for f in report.spec.files:
        role = ("Canaries" if f.name.startswith("canary/") else "The claim" if f.name in ("top", "inv", "dealings")
                else "The machine" if f.name in step | {"init", "image"} else
                "Seen by the proof of the C code" if f.name in linked else "Proofs")
        out[role].append(f)
    return out


def needed(uses, name):
    """What a file uses that it does not reach by another one that it uses."""
    def reached(start):
        seen, left = set(), list(uses[start])
        while left:
            one = left.pop()
            if one not in seen:
                seen.add(one)
                left += uses[one]
        return seen
    return [n for n in uses[name] if not any(n in reached(other) for other in uses[name] if other != n)]


def index(report):
    body = ("<p>The specification in WhyML: the machine that the C code is proved to equal, its invariant, the "
            "promises, and their proofs. The page to begin with is " + link(place("top"), "spec/top.mlw") + ".</p>")
    machine = [f for f in roles(report)["The machine"]]
    names = {f.name for f in machine}
    nodes = {f.name: {"URL": place(f.name)} for f in machine}
    edges = [(f.name, n, {}) for f in machine for n in files_used(report, f) if n in names]
    body += svg(nodes, edges, "The files of the machine; an arrow leads to what is used")
    for role, found in roles(report).items():
        rows = [[link(place(f.name), f.name), esc(f.comment.split(". ")[0].rstrip(".") or "-"),
                 str(sum(len(m.declarations) for m in f.modules))] for f in found]
        body += section(role, table(["file", "what it says", "declarations"], rows))
    every = {f.name: {"URL": place(f.name)} for f in report.spec.files}
    uses = {f.name: files_used(report, f) for f in report.spec.files}
    edges = [(a, b, {}) for a in uses for b in needed(uses, a)]
    body += section("All files", fold("Draw all files and what they use", svg(
        every, edges, "All files of spec/; an arrow leads to what is used, unless other arrows lead there")))
    return Page(LIST, "Specification", body, kind="list", words="spec WhyML modules")


def pages(report):
    return [index(report)] + [page(report, f) for f in report.spec.files]
