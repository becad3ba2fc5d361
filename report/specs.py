"""The texts of spec/: files, modules, declarations, and what each mentions."""
import dataclasses
import pathlib
import re

import whyml

HEAD = re.compile(r"^[ ]{2}(?:let rec ghost |let ghost |let rec |let )?"
                  r"(function|predicate|inductive|constant|type|lemma|goal|axiom|with)\s+([\w']+)", re.M)
OTHER = re.compile(r"^[ ]{2}(?:use|clone|meta|let)\b", re.M)
BINDER = re.compile(r"\(([\w' ]+):|\b(?:forall|exists)\s+([\w' ,:]+?)[.\[]|\blet\s+([\w']+)|\bfun\s+([\w' ]+?)->")
NAME = re.compile(r"[A-Za-z_][\w']*")
KEYWORDS = {"module", "end", "use", "export", "clone", "with", "type", "function", "predicate", "constant",
            "inductive", "lemma", "goal", "axiom", "let", "rec", "ghost", "in", "if", "then", "else", "match", "forall",
            "exists", "not", "fun", "meta", "import", "variant", "requires", "ensures", "by", "so"}


@dataclasses.dataclass
class Declaration:
    kind: str
    name: str
    file: str          # proxy, canary/steps_canary
    module: str
    line: int
    text: str          # as it stands, without what comes before and after
    comment: str       # the comment right before it, in words

    @property
    def place(self):
        return f"spec/{self.file}.html#{self.anchor}"

    @property
    def anchor(self):
        return f"{self.module}.{self.name}"


@dataclasses.dataclass
class Module:
    name: str
    file: str
    line: int
    uses: list                       # (file, module)
    declarations: list


@dataclasses.dataclass
class File:
    name: str                        # without spec/ and .mlw
    path: pathlib.Path
    text: str
    comment: str                     # what stands above its first module
    modules: list


def words_of(comment):
    """A comment's text without its stars."""
    return re.sub(r"\s+", " ", re.sub(r"^\(\*|\*\)$", "", comment.strip())).strip()


def comment_before(text, at):
    """The comment that ends right before this place, if one does."""
    before = text[:at].rstrip()
    if not before.endswith("*)"):
        return ""
    start = before.rfind("(*")
    if text[text.rfind("\n", 0, start) + 1:start].strip():
        return ""                    # it belongs to the line that it stands on
    return words_of(before[start:])


class Spec:
    def __init__(self, root):
        self.folder = pathlib.Path(root) / "spec"
        self.files = [self.read(p) for p in sorted(self.folder.rglob("*.mlw"))]
        self.by_file = {f.name: f for f in self.files}
        self.modules = {(m.file, m.name): m for f in self.files for m in f.modules}
        self.named = {}
        for m in self.modules.values():
            for d in m.declarations:
                self.named.setdefault(d.name, []).append(d)
        self.reach = {}

    def read(self, path):
        name = str(path.relative_to(self.folder).with_suffix(""))
        text = path.read_text()
        plain = whyml.strip_comments(text, path.name)
        heads = [(m.start(), m[1]) for m in re.finditer(r"^module (\w+)", plain, re.M)]
        modules = []
        for n, (at, module) in enumerate(heads):
            stop = heads[n + 1][0] if n + 1 < len(heads) else len(plain)
            modules.append(self.module(name, module, text, plain, at, stop))
        first = re.match(r"\(\*.*?\*\)", text, re.S)
        return File(name, path, text, words_of(first[0]) if first else "", modules)

    def module(self, file, name, text, plain, start, stop):
        uses = []
        for _, used in whyml.used(plain[start:stop]):
            if "." in used:
                uses.append(tuple(used.split(".")[:2]))
            elif re.search(rf"^module {used}\b", plain, re.M):
                uses.append((file, used))
        uses += [(m[1] or file, m[2]) for m in
                 re.finditer(r"\bclone\s+(?:import\s+|export\s+)?(?:(\w+)\.)?(\w+)", plain[start:stop])]
        starts = sorted([m.start() for m in HEAD.finditer(plain, start, stop)]
                        + [m.start() for m in OTHER.finditer(plain, start, stop) if not HEAD.match(plain, m.start())])
        declared = []
        for n, at in enumerate(starts):
            head = HEAD.match(plain, at)
            end = starts[n + 1] if n + 1 < len(starts) else plain.rindex("end", start, stop)
            if head:
                body = plain[at:end].rstrip()
                declared.append(Declaration(head[1], head[2], file, name, text.count("\n", 0, at) + 1,
                                            text[at:at + len(body)].strip(), comment_before(text, at)))
        return Module(name, file, text.count("\n", 0, start) + 1,
                      [u for u in dict.fromkeys(uses) if u[0] and self.exists(u)], declared)

    def exists(self, use):
        return (self.folder / f"{use[0]}.mlw").exists()

    # ---- who sees what
    def visible(self, file, module):
        """The modules that this one uses, directly or not, nearest first."""
        key = (file, module)
        if key not in self.reach:
            seen, left = [key], [key]
            while left:
                one = self.modules.get(left.pop(0))
                for use in one.uses if one else ():
                    if use not in seen:
                        seen.append(use)
                        left.append(use)
            self.reach[key] = seen
        return self.reach[key]

    def find(self, name, file, module):
        """The declaration that a name means in a module, or None."""
        known = {(d.file, d.module): d for d in self.named.get(name, ())}
        for key in self.visible(file, module) if known else ():
            if key in known:
                return known[key]
        return None

    def mentions(self, declaration):
        """Declarations that the text of this one names, in order; bound names are none."""
        plain = whyml.strip_comments(declaration.text, declaration.file)
        local, out = bound(plain), {}
        for word in NAME.findall(re.sub(r"\.[a-z_][\w']*|\[@[^\]]*\]", " ", plain)):
            if word not in local and word not in KEYWORDS and word != declaration.name:
                found = self.find(word, declaration.file, declaration.module)
                if found:
                    out[found.anchor, found.file] = found
        return list(out.values())

    def unfolds(self, declaration):
        """All definitions that this one stands on, without lemmas and goals."""
        seen, left = {}, [declaration]
        while left:
            for d in self.mentions(left.pop()):
                if (d.anchor, d.file) not in seen and d.kind in ("function", "predicate", "inductive", "constant", "type"):
                    seen[d.anchor, d.file] = d
                    left.append(d)
        return list(seen.values())


def bound(plain):
    """Names that a declaration binds: parameters, quantified and local ones."""
    out = set()
    for groups in BINDER.findall(plain):
        for group in groups:
            out.update(NAME.findall(re.sub(r":\s*[\w']+", " ", group)))
    return out
