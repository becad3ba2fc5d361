"""Reads what the tool needs of an ELF64 program: its load segments and symbols."""

import struct
from dataclasses import dataclass, field

EM_X86_64 = 62
ET_EXEC = 2
PT_LOAD, PT_INTERP = 1, 3
SHT_SYMTAB = 2
PF_X, PF_W, PF_R = 1, 2, 4

HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
PROGRAM = struct.Struct("<IIQQQQQQ")
SECTION = struct.Struct("<IIQQQQIIQQ")
SYMBOL = struct.Struct("<IBBHQQ")


class ElfError(Exception):
    """Says what is wrong with the file and what was expected."""


@dataclass
class Segment:
    vaddr: int
    data: bytes
    memsize: int
    read: bool
    write: bool
    execute: bool

    def holds(self, address):
        return self.vaddr <= address < self.vaddr + self.memsize


@dataclass
class Program:
    entry: int
    segments: list
    symbols: dict = field(default_factory=dict)

    def executable(self, address):
        return any(s.execute and s.holds(address) for s in self.segments)


def part(blob, offset, size, what):
    if offset < 0 or size < 0 or offset + size > len(blob):
        raise ElfError(f"{what} lies outside the file ({len(blob)} bytes): is it cut short?")
    return blob[offset:offset + size]


def records(blob, layout, offset, count, size, what):
    """The `count` records of a header table, each at least as long as `layout`."""
    if count and size < layout.size:
        raise ElfError(f"{what} entries have {size} bytes, expected at least {layout.size}")
    for i in range(count):
        yield layout.unpack(part(blob, offset + i * size, layout.size, what))


def read_segments(blob, offset, size, count):
    found = []
    for kind, flags, where, vaddr, _, filesize, memsize, _ in records(
            blob, PROGRAM, offset, count, size, "program header"):
        if kind == PT_INTERP:
            raise ElfError("asks for a dynamic loader, expected a static program")
        if kind != PT_LOAD or memsize == 0:
            continue
        if filesize > memsize:
            raise ElfError(f"segment at {vaddr:#x} has more file bytes than memory bytes")
        data = part(blob, where, filesize, f"segment at {vaddr:#x}")
        found.append(Segment(vaddr, data, memsize, bool(flags & PF_R),
                             bool(flags & PF_W), bool(flags & PF_X)))
    if not found:
        raise ElfError("has no segment to load")
    return found


def name_at(strings, offset):
    end = strings.find(b"\0", offset)
    return strings[offset:end if end >= 0 else None].decode("utf-8", "replace")


def read_symbols(blob, offset, size, count):
    """Name to address, for every symbol that is defined. No table, no names."""
    sections = list(records(blob, SECTION, offset, count, size, "section header"))
    symbols = {}
    for _, kind, _, _, where, length, link, _, _, entry in sections:
        if kind != SHT_SYMTAB:
            continue
        if link >= len(sections) or entry < SYMBOL.size:
            raise ElfError("symbol table is malformed")
        strings = part(blob, sections[link][4], sections[link][5], "string table")
        for name, _, _, index, value, _ in records(
                blob, SYMBOL, where, length // entry, entry, "symbol table"):
            if index != 0 and name:
                symbols[name_at(strings, name)] = value
    return symbols


def parse(blob):
    """The Program in the bytes of an ELF file; ElfError says why there is none."""
    if blob[:4] != b"\x7fELF":
        raise ElfError("is no ELF file")
    head = HEADER.unpack(part(blob, 0, HEADER.size, "ELF header"))
    ident, kind, machine, _, entry, phoff, shoff = head[:7]
    phsize, phcount, shsize, shcount = head[9:13]
    if ident[4] != 2 or ident[5] != 1 or machine != EM_X86_64:
        raise ElfError("is no 64-bit little-endian x86-64 ELF file")
    if kind != ET_EXEC:
        raise ElfError("is not linked to fixed addresses, expected a program "
                       "linked with -static -no-pie")
    segments = read_segments(blob, phoff, phsize, phcount)
    return Program(entry, segments, read_symbols(blob, shoff, shsize, shcount))
