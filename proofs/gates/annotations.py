"""No annotation of the C code is believed without proof.

Catches: axioms and admitted clauses, global and type invariants, which WP ignores,
statement contracts, which WP skips, `ensures \\false` without `requires \\false`, which
makes everything after a call provable, ghost code, bodies for linked names, which the
driver silently overrides, and logic symbols without a definition. These only the file MACHINE
may have, as the names of instructions: an `axiomatic` block of nothing but `logic integer` names.
"""
import re

BANNED = [
    (r"\baxiom(atic)?\b", "an axiom: only bridge.py makes axioms"),
    (r"\badmit\b", "an admitted clause"),
    (r"\b(global|type)\s+invariant\b", "WP ignores global and type invariants"),
    (r"\bghost\b", "ghost code"),
    (r"\b(logic|predicate|type)\b[^;={(]*\bspec_\w*\s*([;={(<]|reads\b|$)", "a linked name may not be defined here"),
    (r"\binductive\b", "an inductive definition: put it into spec/"),
    (r"\bimport\b|\bmodel\b|\bextended\b", "not a part of ACSL that is used here"),
]
MACHINE = "arch/x86/machine.h"
NAMES = r"\s*axiomatic\s+machine\s*\{(?:\s*logic\s+integer\s+\w+\s*\([\w\s*,]*\)\s*;)+\s*\}\s*"
LOGIC = r"\b(?:logic|predicate)\b[^;=]*;"


def check(tree):
    out = []
    for source in tree.core() + tree.arch():
        for a in source.annotations:
            where = f"{source.name}:{a.line}"
            text = re.sub(r"//[^\n]*", "", a.text)
            if source.name == MACHINE and re.fullmatch(NAMES, text):
                continue
            out += [f"{where}: {why}" for pattern, why in BANNED if re.search(pattern, text)]
            if source.name.startswith("core/") and re.search(r"\\separated\b", text):
                out.append(f"{where}: \\separated: the tables of the core are separate objects")
            if re.search(LOGIC, text) and "reads" not in text.split(";")[0]:
                out.append(f"{where}: a logic symbol without definition")
            if re.search(r"\bensures\b[^;]*\\false", text) \
                    and not re.search(r"\brequires\b[^;]*\\false|\bterminates\s+\\false", text):
                out.append(f"{where}: `ensures \\false` without `requires \\false`")
        out += statements(source)
    return out


def statements(source):
    """Inside functions only loop annotations and assertions have a meaning."""
    out = []
    for function in source.functions:
        for a in function.inside:
            text = a.text.strip()
            if not re.match(r"(loop\s|assert\b|check\b)", text) \
                    or re.search(r"(?<!loop )\b(requires|ensures|behavior)\b|(?<!loop )\bassigns\b",
                                 text):
                out.append(f"{source.name}:{a.line}: a statement contract: WP skips it")
    return out
