#!/usr/bin/env python3
"""Write the report: plain HTML under build/report, from the texts and from what other targets
left in build/ and proofs/data. Opens from the file system; needs no server and no network.

  make.py [--config NAME] [--out FOLDER] [--root TREE]
"""
import argparse
import os
import pathlib
import shutil
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "proofs"))

import finder  # noqa: E402
import front  # noqa: E402
import functions  # noqa: E402
import graph  # noqa: E402
import ledgers  # noqa: E402
import machines  # noqa: E402
import modules  # noqa: E402
import promises  # noqa: E402
import report as whole  # noqa: E402
import stages  # noqa: E402
import terms  # noqa: E402
from page import esc  # noqa: E402


def pages(report):
    return [front.page(report), *promises.pages(report), *functions.pages(report), *modules.pages(report),
            machines.page(report), *stages.pages(report), ledgers.page(report)]


def write(report, out):
    """The number of pages and of entries of the search index."""
    found = pages(report)
    shutil.rmtree(out, ignore_errors=True)
    text = esc(f"Made from {report.data.text()} by make report.")
    for page in found:
        path = out / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.html(text), encoding="utf-8")
    (out / "index.js").write_text(finder.script(report, found), encoding="utf-8")
    for name in ("style.css", "finder.js"):
        shutil.copy(HERE / name, out / name)
    return len(found), len(finder.entries(report, found))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--config", default=os.environ.get("CONFIG", "default"))
    p.add_argument("--out", type=pathlib.Path, default=HERE.parent / "build" / "report")
    p.add_argument("--root", type=pathlib.Path, default=HERE.parent)
    options, start = p.parse_args(), time.monotonic()
    try:
        written, indexed = write(whole.Report(options.root, options.config), options.out)
    except (whole.ReportError, graph.GraphError, terms.Unreadable, OSError) as error:
        sys.exit(f"report: {error}")
    print(f"report: {written} pages, {indexed} entries in the search index, "
          f"{time.monotonic() - start:.1f} s; open {options.out}/index.html")


if __name__ == "__main__":
    main()
