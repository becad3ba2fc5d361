"""Headings of WhyML modules: the types, functions, predicates and constants that
a file declares, without their bodies.

Only what the specification uses is understood; everything else is an error with
file and line, never skipped.
"""
import dataclasses
import pathlib
import re

TOKEN = re.compile(r"""
    (?P<space>[ \t\r]+) | (?P<newline>\n) |
    (?P<string>"(?:\\.|[^"\\])*") | (?P<attribute>\[@[^\]]*\]|\[\#[^\]]*\]) |
    (?P<name>[A-Za-z_][A-Za-z0-9_']*(?:\.[A-Za-z_][A-Za-z0-9_']*)*) |
    (?P<number>0x[0-9a-fA-F_]+|[0-9][0-9_]*) |
    (?P<op>->|<->|/\\|\\/|<>|<=|>=|:=|&&|\|\||'[a-z]+|.)
    """, re.X)
STARTS = {"type", "function", "predicate", "constant", "val", "lemma", "axiom", "goal",
          "use", "clone", "meta", "scope", "inductive", "coinductive", "exception",
          "import", "let", "module", "theory", "end"}
IGNORED = {"use", "lemma", "axiom", "goal", "meta"}
DECLARED = {"function", "predicate", "constant", "lemma", "rec", "ghost"}


class Refused(Exception):
    pass


@dataclasses.dataclass
class Token:
    text: str
    line: int
    column: int


@dataclasses.dataclass
class Symbol:
    kind: str         # function, predicate, constant
    name: str
    params: list      # [(name, type)]
    result: str       # type; "" for a predicate
    module: str
    where: str        # file:line
    defined: bool = True


@dataclasses.dataclass
class Type:
    name: str
    kind: str         # record, map, sum, abstract, alias
    fields: list      # record: [(field, type)]; sum: [(constructor, [type])]
    module: str
    where: str


@dataclasses.dataclass
class Module:
    file: str
    name: str
    types: list
    symbols: list
    axioms: list      # [(name, where)]
    uses: list


def strip_comments(text, file):
    out, depth, i, line = [], 0, 0, 1
    while i < len(text):
        line += text[i] == "\n"
        if text.startswith("(*", i) and not text.startswith("(*)", i):
            depth, i = depth + 1, i + 2
            out.append("  ")
        elif depth and text.startswith("*)", i):
            depth, i = depth - 1, i + 2
            out.append("  ")
        else:
            out.append(text[i] if not depth or text[i] == "\n" else " ")
            i += 1
    if depth:
        raise Refused(f"{file}:{line}: comment is not closed")
    return "".join(out)


USE = re.compile(r"\buse\s+(?:import\s+|export\s+)?([\w.]+(?:\s+as\s+\w+)?"
                 r"(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*)")


def used(text):
    """[(offset, module)] of every module that a `use` of this text names, as it is written.
    The text is without comments."""
    return [(found.start(1) + name.start(1), name[1]) for found in USE.finditer(text)
            for name in re.finditer(r"(?:^|,)\s*([\w.]+)", found[1])]


def tokens(text, file):
    text, out, line, start, at = strip_comments(text, file), [], 1, 0, 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found.lastgroup == "newline":
            line, start = line + 1, found.end()
        elif found.lastgroup not in ("space", "attribute"):
            out.append(Token(found[0], line, found.start() - start))
        at = found.end()
    return out


class Parser:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.file = self.path.name
        self.tokens = tokens(self.path.read_text(), self.file)
        self.at = 0

    # ---- tokens
    def peek(self, ahead=0):
        i = self.at + ahead
        return self.tokens[i].text if i < len(self.tokens) else ""

    def take(self, expected=None):
        if self.at >= len(self.tokens):
            raise Refused(f"{self.file}: file ends too early")
        if expected is not None and self.peek() != expected:
            self.fail(f"expected `{expected}`, found `{self.peek()}`")
        self.at += 1
        return self.tokens[self.at - 1].text

    def name(self):
        if not re.match(r"[A-Za-z_]", self.peek()) or self.peek() in STARTS:
            self.fail(f"expected a name, found `{self.peek()}`")
        return self.take()

    def where(self):
        i = min(self.at, len(self.tokens) - 1)
        return f"{self.file}:{self.tokens[i].line}"

    def fail(self, why):
        raise Refused(f"{self.where()}: {why}")

    # ---- modules
    def modules(self):
        out = []
        while self.at < len(self.tokens):
            if self.peek() not in ("module", "theory"):
                self.fail(f"expected `module`, found `{self.peek()}`")
            self.take()
            out.append(self.module(self.name()))
        return out

    def module(self, name):
        self.current = Module(self.file, name, [], [], [], [])
        while self.peek() != "end":
            self.declaration()
        self.take("end")
        return self.current

    def declaration(self):
        word = self.peek()
        if word == "type":
            self.type_declaration()
        elif word in ("function", "predicate", "constant"):
            self.take()
            self.symbol(word)
        elif word == "let":
            self.let()
        elif word == "use":
            self.take()
            if self.peek() == "export":
                self.take()
            self.current.uses.append(self.take())
            if self.peek() == ",":
                self.fail("a linked module names one module in a `use`")
            self.skip()
        elif word in IGNORED:
            where = self.where()
            self.take()
            if word == "axiom":
                self.current.axioms.append((self.peek(), where))
            self.skip()
        else:
            self.fail(f"a linked module may not declare `{word}`")

    def let(self):
        self.take("let")
        while self.peek() in ("rec", "ghost"):
            self.take()
        word = self.take()
        if word == "lemma":
            self.skip()
        elif word in ("function", "predicate", "constant"):
            self.symbol(word)
        else:
            self.at -= 1
            self.fail("a program function is not visible to C: write `let function`")

    def skip(self):
        """Skip a body: everything up to the next declaration of this module."""
        depth = 0
        while True:
            word = self.peek()
            if depth == 0 and word in STARTS and not self.local_let():
                return
            if word == "":
                self.fail("module is not closed by `end`")
            if depth == 0 and word == "with":
                self.fail("mutual recursion is not supported by the bridge")
            depth += word in ("match", "begin", "(", "{", "[")
            depth -= word in ("end", ")", "}", "]")
            self.at += 1

    def local_let(self):
        """An expression's `let ... in`, not a declaration."""
        if self.peek() != "let" or self.peek(1) in DECLARED:
            return False
        if self.tokens[self.at].column <= 2:
            self.fail("a program function is not visible to C: write `let function`")
        return True

    # ---- types
    def type_declaration(self):
        self.take("type")
        where, name = self.where(), self.name()
        kind, fields = "abstract", []
        if self.peek() == "=":
            self.take()
            if self.peek() == "{":
                kind, fields = "record", self.record()
            elif self.peek() == "map":
                kind = "map"
                self.take()
                fields = [("key", self.simple_type()), ("value", self.simple_type())]
            elif self.peek() == "|" or self.peek()[0].isupper():
                kind, fields = "sum", self.constructors()
            else:
                kind, fields = "alias", [("is", self.simple_type())]
        if self.peek() not in STARTS:
            self.fail(f"type `{name}`: cannot read on at `{self.peek()}`")
        self.current.types.append(Type(name, kind, fields, self.current.name, where))

    def record(self):
        self.take("{")
        fields = []
        while self.peek() != "}":
            field = self.name()
            self.take(":")
            fields.append((field, self.simple_type()))
            if self.peek() == ";":
                self.take()
            elif self.peek() != "}":
                self.fail(f"field `{field}`: give its type a name of its own")
        self.take("}")
        return fields

    def constructors(self):
        out = []
        while self.peek() == "|" or (not out and self.peek()[0].isupper()):
            if self.peek() == "|":
                self.take()
            name, args = self.name(), []
            while re.match(r"[a-z_]", self.peek()) and self.peek() not in STARTS:
                args.append(self.simple_type())
            out.append((name, args))
        return out

    def simple_type(self):
        word = self.name()
        if word == "map":
            self.fail("a map needs a type name of its own to be visible to C")
        return word.split(".")[-1]

    # ---- functions, predicates, constants
    def symbol(self, kind):
        where, name = self.where(), self.name()
        params = self.params()
        result = ""
        if kind != "predicate":
            self.take(":")
            result = self.simple_type()
        defined = True
        if self.peek() not in ("=", "requires", "ensures", "variant"):
            defined = False
            if self.peek() not in STARTS:
                self.fail(f"{kind} `{name}`: cannot read on at `{self.peek()}`")
        if kind == "constant" and params:
            self.fail(f"constant `{name}` has parameters")
        self.current.symbols.append(
            Symbol(kind, name, params, result, self.current.name, where, defined))
        self.skip()

    def params(self):
        out = []
        while self.peek() not in (":", "=", "") and self.peek() not in STARTS:
            if self.peek() in ("requires", "ensures", "variant"):
                break
            if self.peek() == "(":
                out += self.binder()
            else:
                out.append((f"a{len(out)}", self.simple_type()))
        return out

    def binder(self):
        self.take("(")
        names = []
        while self.peek() != ":":
            names.append(self.name())
        self.take(":")
        of = self.simple_type()
        if self.peek() != ")":
            self.fail(f"parameter `{names[-1]}`: give its type a name of its own")
        self.take(")")
        return [(n, of) for n in names]


def read(path):
    """The modules of a WhyML file."""
    return Parser(path).modules()
