"""The scenarios: a page for each system, with its checks and the programs that make them."""
import re

from page import Page, badge, code, esc, fold, link, section, source, table

LIST = "scenarios.html"


def place(system):
    return f"scenario/{system}.html"


def programs(report, system):
    """The files of the system and its programs, as far as the system file names them."""
    folder = report.root / "user"
    file = folder / "systems" / f"{system}.toml"
    named = re.findall(r'"([\w-]+)\.elf"', file.read_text()) if file.exists() else []
    out = [file] if file.exists() else []
    for name in dict.fromkeys(named):
        if (folder / "programs" / name).is_dir():
            out += sorted(p for p in (folder / "programs" / name).iterdir() if p.suffix in (".c", ".S", ".h"))
        elif (folder / "programs" / f"{name}.c").exists():
            out.append(folder / "programs" / f"{name}.c")
    return out


def promises(report, system, name):
    return [p for p, found in report.shown.items() if (system, name) in found]


def where(name, texts):
    """The file in which a check stands by its name, or by its first part."""
    for wanted in (f'"{name}"', f'"{name.split("/")[0]}/', f'"{name.split("/")[0]}"'):
        for path, text in texts.items():
            if wanted in text:
                return path
    return ""


def page(report, system):
    files = programs(report, system)
    texts = {str(p.relative_to(report.root)): p.read_text() for p in files}
    first = next(iter(texts.values()), "")
    said = re.match(r"(?:# ?.*\n)+", first)
    body = f"<p>{esc(re.sub(r'(?m)^# ?', '', said[0]).strip())}</p>" if said else ""
    body += (f"<p>{len(report.expected[system])} checks; {report.passed(system)}. The names are those of "
             f"{code(f'harness/expected/{system}.txt')}: a check that is missing is a failure.</p>")
    rows = [[f'<span id="{esc(n)}">{code(n)}</span>', code(where(n, texts)) if where(n, texts) else "-",
             ", ".join(link(f"promise/{p}.html", p) for p in promises(report, system, n)) or "-"]
            for n in report.expected[system]]
    body += section("Checks", table(["check", "made in", "shows"], rows), "checks")
    text = "".join(fold(code(name), source(report.lit.c(t) if not name.endswith(".toml") else esc(t)))
                   for name, t in texts.items())
    body += section("System and programs", text, "programs")
    return Page(place(system), f"Scenarios: {system}", body, kind="scenarios",
                words=" ".join(report.expected[system]), part_of=LIST)


def index(report):
    found = report.data.scenarios
    said = found.about if found else "The results were not measured here; run make scenarios"
    rows = [[link(place(s), s), str(len(names)), report.passed(s)] for s, names in report.expected.items()]
    body = ("<p>Systems of ring-3 processes, booted in QEMU with the kernel that was proved. Each process checks what "
            f"it sees and reports by name. {esc(said)}.</p>" + table(["system", "checks", "result"], rows))
    return Page(LIST, "Scenarios", body, kind="list", words="tests ring 3 QEMU")


def passed(report, system):
    """How a system went, as HTML."""
    found = report.data.scenarios
    mine = [r for r in found.data if r["system"] == system] if found else []
    if not mine:
        large = "/" in system
        command = "make scenarios" + (f" CONFIG={system.split('/')[0]}" if large else "")
        return f"not measured here; run {code(command)}"
    return badge("passed", "good") if mine[0]["passed"] else badge("failed", "bad")


def pages(report):
    return [index(report)] + [page(report, s) for s in report.expected]
