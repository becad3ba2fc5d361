"""Follows every link of a report: to pages, to places on pages, to nothing outside.

The links, ids and names are those of the pages as the browser has read them.
"""
import posixpath
import urllib.parse

READ = """
return {
  links: Array.from(document.querySelectorAll('a')).map(a => a.getAttribute('href')),
  files: Array.from(document.querySelectorAll('link[href], script[src], img[src]'))
    .map(e => e.getAttribute('href') || e.getAttribute('src')),
  ids: Array.from(document.querySelectorAll('[id]')).map(e => e.id)
};
"""


def pages(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.html"))


def goes_to(page, href):
    """(page or file, fragment) below the report's folder; None for a place outside."""
    parts = urllib.parse.urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = urllib.parse.unquote(parts.path)
    there = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    return there, urllib.parse.unquote(parts.fragment)


def problems(folder, read):
    """read: {page: what READ gave}"""
    reached, left = set(), ["index.html"]
    for page, found in read.items():
        double = sorted({i for i in found["ids"] if found["ids"].count(i) > 1}) if len(set(found["ids"])) < len(
            found["ids"]) else []
        yield from (f"{page}: the id {i} stands there twice" for i in double)
        for href in found["links"] + [f for f in found["files"] if not f.startswith("data:")]:
            yield from wrong(folder, read, page, href)
    while left:
        page = left.pop()
        if page in read and page not in reached:
            reached.add(page)
            left += [goes_to(page, h)[0] for h in read[page]["links"] if h and goes_to(page, h)]
    yield from (f"{page}: no link leads there" for page in read if page not in reached)


def wrong(folder, read, page, href):
    there = goes_to(page, href) if href else None
    if not href:
        yield f"{page}: a link without place"
    elif there is None or there[0].startswith(".."):
        yield f"{page}: {href} leads out of the report"
    elif not (folder / there[0]).is_file():
        yield f"{page}: {href} leads to no file"
    elif there[1] and there[0] in read and there[1] not in read[there[0]]["ids"]:
        yield f"{page}: {href} leads to no place on {there[0]}"
