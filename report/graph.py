"""Graphs as inline SVG: dot lays them out, the style sheet colours them."""
import html
import re
import subprocess

from page import esc

SETTINGS = ('graph [rankdir={direction}, bgcolor=transparent, pad=0.1, nodesep=0.25, ranksep=0.4]; '
            'node [shape=box, style=rounded, fontname="sans-serif", fontsize=12, height=0.3, margin="0.12,0.05"]; '
            'edge [fontname="sans-serif", fontsize=11, arrowsize=0.7];')
FITS = 1200     # points: a wider one is not made smaller to fit


class GraphError(Exception):
    """dot is missing or refuses."""


def quote(text):
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def attributes(values):
    return "[" + ", ".join(f"{k}={quote(v)}" for k, v in values.items() if v) + "]"


def dot(nodes, edges, direction="TB"):
    """nodes: {name: {attribute: value}}; edges: [(from, to, {attribute: value})]"""
    lines = [f"{quote(n)} {attributes(a)};" for n, a in nodes.items()]
    lines += [f"{quote(a)} -> {quote(b)} {attributes(more)};" for a, b, more in edges]
    return "digraph g {" + SETTINGS.format(direction=direction) + "\n" + "\n".join(lines) + "\n}\n"


def svg(nodes, edges, title, direction="TB"):
    """The drawing, in a box that scrolls by itself; the same is said in words beside it."""
    text = run(dot(nodes, edges, direction))
    text = text[text.index("<svg"):]
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.S)
    text = re.sub(r"\s*<title>.*?</title>", "", text, flags=re.S)
    text = re.sub(r' (?:fill|stroke|font-family|xmlns:xlink|xlink:title|id)="[^"]*"', "", text)
    text = text.replace("xlink:href=", "href=")
    text = re.sub(r'<svg [^>]*?width="(\d+)pt" height="(\d+)pt"\s*viewBox="([^"]*)"[^>]*>',
                  lambda m: f'<svg width="{m[1]}pt" height="{m[2]}pt" viewBox="{m[3]}" '
                            f'xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{esc(title)}">',
                  text, count=1, flags=re.S)
    width = re.search(r'<svg width="(\d+)pt"', text)
    kind = "drawing wide" if width and int(width[1]) > FITS else "drawing"
    return (f'<figure><div class="{kind}" tabindex="0" role="region" aria-label="{esc(title)}">\n'
            f"{text}</div><figcaption>{esc(title)}</figcaption></figure>")


def run(text):
    try:
        done = subprocess.run(["dot", "-Tsvg"], input=text, capture_output=True, text=True)
    except FileNotFoundError:
        raise GraphError("there is no `dot`; install Debian's package graphviz") from None
    if done.returncode:
        raise GraphError(f"dot refuses a graph: {html.unescape(done.stderr.strip())}")
    return done.stdout
