#!/usr/bin/env python3
"""Rules of the house that no compiler checks: what may stand in which folder, how long
a file may be, and words that must not stand anywhere. Errors name file and line.
"""
import pathlib
import py_compile
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST = 400
ASSEMBLY_BUDGET = 300
TEXT = {".mlw", ".ml", ".c", ".h", ".S", ".ld", ".py", ".toml", ".md", ".mk", ".txt", ".sh",
        ".css", ".js", ""}
COUNTED = {".mlw", ".ml", ".c", ".h", ".S", ".py", ".css", ".js"}
# (folder, pattern, why it may not stand there)
BANNED = [
    ("core/", r"\basm\b|__asm", "assembly"),
    ("core/", r"__FRAMAC__", "text that only the prover sees"),
    ("core/", r"#\s*if(?!ndef POSTERN_\w+_H)", "conditional compilation"),
    ("core/", r"\bgoto\b|\bmalloc\b", "goto or allocation"),
    ("core/", r"#\s*include\s+[<\"]arch", "hardware"),
    ("spec/", r"\bval\b", "a symbol without body"),
    ("user/", r"#\s*include\s+[<\"](\.\./)*(core|arch)/", "kernel headers"),
    ("", r"\b(TODO|FIXME|XXX)\b", "an unfinished thought"),
]


def tracked():
    out = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                         cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / f for f in out.splitlines() if (ROOT / f).is_file()]


def code_lines(path):
    return sum(1 for l in path.read_text().splitlines()
               if l.strip() and not re.match(r"\s*(/\*|\*|//|#(?!include|define))", l))


def banned(path, name, text):
    if name == "harness/lint.py" or name.startswith(("proofs/tests/", "proofs/gates/")):
        return
    for folder, pattern, why in BANNED:
        if name.startswith(folder):
            for number, line in enumerate(text.splitlines(), 1):
                if re.search(pattern, line):
                    yield f"{name}:{number}: {why} may not stand here"


def shape(path, name, text):
    if path.suffix in COUNTED and not name.startswith("proofs/bridge/") \
            and text.count("\n") > LONGEST:
        yield f"{name}: {text.count(chr(10))} lines; at most {LONGEST}"
    for number, line in enumerate(text.splitlines(), 1):
        if line != line.rstrip():
            yield f"{name}:{number}: white space at the end of the line"
    if text and not text.endswith("\n"):
        yield f"{name}: the last line does not end"


def python(path, name):
    try:
        with tempfile.TemporaryDirectory() as d:
            py_compile.compile(str(path), cfile=d + "/x", doraise=True)
    except py_compile.PyCompileError as why:
        yield f"{name}: {why.msg.strip().splitlines()[-1]}"


def problems():
    assembly = 0
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if path.suffix not in TEXT or name == "LICENSE":
            continue
        text = path.read_text()
        yield from banned(path, name, text)
        yield from shape(path, name, text)
        if path.suffix == ".py":
            yield from python(path, name)
        if path.suffix == ".S" and name.startswith("arch/"):
            assembly += code_lines(path)
    if assembly > ASSEMBLY_BUDGET:
        yield f"arch: {assembly} lines of assembly; at most {ASSEMBLY_BUDGET}"


def main():
    found = list(problems())
    print("\n".join(found) if found else "lint: nothing found")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
