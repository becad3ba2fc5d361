"""Faults planted in copies of the report: each must be found by the check that looks for it."""
import pathlib
import shutil
import tempfile

import links


def plant(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    if old not in text:
        return False
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return True


WIDE = '<p style="width: 500px">wide</p></main>'
FOLDED = '<details><summary>more</summary><p style="width: 500px">wide</p></details></main>'
PALE = '<p style="color: #999; background: #fff">pale</p></main>'
# what, file, text, text instead, the part of the test, what must be said
FAULTS = [
    ("a link to no page", "promises.html", 'href="./promise/one_fault.html"', 'href="./promise/no_fault.html"', "pages",
     "leads to no file"),
    ("a link to no place", "promise/one_fault.html", "../spec/step.html#Step.step", "../spec/step.html#Step.leap", "pages",
     "leads to no place on spec/step.html"),
    ("a link to the network", "index.html", '<a href="./promise/boot.html"', '<a href="https://example.org/"', "pages",
     "leads out of the report"),
    ("a page that no link leads to", "stray.html", None, None, "pages", "no link leads there"),
    ("a page that is too wide", "core/hold.html", "</main>", WIDE, "pages", "pixels wide on a screen of 360"),
    ("a page that is too wide once unfolded", "core/hold.html", "</main>", FOLDED, "pages", "pixels wide on a screen of 360"),
    ("pale text", "core/hold.html", "</main>", PALE, "pages", "has a contrast of 2."),
    ("an error of a script", "finder.js", '"use strict";', '"use strict"; nothing.there();', "pages", "the console says"),
    ("a style sheet that is not there", "spec/proxy.html", "style.css", "styles.css", "pages", "leads to no file"),
    ("no main landmark", "spec/proxy.html", "<main", "<div", "pages", "has 0 of main"),
    ("an id twice", "core/hold.html", "</main>", '<p id="goals">x</p></main>', "pages", "stands there twice"),
    ("an entry that is not in the index", "index.js", '"one_fault", "promise"', '"two_fault", "promise"', "search",
     "`one_fault` does not find"),
    ("an entry that no search shows", "finder.js", "found.slice(0, MOST)", "found.slice(1, MOST)", "search",
     "not found by its name"),
    ("a place that the keyboard does not reach", "index.html", 'class="skip"', 'class="skip" tabindex="-1"', "keyboard",
     "is not the link that skips"),
    ("a focus that is not shown", "style.css", "outline: 3px solid var(--link)", "outline: none", "keyboard",
     "it is not to be seen"),
]
LOOKED_AT = ["index.html", "promises.html", "promise/one_fault.html", "core/hold.html", "spec/proxy.html",
             "spec/step.html", "stray.html"]


def found_by(look, part):
    """What one part of the test says of a copy, of which only some pages are opened."""
    if part == "search":
        return look.search()
    if part == "keyboard":
        return look.by_keyboard(["index.html"])
    return look.every_page([p for p in links.pages(look.folder) if p in LOOKED_AT])


def run(looker, report):
    """The number of faults that were not found."""
    missed, before = 0, {part: found_by(looker(report), part) for part in {f[4] for f in FAULTS}}
    for part, said in before.items():
        if said:
            missed += 1
            print(f"report-test: FAILED: {part}: without a planted fault these pages have one: {said[:3]}")
    with tempfile.TemporaryDirectory() as name:
        for what, file, old, new, part, wanted in FAULTS:
            folder = pathlib.Path(name) / "report"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(report, folder)
            if old is None:
                shutil.copy(folder / "ledger.html", folder / file)
                done = True
            else:
                done = plant(folder, file, old, new)
            said = found_by(looker(folder), part) if done else [f"{file} does not hold {old!r} any more"]
            if not any(wanted in line for line in said):
                missed += 1
                print(f"report-test: FAILED: {what} (in {file}) was not found; said: {said[:3]}")
    print(f"report-test: {len(FAULTS)} faults planted, {missed} not found")
    return missed
