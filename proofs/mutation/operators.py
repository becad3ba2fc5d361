"""What a mutant changes: each operator turns a node of the syntax tree into edits.

An edit is (name of the operator, first, last + 1, new text): places in the file's text.
"""
from .syntax import bare, inner

RELATIONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
ARITHMETIC = {"+": "-", "-": "+", "<<": ">>", ">>": "<<", "&": "|", "|": "&", "*": "+",
              "/": "*", "%": "/"}
WRITES = ("BinaryOperator", "CompoundAssignOperator", "UnaryOperator", "CallExpr")


def is_write(node):
    """A statement that does something: a call, an assignment, ++ or --."""
    kind, op = node["kind"], node.get("opcode")
    return kind in ("CallExpr", "CompoundAssignOperator") or \
        kind == "BinaryOperator" and op == "=" or kind == "UnaryOperator" and op in ("++", "--")


def statements(source, node):
    """Of a block: delete a write, do it twice, exchange two that follow each other."""
    children = inner(node)
    for child in children:
        if is_write(child):
            first, stop = source.span(child)
            yield "delete a write", first, stop, "(void)0"
            if child["kind"] != "BinaryOperator":   # an assignment twice is the same
                yield "write twice", first, stop, f"{source.of(child)}; {source.of(child)}"
    for a, b in zip(children, children[1:]):
        if is_write(a) and is_write(b) and source.of(a) != source.of(b):
            (first, middle), (second, stop) = source.span(a), source.span(b)
            yield ("exchange two writes", first, stop,
                   source.of(b) + source.text[middle:second] + source.of(a))


def branch(source, node):
    """Of an `if` or `while`: condition negated, always and never true."""
    condition = inner(node)[0]
    first, stop = source.span(condition)
    yield "negate a condition", first, stop, f"!({source.of(condition)})"
    yield "skip a check", first, stop, "0"
    yield "skip a check", first, stop, "1"
    for child in inner(node)[1:]:
        if is_write(child):
            a, b = source.span(child)
            yield "delete a write", a, b, "(void)0"


def binary(source, node):
    left, right = inner(node)
    op, span = node["opcode"], source.span(node)
    if source.in_macro(node) or source.span(left) is None or source.span(right) is None:
        return
    (_, before), (after, _) = source.span(left), source.span(right)
    if op in ("&&", "||"):
        yield "weaken a condition", *span, source.of(left)
        yield "weaken a condition", *span, source.of(right)
        yield "flip a condition", before, after, " || " if op == "&&" else " && "
    elif op in RELATIONS:
        yield "flip a relation", before, after, f" {RELATIONS[op]} "
        if op in ("<", "<=", ">", ">="):
            yield "off by one", *source.span(right), f"({source.of(right)}) - 1"
            yield "off by one", *source.span(right), f"({source.of(right)}) + 1"
    elif op in ARITHMETIC:
        yield "change an operator", before, after, f" {ARITHMETIC[op]} "


def constant(source, node):
    """A number, or the name of one."""
    text = source.of(node)
    yield "change a constant", *source.span(node), f"({text} + 1)"


def reference(source, node):
    target = node.get("referencedDecl", {})
    other = source.values.get(target.get("id"))
    if target.get("kind") == "EnumConstantDecl" and other:
        yield "change an enumerator", *source.span(node), other


def member(source, node):
    others = source.members.get(node.get("referencedMemberDecl"), [])
    if others and not source.in_macro(node):
        stop = source.span(node)[1]
        yield "another field", stop - len(node["name"]), stop, others[0]


def call(source, node):
    """Exchange two arguments of one type."""
    arguments = inner(node)[1:]
    for a, b in zip(arguments, arguments[1:]):
        same = a["type"]["qualType"] == b["type"]["qualType"] and source.of(a) != source.of(b)
        if same:
            (first, middle), (second, stop) = source.span(a), source.span(b)
            yield ("exchange arguments", first, stop,
                   source.of(b) + source.text[middle:second] + source.of(a))


def choice(source, node):
    _, yes, no = inner(node)
    (first, middle), (second, stop) = source.span(yes), source.span(no)
    yield "exchange the branches", first, stop, source.of(no) + source.text[middle:second] + source.of(yes)


def edits(source, node):
    """The edits of one node and of what is in it."""
    if source.span(node):
        kind = node["kind"]
        if kind == "CompoundStmt":
            yield from statements(source, node)
        elif kind in ("IfStmt", "WhileStmt"):
            yield from branch(source, node)
        elif kind == "BinaryOperator":
            yield from binary(source, node)
        elif kind == "IntegerLiteral":
            yield from constant(source, node)
        elif kind == "DeclRefExpr":
            yield from reference(source, node)
        elif kind == "MemberExpr":
            yield from member(source, node)
        elif kind == "CallExpr":
            yield from call(source, node)
        elif kind == "ConditionalOperator":
            yield from choice(source, node)
        elif kind == "UnaryOperator" and node["opcode"] == "!" and not source.in_macro(node):
            yield "negate a condition", *source.span(node), source.of(inner(node)[0])
    if source.in_macro(node) and node["kind"] not in ("ImplicitCastExpr",):
        return   # the parts of a macro stand elsewhere
    for child in inner(node):
        yield from edits(source, child)


def mutations(source, function):
    """The edits of a function, each once."""
    return list(dict.fromkeys(edits(source, source.body(function))))
