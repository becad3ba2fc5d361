"""The tools are the ones that the ledger names, and its entries are complete.

Catches: another version of a prover, Why3, Frama-C or compiler, and an entry of the
ledger without a reason or with a test that does not exist.
"""
import re

SECTIONS = {"assembly": "symbol", "contract": "function", "entry": "function", "text": "file",
            "assumption": "name"}


def check(tree):
    import tools
    ledger, out = tree.ledger(), []
    for tool, expected in ledger["tools"].items():
        found = tools.version(tool)
        if found != expected:
            out.append(f"{tool} is {found or 'not installed'}, the ledger says {expected}")
    for section, key in SECTIONS.items():
        for entry in ledger.get(section, []):
            name = f"proofs/ledger.toml: {section} `{entry.get(key, '?')}`"
            out += [f"{name} has no {k}" for k in (key, "reason", "test") if not entry.get(k)]
            if section == "text" and not tree.path(entry.get("file", "?")).exists():
                out.append(f"{name} does not exist")
            place = re.split(r"[\s,;:]", entry["test"])[0] if entry.get("test") else ""
            if "/" in place and not tree.path(place).exists():
                out.append(f"{name}: no test {place}")
    return out
