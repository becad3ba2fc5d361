#!/usr/bin/env python3
"""Looks at the report in headless Chromium: `make report-test`.

Every link of every page is followed, also to places on pages; no page may be wider than a
phone's screen (360 pixels), complain on the console, or lack a landmark; contrast is measured
in both colour schemes; search and menu are used by keyboard; without scripts the pages are
still there. Then what these checks look for is planted in copies of the report (planted.py):
each fault must be found. Screenshots are left in build/report-test.
"""
import argparse
import json
import os
import pathlib
import shutil
import sys
import time

import links
import looks
import planted
import searches
import webdriver

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EVERY = 15  # seconds between progress lines
SHOTS = ["index.html", "promises.html", "promise/one_fault.html", "functions.html", "core/hold.html", "modules.html",
         "spec/proxy.html", "machines.html", "scenarios.html", "scenario/proxy.html", "ledger.html"]


class Look:
    def __init__(self, browser, folder, quiet=False):
        self.browser, self.folder, self.quiet = browser, folder, quiet
        self.links, self.least, self.last = 0, 21.0, time.monotonic()

    def open(self, page="index.html", fragment=""):
        self.browser.open(self.folder / page, fragment)

    def progress(self, done, total):
        if not self.quiet and time.monotonic() - self.last > EVERY:
            self.last = time.monotonic()
            print(f"report-test: {done} of {total} pages looked at", flush=True)

    def page(self, page):
        """What is wrong with one page, and what it holds."""
        self.open(page)
        out = looks.shape(self.browser, page)
        for scheme in ("light", "dark"):
            self.browser.scheme(scheme)
            wrong, least = looks.contrast(self.browser, page, scheme)
            out, self.least = out + wrong, min(self.least, least)
        out += [f"{page}: the console says: {line}" for line in self.browser.console()]
        return out, self.browser.run(links.READ)

    def every_page(self, pages):
        self.browser.size(looks.NARROW, looks.HIGH)
        out, read = [], {}
        for n, page in enumerate(pages):
            wrong, read[page] = self.page(page)
            out += wrong
            self.progress(n, len(pages))
        self.links = sum(len(found["links"]) for found in read.values())
        return out + list(links.problems(self.folder, read))

    def by_keyboard(self, pages):
        out = []
        for page in pages:
            self.open(page)
            out += looks.keyboard(self.browser, page)
            self.open(page)
            out += looks.skips(self.browser, page)
        return out

    def search(self):
        wanted = index(self.folder)
        out = [] if wanted else ["search: the index is empty"]
        return out + searches.problems(self.browser, self.open, wanted)

    def without_scripts(self):
        self.browser.scripts(False)
        self.open()
        self.browser.scripts(True)
        there = self.browser.run("return [document.querySelectorAll('main section').length, "
                                 "document.getElementById('search').hidden]")
        return [] if there[0] and there[1] else ["index.html: without scripts it is empty, or shows a dead search box"]


def index(folder):
    """[(name, place)] of the search index."""
    text = (folder / "index.js").read_text(encoding="utf-8")
    return [(e[0], e[2]) for e in json.loads(text[text.index("["):text.rindex("]") + 1])]


def screenshots(browser, folder, out):
    for page in SHOTS:
        for name, width, high, scheme in (("wide", 1280, 1600, "light"), ("dark", 1280, 1600, "dark"),
                                          ("phone", looks.NARROW, 1600, "light")):
            browser.size(width, high)
            browser.scheme(scheme)
            browser.open(folder / page)
            browser.screenshot(out / f"{page.removesuffix('.html').replace('/', '-')}-{name}.png")
    return 3 * len(SHOTS)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    p.add_argument("--report", type=pathlib.Path, default=ROOT / "build" / "report")
    p.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "report-test")
    return p.parse_args()


def look(browser, options):
    pages, it = links.pages(options.report), Look(browser, options.report)
    out = it.every_page(pages) + it.by_keyboard(SHOTS) + it.search() + it.without_scripts()
    for line in out[:40]:
        print(f"report-test: FAILED: {line}")
    taken = screenshots(browser, options.report, options.out)
    print(f"report-test: {len(pages)} pages, {it.links} links followed, least contrast {it.least:.2f}, "
          f"{len(index(options.report))} names searched, {taken} screenshots in {options.out}; {len(out)} problems")
    return len(out)


def main():
    options, start = arguments(), time.monotonic()
    if not (options.report / "index.html").is_file():
        sys.exit(f"report-test: {options.report} holds no report; run make report")
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    try:
        with webdriver.browser() as browser:
            wrong = look(browser, options)
            missed = planted.run(lambda folder: Look(browser, folder, quiet=True), options.report)
    except (webdriver.BrowserError, OSError) as error:
        sys.exit(f"report-test: {error}")
    print(f"report-test: {time.monotonic() - start:.0f} s")
    sys.exit(1 if wrong or missed else 0)


if __name__ == "__main__":
    main()
