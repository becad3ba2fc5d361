#!/usr/bin/env python3
"""A copy of the kernel with some bytes of one function replaced, so that a test
can see what the kernel does when it traps itself.

patch.py KERNEL SYMBOL HEX OUTPUT     e.g. trap_syscall 0f0b: an undefined instruction
"""
import struct
import subprocess
import sys


def symbols(kernel):
    """{name: (address, size, 0 if it has none)}"""
    names = subprocess.run(["nm", "-S", str(kernel)], check=True, capture_output=True, text=True).stdout
    lines = (line.split() for line in names.splitlines())
    return {words[-1]: (int(words[0], 16), int(words[1], 16) if len(words) == 4 else 0)
            for words in lines if len(words) > 2}


def address_of(kernel, symbol):
    found = symbols(kernel).get(symbol)
    if found is None:
        raise SystemExit(f"patch.py: {kernel} has no symbol {symbol}")
    return found[0]


def loaded(kernel, symbol, length=1):
    """The bytes of the kernel's file; where in it `symbol` is; and where the segment of both begins and ends."""
    with open(kernel, "rb") as f:
        data = bytearray(f.read())
    address = address_of(kernel, symbol)
    headers, = struct.unpack_from("<Q", data, 32)
    count, = struct.unpack_from("<H", data, 56)
    for i in range(count):
        kind, _, offset, start, _, size, _ = struct.unpack_from("<IIQQQQQ", data, headers + 56 * i)
        if kind == 1 and start <= address and address + length <= start + size:
            return data, offset + address - start, offset, offset + size
    raise SystemExit(f"patch.py: {symbol} is not in a loaded segment of {kernel}")


def patched(kernel, symbol, code):
    """The bytes of the kernel's file, with `code` where `symbol` is."""
    data, at, _, _ = loaded(kernel, symbol, len(code))
    data[at:at + len(code)] = code
    return data


def replaced(kernel, symbol, old, new):
    """With `new`, as long as `old`, for each `old` in the segment of `symbol`; None if there is none."""
    data, _, start, end = loaded(kernel, symbol)
    segment = bytes(data[start:end])
    data[start:end] = segment.replace(old, new)
    return data if old in segment else None


def main():
    if len(sys.argv) != 5:
        raise SystemExit(__doc__.strip())
    kernel, symbol, code, output = sys.argv[1:]
    with open(output, "wb") as f:
        f.write(patched(kernel, symbol, bytes.fromhex(code)))


if __name__ == "__main__":
    main()
