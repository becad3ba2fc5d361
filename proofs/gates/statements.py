"""What is claimed is what the committed list says (proofs/expected/statements.txt).

A theorem that is weakened still proves, under its old name. So the list holds the text of
each theorem of spec/top.mlw, and of each definition that stands behind it and that the C
code is not compared with. (The definitions of the linked modules are the machine: a change
of one of those fails in the proof of the C function that is equal to it.) Also of what the
headers of arch/x86 define about memory, and of what the boot code ensures of it in the end.
Catches: a statement that says something else than when the list was last read.
"""
import re

from .common import lines, plain
from .spectext import modules

LIST = "proofs/expected/statements.txt"
ITEM = re.compile(r"^\s*(function|predicate|constant|inductive|goal|type)\s+(\w+)\b.*?"
                  r"(?=^\s*(?:function|predicate|constant|type|lemma|goal|axiom|use|clone"
                  r"|meta|end|module|inductive|let\s+(?:rec|lemma|ghost|function|predicate))\b|\Z)",
                  re.M | re.S)  # `let x = ...` may begin a line of a definition
TOP = "top.mlw"
LOGIC = re.compile(r"\b(?:predicate|logic|lemma)\b.*?(?=\b(?:predicate|logic|lemma)\b|\Z)", re.S)
END = "image_init"  # of arch/x86: after it nothing changes page tables


def linked(tree):
    """{(file's stem, module)}: what the C code is compared with."""
    return {tuple(line.split()[0].split(":")) for line in lines(tree.path("proofs/linked.txt"))}


def items(tree):
    """[(file's stem, module, name, text)] of what spec/ defines, outside the machine."""
    machine, out = linked(tree), []
    for path in sorted((tree.root / "spec").glob("*.mlw")):
        for module, _, body in modules(plain(path)):
            if (path.stem, module) in machine:
                continue
            for found in ITEM.finditer(body):
                if "=" in found[0] or found[1] == "goal":
                    out.append((path.stem, module, found[2], " ".join(found[0].split()), found[1]))
    return out


def statements(tree):
    """One line for each theorem of top.mlw, and for each definition that they need."""
    every = items(tree)
    defined = {}
    for item in every:
        if item[4] != "goal":
            defined.setdefault(item[2], []).append(item)
    found = {i for i in every if i[0] == TOP[:-4]}
    front = set(found)
    while front:
        names = {w for i in front for w in re.findall(r"\w+", i[3])}
        front = {i for n in names for i in defined.get(n, [])} - found
        found |= front
    return [f"{file}.{module}.{name}: {text}" for file, module, name, text, _ in sorted(found)]


def title(text):
    """What a definition defines; a contract is that of END."""
    found = re.match(r"(?:predicate|lemma|logic\s+\w+)\s+(\w+)", text)
    return found[1] if found else END


def memory(tree):
    """The same of arch/x86: what page tables mean, and that they are so."""
    out = []
    for source in tree.arch():
        name = source.name.split("/")[-1]
        if name.endswith(".h"):
            texts = [re.sub(r"//[^\n]*", "", a.text) for a in source.annotations]
            out += [found[0] for text in texts if LOGIC.match(text.lstrip()) for found in LOGIC.finditer(text)]
        out += [f.contract for f in source.functions if f.name == END]
    return sorted(f"arch.{title(text)}: {' '.join(text.split())}" for text in out)


def check(tree):
    listed, found = set(lines(tree.path(LIST))), set(statements(tree) + memory(tree))
    gone, new = listed - found, found - listed

    def name(line):
        return line.split(":")[0]
    changed = {name(x) for x in gone} & {name(x) for x in new}
    return [f"{n}: its text is not that of {LIST}" for n in sorted(changed)] + \
        [f"{name(x)} is gone ({LIST})" for x in sorted(gone) if name(x) not in changed] + \
        [f"{name(x)} is not in {LIST}" for x in sorted(new) if name(x) not in changed]
