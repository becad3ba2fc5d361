"""One page of the report: plain HTML with landmarks, and links that do not depend on depth.

In a body `@/` stands for the report's root: `href="@/core/hold.html"`.
"""
import dataclasses
import html

MENU = [("index.html", "Claim"), ("promises.html", "Promises"), ("functions.html", "Functions"),
        ("modules.html", "Specification"), ("machines.html", "State diagrams"),
        ("scenarios.html", "Scenarios"), ("ledger.html", "Trust ledger")]

SHELL = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Postern</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="@/style.css">
<script src="@/index.js" defer></script>
<script src="@/finder.js" defer></script>
</head>
<body data-root="@/">
<a class="skip" href="#content">Skip to content</a>
<header>
<p class="name"><a href="@/index.html">Postern</a> <span>evidence report</span></p>
<form role="search" id="search" hidden>
<label for="query">Search</label>
<input type="search" id="query" autocomplete="off" spellcheck="false" aria-describedby="count"
 placeholder="a function, a lemma, a file">
<p id="count" role="status"></p>
<ul id="found"></ul>
</form>
<nav aria-label="Report"><ul>
{menu}
</ul></nav>
</header>
<main id="content" tabindex="-1">
<h1>{heading}</h1>
{body}
</main>
<footer>
<p>{text}</p>
</footer>
</body>
</html>
"""


@dataclasses.dataclass
class Page:
    path: str                 # below the report's root
    title: str                # plain text
    body: str                 # HTML
    kind: str = ""            # for the search index; "" keeps the page out of it
    words: str = ""           # what else it is found by
    heading: str = ""         # HTML; the title if not given
    part_of: str = ""         # the menu's entry that it belongs to

    def html(self, text):
        here = self.part_of or self.path
        menu = "\n".join(f'<li><a href="@/{path}"{current(path == here)}>{name}</a></li>'
                         for path, name in MENU)
        whole = SHELL.format(title=esc(self.title), heading=self.heading or esc(self.title),
                             menu=menu, body=self.body, text=text)
        return whole.replace("@/", "../" * self.path.count("/") or "./")


def current(is_it):
    return ' aria-current="page"' if is_it else ""


def esc(text):
    return html.escape(str(text), quote=True).replace("@/", "&#64;/")


def link(path, text):
    """A link to a place in the report, to a plain text."""
    return f'<a href="@/{path}">{esc(text)}</a>'


def code(text):
    return f"<code>{esc(text)}</code>"


def section(title, body, name=""):
    at = f' id="{name}"' if name else ""
    return f"<section><h2{at}>{esc(title)}</h2>\n{body}\n</section>"


def table(heads, rows, caption=""):
    """rows: lists of HTML. Each cell says its heading, for narrow screens."""
    top = "".join(f'<th scope="col">{esc(h)}</th>' for h in heads)
    body = "\n".join("<tr>" + "".join(f'<td data-head="{esc(h)}">{cell}</td>' for h, cell in zip(heads, row))
                     + "</tr>" for row in rows)
    title = f"<caption>{esc(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{top}</tr></thead><tbody>\n{body}\n</tbody></table>"


def items(entries):
    return "<ul>" + "".join(f"<li>{e}</li>" for e in entries) + "</ul>" if entries else ""


def fold(summary, body):
    """What is there for who asks; works without a script."""
    return f"<details><summary>{summary}</summary>\n{body}\n</details>"


def source(body):
    """Text of a program: it scrolls by itself when it is too wide."""
    return f'<pre class="source" tabindex="0" role="region" aria-label="source text"><code>{body}</code></pre>'


def badge(word, kind):
    return f'<span class="badge {kind}">{esc(word)}</span>'
