#!/usr/bin/env python3
"""A copy of the kernel with some bytes of one function replaced, so that a test
can see what the kernel does when it traps itself.

patch.py KERNEL SYMBOL HEX OUTPUT     e.g. trap_syscall 0f0b: an undefined instruction
"""
import struct
import subprocess
import sys


def address_of(kernel, symbol):
    names = subprocess.run(["nm", kernel], check=True, capture_output=True, text=True).stdout
    for line in names.splitlines():
        if line.split()[-1] == symbol:
            return int(line.split()[0], 16)
    raise SystemExit(f"patch.py: {kernel} has no symbol {symbol}")


def patched(kernel, symbol, code):
    """The bytes of the kernel's file, with `code` where `symbol` is."""
    with open(kernel, "rb") as f:
        data = bytearray(f.read())
    address = address_of(kernel, symbol)
    headers, = struct.unpack_from("<Q", data, 32)
    count, = struct.unpack_from("<H", data, 56)
    for i in range(count):
        kind, _, offset, start, _, size, _ = struct.unpack_from("<IIQQQQQ", data, headers + 56 * i)
        if kind == 1 and start <= address and address + len(code) <= start + size:
            data[offset + address - start:offset + address - start + len(code)] = code
            return data
    raise SystemExit(f"patch.py: {symbol} is not in a loaded segment of {kernel}")


def main():
    if len(sys.argv) != 5:
        raise SystemExit(__doc__.strip())
    kernel, symbol, code, output = sys.argv[1:]
    with open(output, "wb") as f:
        f.write(patched(kernel, symbol, bytes.fromhex(code)))


if __name__ == "__main__":
    main()
