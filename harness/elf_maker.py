"""Small ELF programs for tests, made byte by byte."""

import struct

TEXT, DATA = 0x400000, 0x402000
R, W, X = 4, 2, 1


def make(segments=None, symbols=None, entry=TEXT, kind=2, machine=62):
    """An ELF64 file: segments are (address, bytes, memory size, flags); symbols by name."""
    if segments is None:
        segments = [(TEXT, b"\x90" * 16, 16, R | X), (DATA, b"data", 8192, R | W)]
    symbols = symbols or {}
    names, table = b"\0", struct.pack("<IBBHQQ", 0, 0, 0, 0, 0, 0)
    for name, address in symbols.items():
        table += struct.pack("<IBBHQQ", len(names), 0x10, 0, 1, address, 0)
        names += name.encode() + b"\0"

    body = 64 + 56 * len(segments)
    headers, data = b"", b""
    for address, content, size, flags in segments:
        headers += struct.pack("<IIQQQQQQ", 1, flags, body + len(data), address, address,
                               len(content), size, 4096)
        data += content
    at_table = body + len(data)
    at_names = at_table + len(table)
    at_sections = at_names + len(names)
    sections = b"".join(struct.pack("<IIQQQQIIQQ", 0, kind_, 0, 0, where, length, link, 0, 1, size)
                        for kind_, where, length, link, size in (
                            (0, 0, 0, 0, 0),
                            (2, at_table, len(table), 2, 24),
                            (3, at_names, len(names), 0, 0)))
    head = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\x02\x01\x01", kind, machine, 1, entry, 64,
                       at_sections, 0, 64, 56, len(segments), 64, 3, 2)
    return head + headers + data + table + names + sections
