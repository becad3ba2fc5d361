"""What an assembly mutant changes: each operator turns an instruction into others.

A mutant is (name of the operator, new text); "" stands for: removed.
"""
import re

RING = ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp"]
NEW = [f"r{n}" for n in range(8, 16)]
HALF = {"rax": "eax", "rbx": "ebx", "rcx": "ecx", "rdx": "edx", "rsi": "esi", "rdi": "edi",
        "rbp": "ebp", "rsp": "esp"} | {r: r + "d" for r in NEW}
SEGMENTS = ["ds", "es", "fs", "gs", "ss"]
RINGS = [RING, NEW, [HALF[r] for r in RING], [HALF[r] for r in NEW], SEGMENTS]
NEXT = {name: ring[(n + 1) % len(ring)] for ring in RINGS for n, name in enumerate(ring)}
CONDITIONS = {"e": "ne", "ne": "e", "z": "nz", "nz": "z", "ae": "b", "b": "ae", "a": "be", "be": "a"}
SIZES = {"q": "l", "l": "q", "b": "w"}
SIZED = ("and", "or", "test", "cmp", "sysret", "iret", "push", "mov")


def removed(i):
    yield "remove", ""


def other_register(i):
    for found in re.finditer(r"%(\w+)", i.args):
        if found[1] in NEXT:
            yield ("another register",
                   f"{i.op} {i.args[:found.start(1)]}{NEXT[found[1]]}{i.args[found.end(1):]}")


def off_by_one(i):
    """A place in memory one slot on, a number one more."""
    for found in re.finditer(r"(?<![\w$)])([\w+*()~-]*)\(%\w+\)", i.args):
        if not found[1].startswith("$"):
            new = f"8+{found[1]}" if found[1] else "8"
            yield "off by a slot", f"{i.op} {i.args[:found.start(1)]}{new}{i.args[found.end(1):]}"
    for found in re.finditer(r"\$([^,]+)", i.args):
        yield "off by one", f"{i.op} {i.args[:found.start(1)]}({found[1]})+1{i.args[found.end(1):]}"
    if i.op == ".byte":
        yield "off by one", f"{i.op} {i.args}+1"


def condition(i):
    found = re.fullmatch(r"j(\w+)", i.op)
    if found and found[1] in CONDITIONS:
        yield "negate the condition", f"j{CONDITIONS[found[1]]} {i.args}"


def size(i):
    found = re.fullmatch(rf"({'|'.join(SIZED)})([qlb])", i.op)
    if found:
        yield "another size", f"{found[1]}{SIZES[found[2]]} {i.args}".strip()
    if i.op in ("mov", "lea", "cmp", "xor", "test", "and"):
        # Those that are addresses stay; a register that is read or written becomes its lower half.
        narrow = re.sub(r"(?<!\()%(\w+)(?!\))", lambda m: "%" + HALF.get(m[1], m[1]), i.args)
        if narrow != i.args:
            yield "another size", f"{i.op} {narrow}"


def mutations(instruction):
    """The mutants of one instruction, each once."""
    found = [m for operator in (removed, other_register, off_by_one, condition, size)
             for m in operator(instruction)]
    return list(dict.fromkeys(found))
