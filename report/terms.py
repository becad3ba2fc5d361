"""Bodies of WhyML definitions as trees. What cannot be read is an error, never skipped.

A tree is a tuple: (kind, ...). Kinds: num, var, app, field, record, update, if, let, match,
and, or, implies, iff, not, compare, arithmetic, quantified, fun.
"""
import dataclasses

import whyml

STOP = {"then", "else", "in", "with", "end", "|", ")", "}", ";", ",", "->", "do", ""}
ATOM_ENDS = STOP | {"/\\", "\\/", "<->", "=", "<>", "<", ">", "<=", ">=", "+", "-", "*", ":", "."}


class Unreadable(Exception):
    pass


@dataclasses.dataclass
class Definition:
    name: str
    params: list     # [(name, type)]
    result: str      # "" for a predicate
    body: tuple


class Reader:
    def __init__(self, text, file):
        self.tokens, self.at, self.file = [t.text for t in whyml.tokens(text, file)], 0, file

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ""

    def take(self, wanted=None):
        word = self.peek()
        if wanted is not None and word != wanted:
            raise Unreadable(f"spec/{self.file}: `{wanted}` expected, not `{word}`, in {' '.join(self.tokens[:8])}")
        self.at += 1
        return word

    # ---- headings
    def definition(self):
        while self.peek() in ("let", "rec", "ghost"):
            self.take()
        kind, name, params, result = self.take(), self.take(), [], ""
        while self.peek() == "(":
            params += self.binder()
        if self.peek() == ":":
            self.take()
            result = self.take()
        while self.peek() in ("variant", "requires", "ensures"):
            self.skip_braces()
        if kind not in ("function", "predicate", "constant") or self.peek() != "=":
            return None              # nothing to read: no body
        self.take("=")
        body = self.expression()
        if self.at < len(self.tokens):
            raise Unreadable(f"spec/{self.file}: {name}: cannot read on at `{self.peek()}`")
        return Definition(name, params, result, body)

    def binder(self):
        self.take("(")
        names = []
        while self.peek() != ":":
            names.append(self.take())
        self.take(":")
        of = self.take()
        while self.peek() != ")":
            of += " " + self.take()
        self.take(")")
        return [(n, of) for n in names]

    def skip_braces(self):
        self.take()
        self.take("{")
        while self.take() != "}":
            pass

    # ---- expressions, loosest first
    def expression(self):
        left = self.either()
        if self.peek() in ("->", "<->"):
            kind = {"->": "implies", "<->": "iff"}[self.take()]
            return (kind, left, self.expression())
        return left

    def either(self):
        left = self.both()
        while self.peek() == "\\/":
            self.take()
            left = ("or", left, self.both())
        return left

    def both(self):
        left = self.negation()
        while self.peek() == "/\\":
            self.take()
            left = ("and", left, self.negation())
        return left

    def negation(self):
        if self.peek() == "not":
            self.take()
            return ("not", self.negation())
        return self.comparison()

    def comparison(self):
        left, out = self.sum(), []
        while self.peek() in ("=", "<>", "<", ">", "<=", ">="):
            op, right = self.take(), self.sum()
            out.append(("compare", op, left, right))
            left = right             # a <= b < c
        whole = out[0] if out else left
        for part in out[1:]:
            whole = ("and", whole, part)
        return whole

    def sum(self):
        left = self.product()
        while self.peek() in ("+", "-"):
            left = ("arithmetic", self.take(), left, self.product())
        return left

    def product(self):
        left = self.unary()
        while self.peek() == "*":
            left = ("arithmetic", self.take(), left, self.unary())
        return left

    def unary(self):
        if self.peek() == "-":
            self.take()
            return ("arithmetic", "-", ("num", "0"), self.unary())
        return self.application()

    def application(self):
        word = self.peek()
        if word == "if":
            return self.conditional()
        if word == "let":
            return self.local()
        if word == "match":
            return self.cases()
        if word in ("forall", "exists", "fun"):
            return self.quantified()
        head, args = self.atom(), []
        while self.peek() not in ATOM_ENDS:
            args.append(self.atom())
        return ("app", head[1], tuple(args)) if args and head[0] == "var" else head

    def conditional(self):
        self.take("if")
        test = self.expression()
        self.take("then")
        yes = self.expression()
        self.take("else")
        return ("if", test, yes, self.expression())

    def local(self):
        self.take("let")
        name = self.take()
        self.take("=")
        value = self.expression()
        self.take("in")
        return ("let", name, value, self.expression())

    def cases(self):
        self.take("match")
        value, out = self.expression(), []
        self.take("with")
        while self.peek() == "|":
            self.take()
            pattern = []
            while self.peek() != "->":
                pattern.append(self.take())
            self.take("->")
            out.append((tuple(pattern), self.expression()))
        self.take("end")
        return ("match", value, tuple(out))

    def quantified(self):
        kind, names = self.take(), []
        while self.peek() not in (".", "->"):
            if self.peek() == "[":
                raise Unreadable(f"spec/{self.file}: a trigger in a definition")
            names.append(self.take())
        self.take()
        return ("fun" if kind == "fun" else "quantified", tuple(names), self.expression())

    def atom(self):
        word = self.take()
        if word == "(":
            out = self.expression()
            self.take(")")
        elif word == "{":
            out = self.record()
        elif word[:1].isdigit():
            out = ("num", word)
        elif word[:1].isalpha() or word[:1] == "_":
            name, *fields = word.split(".")
            out = ("var", name)
            for f in fields:
                out = ("field", out, f)
        else:
            raise Unreadable(f"spec/{self.file}: cannot read `{word}` in {' '.join(self.tokens[:8])}")
        while self.peek() == ".":
            self.take()
            for f in self.take().split("."):
                out = ("field", out, f)
        return out

    def record(self):
        """{ a = x; b = y } or { r with a = x }"""
        base = None
        if self.peek(1) != "=":
            base = self.expression()
            self.take("with")
        fields = []
        while self.peek() != "}":
            name = self.take()
            self.take("=")
            fields.append((name, self.expression()))
            if self.peek() == ";":
                self.take()
        self.take("}")
        return ("update", base, tuple(fields)) if base else ("record", tuple(fields))


def read(declaration):
    """The definition that a declaration of spec/ gives, or None if it has no body."""
    return Reader(declaration.text, f"{declaration.file}.mlw").definition()


def parts(tree):
    """Every tree in a tree, itself first."""
    yield tree
    for child in tree[1:]:
        if isinstance(child, tuple):
            yield from within(child)


def within(child):
    if child and isinstance(child[0], str) and child[0] in KINDS:
        yield from parts(child)
    else:
        for one in child:
            if isinstance(one, tuple):
                yield from within(one)


KINDS = {"num", "var", "app", "field", "record", "update", "if", "let", "match", "and", "or", "implies",
         "iff", "not", "compare", "arithmetic", "quantified", "fun"}
