"""The syntax tree of a C file, as clang gives it (-ast-dump=json), with places in the text."""
import json
import pathlib
import re
import shutil
import subprocess


class ClangError(Exception):
    """clang does not read the file."""


def tree(path, includes):
    if not shutil.which("clang"):
        raise ClangError("clang is missing: apt-get install clang")
    cmd = ["clang", "-fsyntax-only", "-std=c11"] + [f"-I{i}" for i in includes]
    done = subprocess.run(cmd + ["-Xclang", "-ast-dump=json", str(path)],
                          capture_output=True, text=True)
    if done.returncode:
        raise ClangError(f"{path}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def walk(node):
    yield node
    for child in inner(node):
        yield from walk(child)


def inner(node):
    """The children that are there: clang writes an empty object for a missing one."""
    return [c for c in node.get("inner", []) if c.get("kind")]


def bare(node):
    """Without the conversions that are not in the text."""
    while node["kind"] == "ImplicitCastExpr":
        node = node["inner"][0]
    return node


class Source:
    """A C file: text, tree, functions, fields of each structure, values of each enumeration."""

    def __init__(self, path, includes):
        self.path, self.text = pathlib.Path(path), pathlib.Path(path).read_text()
        self.tree = tree(path, includes)
        self.functions = [n for n in self.tree["inner"] if n["kind"] == "FunctionDecl" and self.body(n)
                          and self.here(n)]
        self.members, self.values = {}, {}
        for node in walk(self.tree):
            if node["kind"] in ("RecordDecl", "EnumDecl"):
                self.family(node)

    @staticmethod
    def body(function):
        return next((c for c in inner(function) if c["kind"] == "CompoundStmt"), None)

    def here(self, function):
        """Is it defined in this file, not in a header?"""
        start = function["range"]["begin"].get("offset", -1)
        return re.match(rf"[^;{{]*\b{re.escape(function['name'])}\(", self.text[start:]) is not None

    def family(self, node):
        fields = [c for c in inner(node) if c["kind"] == "FieldDecl"]
        for f in fields:
            self.members[f["id"]] = [g["name"] for g in fields if g is not f
                                     and g["type"]["qualType"] == f["type"]["qualType"]]
        values = [c for c in inner(node) if c["kind"] == "EnumConstantDecl"]
        for n, value in enumerate(values):
            self.values[value["id"]] = values[(n + 1) % len(values)]["name"]

    def span(self, node):
        """(first, last + 1) of a node's text; None if it is a part of a macro's text."""
        begin, end = node["range"]["begin"], node["range"]["end"]
        first = begin.get("expansionLoc", begin)
        last = end.get("expansionLoc", end)
        if "offset" not in first or "offset" not in last:
            return None
        stop = last["offset"] + last["tokLen"]
        if "expansionLoc" in end and self.text[stop:stop + 1] == "(":
            stop = self.closing(stop)
        return first["offset"], stop

    def closing(self, start):
        depth = 0
        for n in range(start, len(self.text)):
            depth += {"(": 1, ")": -1}.get(self.text[n], 0)
            if depth == 0:
                return n + 1
        return start

    def of(self, node):
        first, stop = self.span(node)
        return self.text[first:stop]

    def in_macro(self, node):
        """Does its text come from a macro, whose name stands in this file?"""
        return "expansionLoc" in node["range"]["begin"]
