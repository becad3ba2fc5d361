"""Hide definitions far from a goal: an SMT-LIB file in, a smaller one out.

`prune(text, depth)` keeps the definitions of the symbols that the goal mentions
(depth 1), of those that these definitions mention (depth 2), and so on, and the few
in ALWAYS. The other symbols are left without meaning; all lemmas stay.

This can never turn a false goal into a proved one: it only deletes whole assertions,
and without an assertion less is unsatisfiable.

Why it is worth it: an operation is a composition of micro-steps, and a solver that
unfolds all of them gets lost in their fields, where rewriting by lemmas would do.
"""
import re

ALWAYS = {"valid", "node", "is_agent", "valid_or_none", "valid_endpoint", "valid_slot", "cap_ok"}
TOKEN = re.compile(r"[^\s()]+")


def blocks(text):
    """The commands of a file, each with its comments; Why3 leaves a line between."""
    return [b for b in re.split(r"\n\n+", text) if b.strip()]


def definitions(parts):
    """{number of block: symbol that it defines}. Why3 says `;; f'def` behind the
    declaration of f, which it may have printed under another name (f1)."""
    out, declared = {}, ""
    for number, block in enumerate(parts):
        found = re.search(r"^\(declare-fun (\S+)", block, re.M)
        if found:
            declared = found[1]
            continue
        found = re.search(r"^;; (\S+)'def$", block, re.M)
        if found and re.fullmatch(re.escape(found[1]) + r"\d*", declared):
            out[number] = declared
    return out


def near(goal, bodies, depth):
    """The symbols whose definitions are within depth steps of the goal."""
    wanted, front = set(), set(TOKEN.findall(goal))
    for _ in range(depth):
        new = {s for s in front if s in bodies and s not in wanted}
        wanted |= new
        front = {w for s in new for w in TOKEN.findall(bodies[s])}
    return wanted


def prune(text, depth):
    parts = blocks(text)
    defines = definitions(parts)
    bodies = {symbol: parts[number] for number, symbol in defines.items()}
    goal = "".join(b for b in parts if re.search(r"^;; Goal ", b, re.M))
    wanted = near(goal, bodies, depth)

    def keep(number):
        symbol = defines.get(number)
        return symbol is None or symbol in wanted or re.sub(r"\d+$", "", symbol) in ALWAYS

    return "\n\n".join(b for n, b in enumerate(parts) if keep(n)) + "\n"
