"""The little Markdown that VERIFY.md uses, as HTML; and its sections, taken and not repeated."""
import re

from page import esc


def inline(text):
    """`code`, **bold**, *emphasis*, links: those to other places of VERIFY.md become plain text."""
    parts = re.split(r"(`[^`]*`)", text)
    out = []
    for part in parts:
        if part.startswith("`"):
            out.append(f"<code>{esc(part[1:-1])}</code>")
            continue
        part = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", esc(part))
        part = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", part)
        out.append(re.sub(r"\*(\S[^*]*)\*", r"<em>\1</em>", part))
    return "".join(out)


def part(text, heading):
    """What stands below a heading, up to the next."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    if not found:
        raise ValueError(f"VERIFY.md has no heading `{heading}`")
    return found[1].strip()


def blocks(text):
    """Paragraphs, lists and tables."""
    out = []
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith("|"):
            out.append(rows(block))
        elif re.match(r"(?:- |\d+\. )", block):
            out.append(listed(block))
        else:
            out.append(f"<p>{inline(block)}</p>")
    return "\n".join(out)


def listed(block):
    tag = "ul" if block.startswith("-") else "ol"
    found = re.split(r"^(?:- |\d+\. )", block, flags=re.M)[1:]
    return f"<{tag}>" + "".join(f"<li>{inline(re.sub(chr(10) + ' *', ' ', e.strip()))}</li>" for e in found) + f"</{tag}>"


def rows(block):
    from page import table
    lines = [[c.strip() for c in line.strip().strip("|").split("|")] for line in block.splitlines()]
    return table(lines[0], [[inline(c) for c in row] for row in lines[2:]])
