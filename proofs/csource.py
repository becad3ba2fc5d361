"""The C files as the gates see them: functions, their contracts, loops, annotations."""
import dataclasses
import pathlib
import re

KEYWORDS = {"if", "for", "while", "switch", "return", "sizeof", "do", "else", "case",
            "_Static_assert", "__attribute__", "defined", "__asm__", "asm"}


@dataclasses.dataclass
class Annotation:
    text: str
    at: int
    line: int


@dataclasses.dataclass
class Function:
    name: str
    file: str
    line: int
    contract: str      # text of the annotation before it; "" if there is none
    static: bool
    body: str          # code without comments; "" for a prototype
    defined: bool
    loops: list        # [(line, annotation text)]
    inside: list       # annotations in the body


class Source:
    """One C file: `code` has every comment and annotation blanked out."""

    def __init__(self, path, root):
        self.path = pathlib.Path(path)
        self.name = str(self.path.relative_to(root))
        self.text = self.path.read_text()
        self.annotations, self.code = [], self.text
        for found in re.finditer(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", self.text, re.S):
            word = found[0]
            if word.startswith(("/*@", "//@")):
                body = word[3:-2] if word.startswith("/*") else word[3:]
                self.annotations.append(Annotation(body, found.start(), self.line(found.start())))
            blank = '""' if word[0] == '"' else ""
            blank += re.sub(r"[^\n]", " ", word[len(blank):])
            self.code = self.code[:found.start()] + blank + self.code[found.end():]
        self.functions = self.find_functions()

    def line(self, at):
        return self.text.count("\n", 0, at) + 1

    def end_of_block(self, at):
        depth = 0
        for found in re.finditer(r"[{}]", self.code[at:]):
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return at + found.end()
        return len(self.code)

    def find_functions(self):
        """Declarations at the top level that are functions."""
        code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda f: re.sub(r"[^\n]", " ", f[0]),
                      self.code, flags=re.M)
        out, start, at = [], 0, 0
        while True:
            found = re.search(r"[;{]", code[at:])
            if not found:
                return out
            stop = at + found.start()
            head = code[start:stop]
            end = stop + 1 if found[0] == ";" else self.end_of_block(stop)
            name = self.declared(head)
            if name:
                out.append(self.function(name, head, start, stop, end, found[0] == "{"))
            if found[0] == "{" and not name:   # struct, enum, initialiser: up to its `;`
                semicolon = code.find(";", end)
                end = semicolon + 1 if semicolon >= 0 else len(code)
            start = at = end

    @staticmethod
    def declared(head):
        head = re.sub(r"__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)", " ", head)
        found = re.search(r"\b(\w+)\s*\((?:[^()]|\([^()]*\))*\)\s*$", head)
        if not found or "=" in head[:found.start()] or "typedef" in head:
            return ""
        before = head[:found.start()].strip()
        return found[1] if found[1] not in KEYWORDS and re.search(r"\w|\*", before) else ""

    def function(self, name, head, start, stop, end, defined):
        before = [a for a in self.annotations if start <= a.at < stop]
        contract = "".join(a.text for a in before if re.search(
            r"\b(requires|ensures|assigns|terminates|behavior)\b", a.text))
        first = start + len(head) - len(head.lstrip())
        inside = [a for a in self.annotations if stop <= a.at < end] if defined else []
        return Function(name, self.name, self.line(first), contract,
                        bool(re.search(r"\bstatic\b", head)),
                        self.code[stop:end] if defined else "", defined,
                        self.loops(stop, end) if defined else [], inside)

    def loops(self, stop, end):
        out = []
        for found in re.finditer(r"\b(for|while|do)\b", self.code[stop:end]):
            at = stop + found.start()
            if found[0] == "while" and re.search(r"\}\s*$", self.code[stop:at]) \
                    and self.closes_do(stop, at):
                continue
            near = [a for a in self.annotations if stop <= a.at < at
                    and not self.code[a.at:at].strip()]
            out.append((self.line(at), near[-1].text if near else ""))
        return out

    def closes_do(self, stop, at):
        """Whether the `while` at this place ends a do loop."""
        depth = 0
        for i in range(self.code.rindex("}", stop, at), stop - 1, -1):
            depth += {"}": 1, "{": -1}.get(self.code[i], 0)
            if depth == 0:
                return bool(re.search(r"\bdo\s*$", self.code[stop:i]))
        return False


def read(root, folders=("core",)):
    """The C files of folders of the tree, headers first."""
    paths = [p for f in folders for kind in ("*.h", "*.c")
             for p in sorted((pathlib.Path(root) / f).rglob(kind))]
    return [Source(p, root) for p in paths]


def contracts(sources):
    """{function: contract}, from prototypes and definitions together."""
    out = {}
    for source in sources:
        for f in source.functions:
            out[f.name] = out.get(f.name, "") + f.contract
    return out
