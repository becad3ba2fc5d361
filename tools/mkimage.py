#!/usr/bin/env python3
"""Turns a system (TOML) and its programs (ELF) into a boot image."""

import argparse
import sys
from pathlib import Path

import image
import system


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("system", type=Path, help="the system's TOML file")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the image to write")
    parser.add_argument("-p", "--programs", type=Path, required=True, help="folder of the programs")
    parser.add_argument("-c", "--config", type=Path, required=True,
                        help="configuration header of the kernel that will boot the image")
    return parser.parse_args()


def main():
    args = arguments()
    try:
        limits = image.read_limits(args.config)
        described = system.read_system(args.system, args.programs)
        blob = image.build(args.system, described, limits)
        args.output.write_bytes(blob)
    except system.BadSystem as error:
        print(f"mkimage: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"mkimage: {args.output}: cannot be written ({error.strerror})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
