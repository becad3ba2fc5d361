"""The trust ledger: what is believed without proof, each with its reason and its test."""
import re
import tomllib

import audit
from page import Page, code, esc, items, section, table


def names(entry, key):
    return " ".join(code(n) for n in [entry[key], *entry.get("more", [])])


def tested(report, text):
    """A test's words; a system that has scenarios is a link to them."""
    out = esc(text)
    for system in report.expected:
        out = re.sub(rf"user/systems/{re.escape(system)}\.toml",
                     f'<a href="@/scenario/{system}.html">user/systems/{system}.toml</a>', out)
    return out


def reason(entry):
    called = f" Called by {esc(', '.join(entry['callers']))}." if entry.get("callers") else ""
    return esc(entry["reason"]) + "." * bool(called) + called


def page(report):
    ledger = tomllib.loads(report.text("proofs/ledger.toml"))
    body = ("<p>Everything that is believed without proof, from " + code("proofs/ledger.toml") + ", which "
            + code("make audit") + " prints and the gates hold against the code.</p>")
    titles = [(key, title[:1].upper() + title[1:]) for key, _, title in audit.SECTIONS]
    titles += [("interface", "Interfaces, each fact of which a clone proves"), ("tools", "Tools"), ("flags", "Flags")]
    body += items([f'<a href="#{key}">{esc(title)}</a>' for key, title in titles])
    for section_of, key, _ in audit.SECTIONS:
        rows = [[names(e, key), reason(e), tested(report, e["test"])] for e in ledger.get(section_of, [])]
        body += section(dict(titles)[section_of], table(["what", "reason", "test"], rows), section_of)
    rows = [[code(e["module"]), code(e["clone"])] for e in ledger["interface"]]
    body += section(dict(titles)["interface"], table(["module", "clone"], rows), "interface")
    rows = [[code(t), esc(v)] for t, v in ledger["tools"].items()]
    body += section("Tools", table(["tool", "version"], rows), "tools")
    rows = [[code(t), " ".join(code(w) for w in words)] for t, words in ledger["flags"].items()]
    body += section("Flags", table(["tool", "words"], rows), "flags")
    return Page("ledger.html", "Trust ledger", body, kind="list", words="trust believed assembly assumptions")
