"""Take out of an SMT-LIB file what its goal does not need.

This can never turn a false goal into a proved one, whatever the rules below do:
it only deletes whole top-level commands. Without an assertion less is unsatisfiable;
without a declaration that is used, the solver complains and nothing is proved.

Why it is worth it: every goal comes with the whole specification, and Z3 unfolds
each definition while it reads it, needed or not.
"""
import re

NAME = re.compile(r"[A-Za-z_][\w.!'@$]*")
HEAD = re.compile(r"\(\s*(define-fun|declare-fun|define-fun-rec|assert|declare-datatypes"
                  r"|declare-sort|check-sat|set-\S+|get-\S+)\s*([^\s()]*)")
BUILTIN = set("""assert forall exists let ite and or not Int Bool Real Array select store pattern
    true false define-fun declare-fun distinct div mod abs to_real to_int as const""".split())
LARGE = 300  # words: a definition that unfolds to more is no mere abbreviation


class Block:
    """One top-level command with the comment before it."""

    def __init__(self, text):
        code = re.sub(r"^;;.*$", "", text, flags=re.M)
        head = HEAD.search(code)
        self.text = text
        self.kind = head[1] if head else ""
        self.name = head[2] if head and head[1] in ("define-fun", "declare-fun") else ""
        found = re.match(r";; (\S+)", text.lstrip())
        self.comment = found[1] if found else ""
        self.defines = ""   # the symbol that this assertion defines
        self.goal = bool(re.search(r"^;; Goal ", text, re.M))
        words = NAME.findall(code)
        self.size = len(words)
        self.words = set(words) - BUILTIN - {self.name}
        self.constant = bool(re.search(r"declare-fun\s+\S+\s+\(\)", code))


def blocks(text):
    """The commands of a file; Why3 puts an empty line after each."""
    out, symbols = [Block(p) for p in re.split(r"\n\n+", text) if p.strip()], {}
    for block in out:
        if block.name:
            symbols[block.comment] = block.name
        if block.kind == "assert" and block.comment.endswith("'def"):
            block.defines = symbols.get(block.comment.removesuffix("'def"), "")
    return out


def sizes(functions):
    """How many words each definition is when everything in it is unfolded."""
    done = {}

    def size(name, depth=0):
        if name not in functions or depth > 200:
            return 1
        if name not in done:
            block = functions[name]
            done[name] = 1
            done[name] = min(10**6, block.size + sum(size(w, depth + 1) for w in block.words
                                                     if w in functions))
        return done[name]

    return {name: size(name) for name in functions}


class Context:
    """What is known of the symbols of a file."""

    def __init__(self, text, mode):
        self.mode, self.blocks = mode, blocks(text)
        named = {b.name for b in self.blocks if b.name}
        self.definitions = {}
        for b in self.blocks:
            b.words &= named
            if b.kind == "define-fun" or b.defines:
                self.definitions.setdefault(b.name or b.defines, []).append(b)
        self.size = sizes({n: bs[0] for n, bs in self.definitions.items()})
        self.size.update({b.name: 1 for b in self.blocks if b.constant})
        self.goal = set().union(*(b.words for b in self.blocks if b.goal))
        self.needed = set()
        self.need(self.goal)

    def small(self, name):
        return self.size.get(name, LARGE + 1) <= LARGE

    def need(self, names):
        """Add symbols, and what their definitions speak of."""
        work = set(names) - self.needed
        while work:
            self.needed |= work
            work = set().union(*(b.words for n in work for b in self.definitions.get(n, []))) - self.needed

    def relevant(self, lemma):
        """Loose: it speaks of something needed. Else: all is needed, abbreviations aside."""
        if not lemma.words:
            return "(assert true)" not in lemma.text
        if not lemma.words & self.needed:
            return False
        return self.mode == "loose" or all(w in self.needed or self.small(w)
                                           for w in lemma.words)

    def lemmas(self):
        left = [b for b in self.blocks if b.kind == "assert" and not b.goal and not b.defines]
        kept = set()
        while True:
            new = [b for b in left if b not in kept and self.relevant(b)]
            if not new:
                return kept
            for b in new:
                kept.add(b)
                self.need(b.words)


def prune(text, mode):
    """The file without the commands that the goal does not need."""
    context = Context(text, mode)
    lemmas = context.lemmas()

    def keep(block):
        if block.goal or block.kind not in ("assert", "define-fun", "declare-fun"):
            return True
        if block.kind != "assert":
            return block.name in context.needed
        return block in lemmas or block.defines in context.needed

    return "\n\n".join(b.text for b in context.blocks if keep(b)) + "\n"
