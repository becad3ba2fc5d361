#!/usr/bin/env python3
"""The fuzzer's inputs that are kept: corpus.txt, one a line, in hexadecimal.

  corpus.py unpack FOLDER   a file for each, and no other file
  corpus.py pack FOLDER     from the files
"""
import hashlib
import pathlib
import shutil
import sys

KEPT = pathlib.Path(__file__).resolve().parent / "corpus.txt"


def unpack(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for line in KEPT.read_text().split():
        blob = bytes.fromhex(line)
        (folder / hashlib.sha1(blob).hexdigest()).write_bytes(blob)


def pack(folder):
    blobs = sorted((f.read_bytes() for f in folder.iterdir()), key=lambda b: (len(b), b))
    KEPT.write_text("".join(blob.hex() + "\n" for blob in blobs if blob))
    print(f"corpus: {len(blobs)} inputs, {sum(map(len, blobs))} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("pack", "unpack"):
        sys.exit(__doc__)
    {"pack": pack, "unpack": unpack}[sys.argv[1]](pathlib.Path(sys.argv[2]))
