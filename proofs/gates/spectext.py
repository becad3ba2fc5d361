"""spec/ defines and proves; it assumes nothing.

Catches: axioms outside interface modules, `val`, `assume`, `any`, `diverges` and
`admit`; symbols without definition, but for the parameters of modules that are cloned,
the generated bridge and what the ledger lists; theories of Why3
that the ledger does not list; metas but the one that maps need.
"""
import re

BANNED = [
    (r"\bval\b", "`val` declares without proof"),
    (r"\b(assume|admit)\b", "an assumption"),
    (r"\bany\b", "`any` makes a value of nothing"),
    (r"\bdiverges\b|\bpartial\b", "a function that need not end"),
    (r"\bexception\b|\braises\b", "an exception"),
]
CLONE = r"\bclone\s+(?:import\s+|export\s+)?([\w.]+)"
METAS = {"select_inst", "select_lsinst", "select_lskept"}
SYMBOL = re.compile(r"^\s*(function|predicate|constant|type)\s+(\w+)\b(.*?)"
                    r"(?=^\s*(?:function|predicate|constant|type|lemma|goal|axiom|let|use|clone"
                    r"|meta|end|module|inductive)\b)", re.M | re.S)


def modules(text):
    """[(name, line, text)] of the modules of a file."""
    from .common import where
    found = list(re.finditer(r"^\s*module\s+(\w+)", text, re.M))
    ends = [f.start() for f in found[1:]] + [len(text)]
    return [(f[1], where(text, f.start()), text[f.start():end]) for f, end in zip(found, ends)]


def interface(body):
    """A module with axioms: it counts only through clones (gate `interfaces`)."""
    return bool(re.search(r"^\s*axiom\b", body, re.M))


def ends(paths):
    """{(file's stem, module)}: those from which `false` must fail to prove. A module
    that another one uses is left out, for its facts are among that one's; one with
    axioms is not."""
    from .common import plain, whyml
    texts = {(p.stem, name): body for p in paths for name, _, body in modules(plain(p))}
    used = set()
    for (stem, name), body in texts.items():
        for _, module in whyml.used(body):
            other = tuple(module.split(".")) if "." in module else (stem, module)
            used |= {other} - {(stem, name)}
    return {m for m, body in texts.items() if m not in used or interface(body)}


def cloned(tree):
    """Modules made to be cloned: what they leave open is a parameter."""
    from .common import plain
    out = set()
    for path in tree.spec():
        for found in re.finditer(CLONE, plain(path)):
            out.add(found[1] if "." in found[1] else f"{path.stem}.{found[1]}")
    return out


def check(tree):
    from .common import plain, where, whyml, words
    ledger, out = tree.ledger(), []
    theories = set(ledger["why3"]["theories"])
    abstract = set(ledger["why3"]["undefined"])
    seen, parameters = set(), cloned(tree)
    for path in tree.spec():
        name, text = tree.name(path), plain(path)
        local = {p.stem for p in tree.spec()}
        for pattern, why in BANNED:
            out += [f"{name}:{line}: {why}" for line, _ in words(text, pattern)]
        out += [f"{name}:{line}: meta {m[1]}" for line, m in words(text, r"\bmeta\s+\"?(\w+)")
                if m[1] not in METAS]
        for line, theory in [(where(text, at), module) for at, module in whyml.used(text)] + \
                [(line, m[1]) for line, m in words(text, CLONE)]:
            if "." in theory and theory.split(".")[0] not in local and theory not in theories:
                out.append(f"{name}:{line}: theory {theory} of Why3 is not in the ledger")
        for module, line, body in modules(text):
            for found in SYMBOL.finditer(body):
                free = interface(body) or f"{path.stem}.{module}" in parameters \
                    or name.startswith("proofs/bridge/")
                if undefined(found) and not free:
                    full = f"{path.stem}.{module}.{found[2]}"
                    seen.add(full)
                    if full not in abstract:
                        at = line + body.count("\n", 0, found.start(2))
                        out.append(f"{name}:{at}: {full} has no definition and is not in the ledger")
    return out + [f"proofs/ledger.toml: undefined `{x}` is defined or gone"
                  for x in sorted(abstract - seen)]


def undefined(found):
    return "=" not in re.sub(r"\([^()]*\)", "", found[3])
