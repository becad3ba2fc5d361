#!/usr/bin/env python3
"""Take out of an SMT-LIB file what its goal does not need, then run a solver on it.

  prune.py strict|loose FILE COMMAND ARGUMENT...

This can never turn a false goal into a proved one, whatever the rules below do:
it only deletes whole top-level commands. Without an assertion less is unsatisfiable;
without a declaration that is used, the solver complains and nothing is proved.

Why it is worth it: every goal comes with the whole specification, and Z3 unfolds
each definition while it reads it, needed or not.
"""
import os
import re
import sys

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
        found = re.match(r";; (\S+)'def\b", text.lstrip())
        self.defines = found[1] if found and self.kind == "assert" else ""
        self.goal = bool(re.search(r"^;; Goal ", text, re.M))
        words = NAME.findall(code)
        self.size = len(words)
        self.words = set(words) - BUILTIN - {self.name}
        self.constant = bool(re.search(r"declare-fun\s+\S+\s+\(\)", code))


def blocks(text):
    """The commands of a file; Why3 puts an empty line after each."""
    parts = re.split(r"\n\n+", text)
    return [Block(p) for p in parts if p.strip()]


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


def close(needed, work, functions):
    """Add what the symbols of `work` are defined by."""
    work = set(work)
    while work:
        name = work.pop()
        if name not in needed:
            needed.add(name)
            for block in functions.get(name, []):
                work |= block.words - needed


def prune(text, strict):
    """The file without the commands that the goal does not need."""
    all_blocks = blocks(text)
    named = {b.name for b in all_blocks if b.name}
    functions = {}
    for b in all_blocks:
        if b.kind == "define-fun" or b.defines:
            functions.setdefault(b.name or b.defines, []).append(b)
    for b in all_blocks:
        b.words &= named
    size = sizes({n: bs[0] for n, bs in functions.items()})
    size.update({b.name: 1 for b in all_blocks if b.constant})
    lemmas = [b for b in all_blocks if b.kind == "assert" and not b.goal and not b.defines]
    needed, kept = set(), set()
    close(needed, set().union(*(b.words for b in all_blocks if b.goal)), functions)
    while True:
        new = [b for b in lemmas if b not in kept and relevant(b, needed, size, strict)]
        if not new:
            break
        for b in new:
            kept.add(b)
            close(needed, b.words, functions)
    return "\n\n".join(b.text for b in all_blocks if keep(b, needed, kept)) + "\n"


def relevant(block, needed, size, strict):
    """Strict: all that it speaks of is needed, abbreviations aside. Loose: something is."""
    if not block.words:
        return "(assert true)" not in block.text
    if strict:
        return all(w in needed or (w in size and size[w] <= LARGE) for w in block.words) \
            and bool(block.words & needed)
    return bool(block.words & needed)


def keep(block, needed, kept):
    if block.goal or block.kind not in ("assert", "define-fun", "declare-fun"):
        return True
    if block.kind == "assert":
        return block in kept or block.defines in needed
    return block.name in needed


def main():
    mode, path, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    with open(path) as f:
        text = prune(f.read(), mode == "strict")
    with open(path, "w") as f:  # Why3 made the file for this one call
        f.write(text)
    os.execv(command[0], command + [path])


if __name__ == "__main__":
    main()
