"""The index of the search box: a script, for a page opened from a file can fetch nothing."""
import json


def entries(report, pages):
    """[name, what it is, place, more words]"""
    out = [[p.title, p.kind, p.path, p.words] for p in pages if p.kind]
    for m in report.spec.modules.values():
        out += [[d.name, f"{d.kind} of spec/{d.file}.mlw", d.place, ""] for d in m.declarations]
    for system, names in report.expected.items():
        out += [[n, f"check of {system}", f"scenario/{system}.html#{n}", ""] for n in names]
    return out


def script(report, pages):
    rows = ",\n".join(json.dumps(e) for e in entries(report, pages))
    return f"var INDEX = [\n{rows}\n];\n"
