"""Why a command failed, in a few lines: for the end of a long output.

A line that begins with MARK is a reason that another command has already found (verify.py
prints such lines, suite.py repeats them). Otherwise telling lines are looked for, some with
the lines below that are indented further; and if there are none, the last lines must do.
"""
import os
import re
import subprocess
import sys

MARK = "!! "
MOST, WIDTH = 10, 150
TELLING = re.compile(
    r"UNPROVED|PROVED \(must not be\)|SURVIVE[DS]|the function itself is not proved|limit missed|\bFAIL(ED)?\b|\b\w*[Ee]rror\b|^ERROR|\babort|^gate .* problems$"
    r"|^missing|, \S+ is expected|not the same as|^hosted: after|^oracle: system|^soak: system|^replay: entry|NOT FOUND")
HEADING = re.compile(r"^gate .* problems$|FAILED$")  # what follows indented belongs to it
NOISE = re.compile(r"^make(\[\d+\])?: \*\*\*|^\s*$|^Traceback|^  \S+ +noticed |\bFAILED \((failures|errors)|, 0 failed")


def indent(line):
    return len(line) - len(line.lstrip())


def telling(lines):
    """The telling lines and what belongs to them; [] if there are none."""
    out, depth = [], None
    for line in lines:
        below = depth is not None and indent(line) > depth
        if not below:
            depth = indent(line) if HEADING.search(line) else None
        if below or TELLING.search(line):
            out.append(line)
    return out


def shorten(lines, most):
    """At most so many, with the number of those that are left out."""
    lines = [line if len(line) <= WIDTH else line[:WIDTH - 3] + "..." for line in lines]
    if len(lines) <= most or most < 3:
        return lines[:most]
    return lines[:most - 1] + [f"and {len(lines) - most + 1} more"]


def reasons(lines, most=MOST):
    """At most so many lines that say why the command with this output failed."""
    lines = [line.rstrip() for line in lines]
    marked = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
    if marked:
        return by_stage(marked, most)
    lines = [line for line in lines if not NOISE.search(line)]
    found = telling(lines)
    if not found:
        return shorten(lines[-most:], most) or ["it said nothing"]
    if lines[-1] in found or most < 3:
        return shorten(found, most)
    return shorten(found, most - 1) + shorten(lines[-1:], 1)   # the last line is the count


def by_stage(marked, most):
    """An equal share of the lines for each stage, at least one."""
    stages = {}
    for line in marked:
        stages.setdefault(line.split(":")[0], []).append(line)
    share = max(most // len(stages), 1)
    return [line for group in stages.values() for line in shorten(group, share)]


def run(command, quiet=False, **options):
    """Run a command, show its output as it comes unless `quiet`: (exit status, lines)."""
    environment = dict(os.environ, PYTHONUNBUFFERED="1")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, errors="replace",
                               env=environment, **options)
    lines = []
    for line in process.stdout:
        if not quiet:
            sys.stdout.write(line)
            sys.stdout.flush()
        lines.append(line)
    process.stdout.close()
    return process.wait(), lines
