"""The functions of core/: text, contract, and the function of spec/ that each equals."""
import dataclasses
import re

import csource

EQUAL = re.compile(r"ensures\s+(?:refines|is):\s*(.*?);", re.S)
SAME = re.compile(r"(?:==|<==>)\s*(?:\\let[^;]*;)?\s*spec_(\w+)\s*\(")


@dataclasses.dataclass
class Function:
    name: str
    file: str            # core/proxy.c
    line: int
    comment: str
    contract: str        # of prototype and definition
    header: str          # text of the prototype with its contract; "" for a static function
    header_file: str
    text: str            # of the definition, with a contract if it stands there
    static: bool
    equals: tuple        # names of functions of spec/
    mentions: tuple      # other functions of core/ that the body names

    @property
    def place(self):
        return f"core/{self.name}.html"


def paragraph(text, line):
    """Where the lines begin that stand right above a line, without an empty one between."""
    rows = text.splitlines(keepends=True)
    while line > 1 and rows[line - 2].strip() and not rows[line - 2].startswith("#"):
        line -= 1
    return sum(len(r) for r in rows[:line - 1])


def whole(source, function):
    """The text of a prototype or a definition, with what is said above it."""
    start = sum(len(r) for r in source.text.splitlines(keepends=True)[:function.line - 1])
    opens = re.compile(r"[;{]").search(source.code, start)
    stop = source.end_of_block(opens.start()) if function.defined else opens.end()
    return source.text[paragraph(source.text, function.line):stop]


def comment(text):
    """The words above a function, without its contract."""
    found = re.match(r"/\*(?!@)(.*?)\*/", text.strip(), re.S)
    return re.sub(r"\s+", " ", found[1]).strip() if found else ""


def equals(contract):
    """What the contract says that it is, as names of spec/."""
    names = [n for clause in EQUAL.findall(contract) for n in SAME.findall(clause)]
    return tuple(dict.fromkeys(names))


def read(root):
    """{name: Function} for what core/*.c defines."""
    sources = csource.read(root, ("core",))
    heads, out = {}, {}
    for source in sources:
        for f in source.functions:
            if not f.defined:
                heads[f.name] = (source, f)
    defined = {f.name: (source, f) for source in sources for f in source.functions if f.defined}
    for name, (source, f) in sorted(defined.items()):
        head = whole(*heads[name]) if name in heads else ""
        text = whole(source, f)
        contract = (heads[name][1].contract if name in heads else "") + f.contract
        used = set(re.findall(r"\b(\w+)\s*\(", f.body)) & set(defined) - {name}
        out[name] = Function(name, source.name, f.line, comment(head) or comment(text), contract, head,
                             heads[name][0].name if name in heads else "", text, f.static,
                             equals(contract), tuple(sorted(used)))
    return out
