"""The instructions of an assembly file, each use of a macro by itself."""
import dataclasses
import re

LINE = re.compile(r"^(?P<label>\s*\w+:)?(?P<space>\s+)(?P<op>[a-z]\w*|\.byte)(?P<gap>\s*)(?P<args>[^\n]*)$")


@dataclasses.dataclass(frozen=True)
class Instruction:
    line: int      # index into the file's lines
    label: str     # the last one that has a name
    use: str       # "" or, in a macro, where it is used: save at trap
    before: str    # of the line: label and space
    op: str
    args: str

    @property
    def text(self):
        return f"{self.op} {self.args}".strip()


def plain(text):
    """Comments become spaces; the lines stay where they are."""
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)


class Source:
    """A file in which each use of a macro has been replaced by the macro's lines."""

    def __init__(self, path):
        self.path, self.lines, self.uses = path, [], []
        macros, open_macro, label = {}, None, ""
        for line in plain(path.read_text()).splitlines():
            start = re.match(r"\s*\.macro\s+(\w+)\s*(.*)", line)
            named = re.match(r"([a-z]\w+):", line)
            label = named[1] if named else label
            if start:
                open_macro = macros[start[1]] = (re.split(r"[,\s]+", start[2].strip()) if start[2] else [], [])
            elif re.match(r"\s*\.endm\b", line):
                open_macro = None
            elif open_macro:
                open_macro[1].append(line)
            else:
                self.add(line, label, macros)

    def add(self, line, label, macros):
        """One line, or those of the macro that it uses."""
        found = LINE.match(line.rstrip())
        if not found or found["op"] not in macros:
            self.lines.append(line.rstrip())
            self.uses.append((label, ""))
            return
        names, body = macros[found["op"]]
        values = [v.strip() for v in found["args"].split(",")]
        for inner in body:
            for name, value in zip(names, values):
                inner = re.sub(rf"\\{name}\b", lambda _: value, inner)
            self.lines.append(inner.rstrip())
            self.uses.append((label, f"{found['op']} in {label}"))

    def instructions(self):
        for n, line in enumerate(self.lines):
            found = LINE.match(line)
            if found and not line.lstrip().startswith("#"):
                label, use = self.uses[n]
                yield Instruction(n, label, use, (found["label"] or "") + found["space"],
                                  found["op"], found["args"].strip())

    def text(self, instruction=None, new=""):
        """The file, with one instruction replaced."""
        lines = list(self.lines)
        if instruction:
            lines[instruction.line] = instruction.before + new
        return "\n".join(lines) + "\n"
