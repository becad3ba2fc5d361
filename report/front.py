"""The first page: the claim, the figures, and what is not covered."""
import figures
import prose
from page import Page, code, esc, link, section, table


def claims(report):
    """The claim in VERIFY.md, without the table of promises, which follows with its verdicts."""
    text = prose.part(report.text("VERIFY.md"), "The claim")
    return prose.blocks("\n\n".join(b for b in text.split("\n\n") if not b.startswith("|")))


def promise_table(report):
    import promises
    return table(["promise", "verdict"], [[link(promises.place(n), n), promises.verdict(report, n)]
                                          for n in report.promises])


def operation_table(report):
    """What the soak counted of each operation, in the core alone, beside its bound."""
    if not report.data.operations:
        return f"<p>Not measured here; run {code('make bounds')}.</p>"
    rows = [[esc(what), "-" if most is None else f"{most:,}", f"{limit:,}"]
            for what, most, limit in report.data.operations.data]
    return ("<p>Instructions of the core alone, in the debug image, that a system call (or another entry) takes for an "
            "operation: the most that make soak counted, and the bound that make bounds computes from the machine "
            "code and the proved loop variants.</p>" + table(["operation", "counted", "at most"], rows))


def page(report):
    body = ('<p class="lead">Postern is a small capability kernel for x86-64 whose core is proved. This report shows '
            "the evidence: what is claimed, what was measured and by which command, and what is not covered.</p>")
    body += (f"<p>Made from {esc(report.data.text())}, configuration {code(report.config)}, by {code('make report')}. "
             "A figure is shown only if the file of its results is there; otherwise the command that makes it is "
             "named. Nothing on this page is written by hand but these sentences; the claim, and what is not "
             f"covered, are taken from {code('VERIFY.md')}.</p>")
    body += section("The claim", claims(report), "claim")
    body += section("Promises", promise_table(report), "promises")
    body += section("Figures", figures.section(report), "figures")
    body += section("Operations", operation_table(report), "operations")
    body += section("Not covered", prose.blocks(prose.part(report.text("VERIFY.md"), "Not covered")), "not-covered")
    return Page("index.html", "What is proved, and what is not", body, kind="page", words="claim figures not covered")
