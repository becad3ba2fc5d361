"""Other names and another order: an SMT-LIB file in, one that says the same out.

Every symbol that the file declares or binds gets a name of its own, drawn at random. The
same symbol has the same new name everywhere, no two get the same, and none gets a name
that stands in the file: so nothing can be captured, and what the file does not declare, the
words of the language and of its theories, stays as it is. `unname` takes it back.

Declarations come in another order in which each still follows what it mentions, and
assertions behind them in any order: that has no meaning in SMT-LIB.

A solver's choices depend on both: symbols are hashed, terms are numbered as they come.
"""
import functools
import random
import re

TOKEN = re.compile(r'(;[^\n]*|"[^"]*"|\|[^|]*\||[()]|[^\s()|";]+)')
DECLARE = {"declare-sort", "declare-fun", "declare-const", "define-fun", "define-sort",
           "declare-datatypes"}
SETTINGS = {"set-logic", "set-info", "set-option"}
ENDING = {"check-sat", "get-info", "exit"}
BIND = {"forall", "exists", "let"}
# A variable may have the name of a theory's symbol; such names are left alone.
THEORIES = {"and", "or", "not", "=>", "=", "<", "<=", ">", ">=", "+", "-", "*", "/", "ite", "xor",
            "distinct", "true", "false", "div", "mod", "abs", "select", "store", "const", "is",
            "as", "_", "!", "par", "Int", "Bool", "Real", "Array", "to_real", "to_int"} | BIND


class Unreadable(Exception):
    """A file that is not what this module knows."""


def tree(tokens):
    """Nested lists of words, without comments."""
    stack = [[]]
    for token in tokens:
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        elif not token.startswith(";"):
            stack[-1].append(token)
    return stack[0]


def binds(expression):
    """The variables that are bound anywhere in an expression."""
    stack, out = [expression], []
    while stack:
        now = stack.pop()
        if not isinstance(now, list):
            continue
        if len(now) == 3 and isinstance(now[0], str) and now[0] in BIND:
            out += [name for name, _ in now[1]]
        elif now and now[0] == "define-fun":
            out += [name for name, _ in now[2]]
        stack += now
    return out


class Command:
    """One command with the white space and comments before it, in pieces: tokens are those
    with odd numbers."""

    def __init__(self, pieces):
        self.pieces, self.tokens = pieces, set(pieces[1::2])
        parsed = tree(pieces[1::2])[0]
        self.head, self.declares = parsed[0], self.symbols(parsed)
        self.binds = binds(parsed)

    @staticmethod
    def symbols(parsed):
        if parsed[0] not in DECLARE:
            return []
        if parsed[0] != "declare-datatypes":
            return [parsed[1]]
        out = [sort for sort, _ in parsed[1]]
        for constructors in parsed[2]:
            for constructor in constructors:
                words = constructor if isinstance(constructor, list) else [constructor]
                out += [words[0]] + [selector for selector, _ in words[1:]]
        return out

    def text(self, new):
        out = list(self.pieces)
        out[1::2] = [new.get(token, token) for token in out[1::2]]
        return "".join(out)


class Script:
    """An SMT-LIB file as commands."""

    def __init__(self, text):
        self.commands, self.rest = [], ""
        self.split(TOKEN.split(text))
        self.tokens = set().union(*(c.tokens for c in self.commands))
        heads = [c.head for c in self.commands]
        self.end = next((n for n, h in enumerate(heads) if h in ENDING), len(heads))
        known = SETTINGS | DECLARE | {"assert"}
        odd = set(heads[:self.end]) - known | set(heads[self.end:]) - ENDING
        if odd:
            raise Unreadable(f"not a command that could stand in another order: {sorted(odd)[0]}")

    def split(self, pieces):
        start, depth = 0, 0
        for n in range(1, len(pieces), 2):
            depth += (pieces[n] == "(") - (pieces[n] == ")")
            if depth == 0 and pieces[n] == ")":
                self.commands.append(Command(pieces[start:n + 1]))
                start = n + 1
            if depth < 0:
                break
        if depth or not self.commands:
            raise Unreadable("parentheses do not match")
        self.rest = "".join(pieces[start:])

    @functools.cached_property
    def symbols(self):
        """What is to be renamed."""
        found = dict.fromkeys(s for c in self.commands for s in c.declares + c.binds)
        same = {t.strip("|") for t in self.tokens if t.startswith("|")}
        same |= {t.removeprefix("is-") for t in self.tokens if t.startswith("is-")}
        return [s for s in found if not s.startswith("|") and s not in THEORIES | same]

    @functools.cached_property
    def declarations(self):
        """[(command, numbers of the earlier ones that it mentions)]."""
        made, out = {}, []
        for command in self.commands[:self.end]:
            if command.head in DECLARE:
                out.append((command, {made[t] for t in command.tokens if t in made}))
                made.update(dict.fromkeys(command.declares, len(out) - 1))
        return out

    def names(self, draw):
        """{symbol: its new name}."""
        count = len(self.symbols) + len(self.tokens)
        numbers = draw.sample(range(10 * count), count)
        fresh = (f"n{n}" for n in numbers if f"n{n}" not in self.tokens)
        return dict(zip(self.symbols, fresh))

    def order(self, draw):
        body = self.commands[:self.end]
        out, left = [], dict(enumerate(self.declarations))
        while left:
            ready = [n for n, (_, needs) in left.items() if not needs & left.keys()]
            out.append(left.pop(draw.choice(ready))[0])
        assertions = [c for c in body if c.head == "assert"]
        draw.shuffle(assertions)
        return ([c for c in body if c.head in SETTINGS] + out + assertions
                + self.commands[self.end:])


@functools.lru_cache(maxsize=32)
def script(text):
    return Script(text)


def rename(text, seed):
    """(the text with other names, what each symbol is called now)."""
    new = script(text).names(random.Random(seed))
    return "".join(c.text(new) for c in script(text).commands) + script(text).rest, new


def unname(text, new):
    back = {name: old for old, name in new.items()}
    if len(back) != len(new):
        raise Unreadable("two symbols got the same name")
    return "".join(back.get(piece, piece) for piece in TOKEN.split(text))


def shuffle(text, seed):
    """Other names and another order."""
    draw = random.Random(seed)
    new = script(text).names(draw)
    return "".join(c.text(new) for c in script(text).order(draw)) + script(text).rest
