"""A system: the TOML file checked and turned into numbered objects (docs/system.md)."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import elf

NCAP = 32
WORD = 1 << 64
PAGE = 4096
KINDS = {"process": 1, "endpoint": 2, "entry": 3, "proxy": 0x103}


class BadSystem(Exception):
    """One line for the person who wrote the file: where, what, what was expected."""


@dataclass
class Cap:
    kind: int = 0
    object: int = 0
    badge: int = 0


@dataclass
class Space:
    name: str
    programs: list
    console: bool


@dataclass
class Endpoint:
    name: str
    owner: int
    version: int


@dataclass
class Process:
    name: str
    space: int
    pc: int
    stack: int
    start: bool
    argument: int
    version: int
    epoch: int
    caps: dict = field(default_factory=dict)
    handler: Cap = field(default_factory=Cap)
    proxy_receiver: Cap = field(default_factory=Cap)


@dataclass
class System:
    programs: dict
    spaces: list
    processes: list
    endpoints: list


class Table:
    """A TOML table that knows its own path and which of its keys were read."""

    def __init__(self, file, path, value):
        self.file, self.path = file, path
        if not isinstance(value, dict):
            self.fail("is no table, expected keys and values")
        self.value, self.seen = value, set()

    def where(self, key):
        return f"{self.path}.{key}" if self.path else key

    def fail(self, what, key=None):
        place = self.where(key) if key is not None else self.path
        raise BadSystem(f"{self.file}: {place}: {what}" if place else f"{self.file}: {what}")

    def take(self, key, kind, default=None):
        """The value at `key`, which must be of `kind`; without default it must be there."""
        self.seen.add(key)
        if key not in self.value:
            if default is None:
                self.fail(f"is missing, expected {NAMES[kind]}", key)
            return default
        value = self.value[key]
        if type(value) is not kind:
            self.fail(f"is {value!r}, expected {NAMES[kind]}", key)
        return value

    def number(self, key, default, low, high):
        value = self.take(key, int, default)
        if not low <= value <= high:
            self.fail(f"is {value}, expected a number from {low} to {high}", key)
        return value

    def choice(self, key, known, default=None):
        """The place of the name at `key` in the list `known`."""
        name = self.take(key, str, default)
        if name not in known:
            self.fail(f"names {name!r}, expected one of: {', '.join(known) or '(none)'}", key)
        return known.index(name)

    def table(self, key, default=None):
        self.seen.add(key)
        if key not in self.value and default is None:
            self.fail("is missing, expected a table", key)
        return Table(self.file, self.where(key), self.value.get(key, default))

    def tables(self, key):
        """Each entry of the table at `key`, itself a table, by name."""
        outer = self.table(key, {})
        return [(name, outer.table(name)) for name in outer.value]

    def done(self):
        for key in self.value:
            if key not in self.seen:
                self.fail(f"is not known here, expected one of: {', '.join(sorted(self.seen))}", key)


NAMES = {int: "a number", str: "a string", bool: "true or false", list: "a list", dict: "a table"}


def read_toml(path):
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise BadSystem(f"{path}: is not UTF-8 text, expected a system file") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadSystem(f"{path}: is not TOML: {error}") from None
    except (OSError, ValueError) as error:
        raise BadSystem(f"{str(path)!r} cannot be read ({error}), expected a system file") from None


def merged(under, over):
    """`under` with the keys of `over` laid on top, table by table."""
    both = dict(under)
    for key, value in over.items():
        old = both.get(key)
        both[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both


def load(path, seen=()):
    """The file's keys, over those of the file that it names as `base`, if any."""
    if path in seen:
        raise BadSystem(f"{path}: base: leads back to this file")
    keys = read_toml(path)
    base = keys.pop("base", None)
    if base is None:
        return keys
    if not isinstance(base, str):
        raise BadSystem(f"{path}: base: is {base!r}, expected the name of a system file")
    return merged(load(path.parent / base, (*seen, path)), keys)


def read_program(top, name, folder):
    table = top.table("programs")
    file = folder / table.take(name, str)
    try:
        return elf.parse(file.read_bytes())
    except (OSError, ValueError) as error:
        table.fail(f"{str(file)!r} cannot be read ({error}), expected a program", name)
    except elf.ElfError as error:
        table.fail(f"{file} {error}", name)


def read_space(name, table, programs):
    known = list(programs)
    used = table.take("programs", list)
    for program in used:
        if program not in known:
            table.fail(f"names {program!r}, expected some of: {', '.join(known)}", "programs")
    if not used:
        table.fail("is empty, expected at least one program", "programs")
    space = Space(name, used, table.take("console", bool, False))
    table.done()
    return space


def read_cap(outer, key, names):
    """One capability: a table with exactly one of the KINDS, and a badge for an Entry."""
    table = outer.table(key)
    kinds = [kind for kind in KINDS if kind in table.value]
    if len(kinds) != 1:
        table.fail(f"is {table.value!r}, expected exactly one of the keys: {', '.join(KINDS)}")
    kind = kinds[0]
    number = table.choice(kind, names["process" if kind == "process" else "endpoint"])
    badge = table.number("badge", 0, 0, WORD - 1) if kind in ("entry", "proxy") else 0
    table.done()
    return Cap(KINDS[kind], number, badge)


def read_caps(table, names):
    caps, outer = {}, table.table("caps", {})
    for key in outer.value:
        if not key.isdecimal() or not 1 <= int(key) < NCAP:
            outer.fail(f"is no capability register, expected a number from 1 to {NCAP - 1}", key)
        if int(key) in caps:
            outer.fail("is given twice", key)
        caps[int(key)] = read_cap(outer, key, names)
    return caps


def read_slot(table, key, names):
    """handler and proxy_receiver hold a plain Entry or nothing."""
    if key not in table.value:
        table.seen.add(key)
        return Cap()
    cap = read_cap(table, key, names)
    if cap.kind != KINDS["entry"]:
        table.fail("holds another capability, expected an entry", key)
    return cap


def read_pc(table, space, programs):
    """The address where the process starts: a symbol, or the program's own entry point."""
    program = programs[space.programs[table.choice("program", space.programs, space.programs[0])]]
    symbol = table.take("entry", str, "")
    if symbol and symbol not in program.symbols:
        table.fail(f"names {symbol!r}, expected a symbol of the program", "entry")
    pc = program.symbols[symbol] if symbol else program.entry
    if not program.executable(pc):
        table.fail(f"is {pc:#x}, expected an address in the program's code", "entry")
    return pc


def instances(rows):
    """Each process table, once for each of the processes that it stands for."""
    found = []
    for name, table in rows:
        count = table.number("count", 1, 1, 1 << 16)
        found += [(name, table, 0)] if "count" not in table.value else [
            (f"{name}.{i}", table, i) for i in range(count)]
    return found


def read_process(name, table, index, spaces, programs, names):
    where = table.choice("space", [space.name for space in spaces])
    process = Process(
        name, where, read_pc(table, spaces[where], programs),
        stack=table.number("stack", 2 * PAGE, PAGE, 1 << 24),
        start=table.take("start", bool, True),
        argument=table.number("argument", 0, 0, WORD - 1 - index) + index,
        version=table.number("version", 1, 1, WORD - 2),
        epoch=table.number("epoch", 0, 0, WORD - 2),
        caps=read_caps(table, names),
        handler=read_slot(table, "handler", names),
        proxy_receiver=read_slot(table, "proxy_receiver", names))
    if process.stack % PAGE:
        table.fail(f"is {process.stack}, expected a multiple of {PAGE}", "stack")
    table.done()
    return process


def read_endpoint(name, table, processes):
    endpoint = Endpoint(name, table.choice("owner", processes),
                        table.number("version", 1, 1, WORD - 2))
    table.done()
    return endpoint


def read_system(path, folder):
    """The System that the file describes; programs are looked for in `folder`."""
    top = Table(str(path), "", load(Path(path)))
    programs = {name: read_program(top, name, Path(folder)) for name in top.table("programs").value}
    spaces = [read_space(name, table, programs) for name, table in top.tables("space")]
    rows, ends = instances(top.tables("process")), top.tables("endpoint")
    names = {"process": [name for name, _, _ in rows], "endpoint": [name for name, _ in ends]}
    top.done()
    if not rows:
        top.fail("is missing, expected at least one process", "process")
    processes = [read_process(*row, spaces, programs, names) for row in rows]
    endpoints = [read_endpoint(name, table, names["process"]) for name, table in ends]
    return System(programs, spaces, processes, endpoints)
