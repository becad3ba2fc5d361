#!/usr/bin/env python3
"""Boot mutated images: image_boots.py --kernel FILE FOLDER, where `images write` put them. Each
file's name says what core_init, on the host, says of its words: the kernel must refuse what is
refused there (the boot code may find something else wrong before that), and never take an
exception of its own or stop answering.
"""
import argparse
import collections
import re
import sys
from pathlib import Path

import qemu
import refusals

SECONDS, PATIENCE = 1.5, 30  # for a system that runs on; for a kernel that is to say something
BOOTED = re.compile(r"^postern: \d+ process", re.M)  # what it says before the first process runs


def boot(kernel, path):
    """Once more, with time, if it had said nothing of the image: other work may have slowed it."""
    for seconds in (SECONDS, PATIENCE):
        result = qemu.boot(qemu.Machine(kernel=str(kernel), image=str(path), timeout=seconds))
        if not result.timed_out or BOOTED.search(result.serial):
            break
    return result


def fault_of(path, result):
    """Why the kernel did not do as it should (None if it did), and in a word what it did."""
    verdict, record, field = (path.name.split(".")[1:-1] + ["", ""])[:3]
    line = re.search(r"boot image refused: (.*)", result.serial)
    if result.code == qemu.REFUSED and line:
        if verdict == "accepted":
            # the core accepts its part; the boot code may refuse spaces, segments, sizes
            return None, "refused by the boot code"
        same = f"{verdict} {record}, field {field}" in line[1] or f"{verdict}, field {field}" in line[1]
        return None, "refused for the same word" if same else "refused by the boot code, for another word"
    if verdict != "accepted":
        return f"core_init refuses {verdict} {record}, field {field}; the kernel does not", "not refused"
    if not BOOTED.search(result.serial):
        return f"it said neither that it starts nor why not: {result.describe()}", "silent"
    return (None, "ran") if refusals.survived(result) else (result.describe(), "broke")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kernel", type=Path, required=True)
    p.add_argument("folder", type=Path)
    args = p.parse_args()
    counts, bad, images = collections.Counter(), [], sorted(args.folder.glob("*.img"))
    if not images:
        sys.exit(f"image_boots.py: {args.folder} has no image")
    for number, path in enumerate(images, 1):
        result = boot(args.kernel, path)
        fault, what = fault_of(path, result)
        counts[what] += 1
        if fault:
            bad.append(f"image-boots: {path}: {fault}\n{result.tail()}")
        if number % 50 == 0:
            print(f"  {number} of {len(images)} booted", flush=True)
    for what, count in counts.most_common():
        print(f"  {count:6} {what}")
    print(f"image-boots: {len(images) - len(bad)} of {len(images)} booted kernels refused or ran their image as they should")
    print("\n".join(bad), end="\n" if bad else "", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (qemu.QemuError, OSError) as error:
        print(f"image_boots.py: {error}", file=sys.stderr)
        sys.exit(2)
