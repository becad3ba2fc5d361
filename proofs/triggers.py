"""Give lemmas triggers: an SMT-LIB file in, the same file with more patterns out.

A solver uses a lemma when it meets terms of a certain form, the lemma's trigger. Most
lemmas of spec/ say what an operation does to a predicate, and are wanted when that is to
be shown. Their names begin with one letter and `_` (c_send), and if such a lemma names
no trigger, this is what it gets: its conclusion, or the left side if that is an equation
or an equivalence, and, for variables that do not occur there, the first premises that
have them; all of them plain applications. `n_hold: forall s h p. tidy s h -> valid p ->
tidy (hold s p) (freeze h p)` gets `tidy (hold s p) (freeze h p)`.

This can never turn a false goal into a proved one: a trigger has no meaning.
"""
import functools
import re

import prune

LOGIC = {"and", "or", "not", "=>", "=", "<", "<=", ">", ">=", "+", "-", "*", "ite", "let",
         "forall", "exists", "!", "distinct", "true", "false", "div", "mod"}
NAMED = re.compile(r"^;; [a-z]_\w+\n\(assert\s+\(forall", re.M)
TOKEN = re.compile(r"[()]|\|[^|]*\||[^\s()|]+")


def parse(text):
    """An expression as nested lists of words."""
    stack = [[]]
    for token in TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(token)
    return stack[0][0]


def show(expression):
    return expression if isinstance(expression, str) else f"({' '.join(map(show, expression))})"


def words(expression):
    if isinstance(expression, str):
        return {expression}
    return set().union(*map(words, expression))


def plain(expression):
    return isinstance(expression, list) and not words(expression) & LOGIC


def trigger(binders, body):
    """The terms of the trigger, or nothing."""
    premises = []
    while isinstance(body, list) and body[0] == "=>":
        premises += body[1][1:] if body[1][0] == "and" else [body[1]]
        body = body[2]
    if isinstance(body, list) and body[0] == "=":
        body = body[1]
    if not plain(body):
        return []
    terms, left = [body], {name for name, _ in binders} - words(body)
    for premise in premises:
        if plain(premise) and words(premise) & left:
            terms.append(premise)
            left -= words(premise)
    return [] if left else terms


@functools.lru_cache(maxsize=None)
def with_trigger(block):
    """A command of the file, as prune.blocks makes them."""
    if ":pattern" in block or not NAMED.search(block):
        return block
    comments = "".join(re.findall(r"^;;.*\n", block, re.M))
    _, (_, binders, body) = parse(re.sub(r"^;;.*\n", "", block, flags=re.M))
    terms = trigger(binders, body)
    if not terms:
        return block
    return (f"{comments}(assert (forall {show(binders)} (! {show(body)}\n"
            f"  :pattern ({' '.join(map(show, terms))}))))")


def direct(text):
    return "\n\n".join(map(with_trigger, prune.blocks(text))) + "\n"
