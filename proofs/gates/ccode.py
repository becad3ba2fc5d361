"""The C code of core/ is what it looks like, for gcc and for Frama-C alike.

Catches: text that only one of the two sees (`__FRAMAC__`, any #if but an include
guard), inline assembly, which Frama-C takes to change nothing, goto, unions and
casts between object types, calls through pointers, variadic functions, volatile objects,
allocation and recursion.
"""
import re

BANNED = [
    (r"\b__FRAMAC__\b|\bFRAMAC\b", "text that only Frama-C sees"),
    (r"\b(asm|__asm__|__asm)\b", "inline assembly"),
    (r"\bgoto\b", "goto"),
    (r"\bunion\b", "a union"),
    (r"\bvolatile\b", "a volatile object"),
    (r"\(\s*\*\s*\w+\s*\)\s*\(", "a call through a pointer"),
    (r"\(\s*(?:const\s+)?(?:struct\s+\w+|u?int\d*_?t?|u?int(?:8|16|32|64)_t|char|void|long)"
     r"\s*\*+\s*\)", "a cast between pointers"),
    (r"\.\.\.", "a variadic function"),
    (r"\b(malloc|calloc|free|alloca)\s*\(", "allocation"),
    (r"\b__builtin_\w+|\bsetjmp\b|\blongjmp\b", "a builtin of the compiler"),
]
DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(\w+)[ \t]*(.*)$", re.M)


def check(tree):
    out = []
    for source in tree.core():
        for pattern, why in BANNED:
            for found in re.finditer(pattern, source.code):
                out.append(f"{source.name}:{source.line(found.start())}: {why}")
        out += conditionals(source)
    for source in tree.arch():
        for found in re.finditer(r"\b__FRAMAC__\b", source.code):
            out.append(f"{source.name}:{source.line(found.start())}: text that only Frama-C sees")
    return out + recursion(tree.core())


def conditionals(source):
    """#if only as an include guard at the top of a header."""
    found = [(m[1], m[2].strip(), source.line(m.start())) for m in DIRECTIVE.finditer(source.code)]
    words = [w for w, _, _ in found]
    guarded = source.name.endswith(".h") and words[:2] == ["ifndef", "define"] \
        and found[0][1] == found[1][1] and words[-1] == "endif"
    rest = found[2:-1] if guarded else found
    return [f"{source.name}:{line}: conditional text (#{word})" for word, _, line in rest
            if word in ("if", "ifdef", "ifndef", "elif", "else", "endif", "pragma", "undef")]


def recursion(sources):
    """No function of core/ calls itself, not even through others."""
    bodies = {f.name: f for s in sources for f in s.functions if f.defined}
    calls = {n: {c for c in re.findall(r"\b(\w+)\s*\(", f.body) if c in bodies}
             for n, f in bodies.items()}
    out = []
    for name in calls:
        seen, work = set(), set(calls[name])
        while work:
            seen |= work
            work = set().union(*(calls[n] for n in work)) - seen
        if name in seen:
            out.append(f"{bodies[name].file}:{bodies[name].line}: {name} is recursive")
    return out
