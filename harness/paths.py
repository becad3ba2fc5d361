"""The longest path through machine code: what harness/bounds.py and harness/operations.py stand on.

A call counts as the longest path of what is called, a loop as its longest round times the
number of rounds, and one more. The number of rounds is the proved one: the loop's source has
`loop variant N - i`, where N is a constant of the configuration, or a parameter for which
the function's contract says `n <= N`. Recursion, a jump to an unknown place, and a loop of
which this is not known are errors. What stops the machine (an exception in the kernel) is
not counted.
"""
import pathlib
import re
import subprocess
import sys

sys.setrecursionlimit(100_000)
ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES = {"NPROC", "NENDP", "NNODE"}  # a bound must not depend on them
STOPS = {"stop", "trap_stop"}       # of arch/x86: the machine stops
ENDS = ("ret", "iretq", "sysretq", "hlt", "ud2")


class BoundError(Exception):
    """Something has no bound, or the code cannot be read."""


class Code:
    """The instructions of a kernel: {address: (mnemonic, operands, source line)}."""

    def __init__(self, kernel):
        self.at, self.next, self.symbols, self.kernel = {}, {}, {}, kernel
        self.named = {}  # name: [address], for several files may have a function of one name
        done = subprocess.run(["objdump", "-dl", "--no-show-raw-insn", "-M", "suffix", str(kernel)],
                              capture_output=True, text=True)
        if done.returncode:
            raise BoundError(done.stderr.strip())
        line, before = "", None
        for text in done.stdout.splitlines():
            symbol = re.match(r"([0-9a-f]+) <(.+)>:$", text)
            place = re.match(r"(\S+\.[chS]:\d+)", text)
            instruction = re.match(r" *([0-9a-f]+):\t(\S+)(?: +(.*))?$", text)
            if symbol:
                self.symbols[symbol[2]] = int(symbol[1], 16)
                self.named.setdefault(symbol[2], []).append(int(symbol[1], 16))
            elif place:
                line = place[1]
            elif instruction:
                address = int(instruction[1], 16)
                self.at[address] = (instruction[2], instruction[3] or "", line)
                if before is not None:
                    self.next[before] = address
                before = address

    def name(self, address):
        known = [(a, n) for n, a in self.symbols.items() if a <= address]
        return f"{max(known)[1]}+{address - max(known)[0]:#x}" if known else hex(address)

    def function(self, name, folder):
        """Where the function of that name in a folder of the sources begins; None if it does not."""
        found = [a for a in self.named.get(name, []) if f"/{folder}/" in self.at.get(a, ("", "", ""))[2]]
        return found[0] if len(found) == 1 else None

    def starts(self, name):
        """Where the processor may enter: `vectors` has a stub every VECTOR_SIZE bytes."""
        if name != "vectors":
            return [self.symbols[name]]
        layout = (ROOT / "arch" / "x86" / "layout.h").read_text()
        size, count = (int(re.search(rf"#define {word}\s+(\w+)", layout)[1], 0)
                       for word in ("VECTOR_SIZE", "VECTORS"))
        return [self.symbols[name] + size * n for n in range(count)]

    def target(self, address):
        found = re.match(r"([0-9a-f]+) <", self.at[address][1])
        if not found:
            raise BoundError(f"{self.name(address)}: an indirect call or jump: {' '.join(self.at[address][:2])}")
        return int(found[1], 16)

    def following(self, address):
        """Where the processor goes from here, without calls."""
        mnemonic = self.at[address][0]
        if mnemonic.startswith(ENDS):
            return []
        if mnemonic.startswith("jmp"):
            return self.table(address) if "*" in self.at[address][1] else [self.target(address)]
        here = [self.next[address]] if address in self.next else []
        return here + [self.target(address)] if mnemonic.startswith("j") else here

    def table(self, address):
        """The places of a switch: as many as the comparison before the jump lets through."""
        found = re.match(r"\*-(0x[0-9a-f]+)\(,(%\w+),8\)$", self.at[address][1])
        before = [a for a in sorted(self.at) if a < address][-4:]
        limits = [re.match(rf"\$(0x[0-9a-f]+),{re.escape(found[2])}$", self.at[a][1]) for a in before
                  if found and self.at[a][0].startswith("cmp")]
        limits = [int(m[1], 16) for m in limits if m]
        if not limits or not any(self.at[a][0] == "ja" for a in before):
            raise BoundError(f"{self.name(address)}: a jump through a table of unknown size")
        return self.words(2 ** 64 - int(found[1], 16), limits[-1] + 1)

    def words(self, start, count):
        done = subprocess.run(["objdump", "-s", f"--start-address={start}", f"--stop-address={start + 8 * count}",
                               str(self.kernel)], capture_output=True, text=True)
        text = "".join("".join(line.split()[1:5]) for line in done.stdout.splitlines()
                       if re.match(r" [0-9a-f]{8,} ", line))[:16 * count]
        data = bytes.fromhex(text[:16 * count]) if re.fullmatch(r"[0-9a-f]*", text) else b""
        if len(data) != 8 * count:
            raise BoundError(f"the table at {start:#x} cannot be read")
        return [int.from_bytes(data[n:n + 8], "little") for n in range(0, len(data), 8)]


class Rounds:
    """How often the loops of the source go round: {file:line of the `for`: bound}."""

    def __init__(self, config):
        self.config, self.loops = config, {}
        self.headers = "\n".join(p.read_text() for p in sorted(ROOT.glob("core/*.h")))
        for path in sorted(ROOT.glob("core/*.c")) + sorted(ROOT.glob("arch/x86/*.c")):
            self.read(path)

    def read(self, path):
        text = path.read_text()
        for found in re.finditer(r"loop variant (\w+) - \w+; ?\*/\s*for \(", text):
            line = text.count("\n", 0, found.end()) + 1
            self.loops[f"{path.relative_to(ROOT)}:{line}"] = (found[1], self.function(text, found.start()))

    @staticmethod
    def function(text, place):
        return re.findall(r"^(?:[a-z_][\w \t*]*[ \t*])(\w+)\(", text[:place], re.M)[-1]

    def bound(self, loop):
        """(number, its name)"""
        limit, function = self.loops[loop]
        own = re.search(rf"^#define {limit}\s+(\d+)\b", (ROOT / loop.split(":")[0]).read_text(), re.M)
        if own:
            return int(own[1]), limit
        contract = re.search(rf"/\*@((?:(?!\*/).)*?)\*/\s*\w[\w \t*]*\b{function}\(", self.headers, re.S)
        says = re.search(rf"\b{limit} <= (\w+)", contract[1]) if contract else None
        name = says[1] if says else limit
        return self.value(name), name

    def value(self, name):
        done = subprocess.run(["gcc", "-E", "-P", f"-I{ROOT / 'config' / self.config}", f"-I{ROOT / 'core'}",
                               f"-I{ROOT / 'proofs/bridge'}", "-include", "types.h", "-"],
                              input=f"bound: {name}", capture_output=True, text=True)
        found = re.search(r"bound: \(*(\d+)[uUlL]*\)*\s*$", done.stdout)
        if not found:
            raise BoundError(f"{name} is no number of this configuration")
        return int(found[1])


def components(nodes, edges):
    """Tarjan's strongly connected components."""
    index, low, stack, out = {}, {}, [], []

    def visit(v):
        index[v] = low[v] = len(index)
        stack.append(v)
        for w in edges(v):
            if w not in index:
                visit(w)
                low[v] = min(low[v], low[w])
            elif w in stack:
                low[v] = min(low[v], index[w])
        if low[v] == index[v]:
            out.append(set())
            while v not in out[-1]:
                out[-1].add(stack.pop())
    for v in sorted(nodes):
        if v not in index:
            visit(v)
    return out


class Bounds:
    def __init__(self, code, rounds, without=()):
        """without: addresses of calls and jumps that are not made"""
        self.code, self.rounds, self.known, self.open = code, rounds, {}, []
        self.without = set(without)
        self.stops = {code.function(s, "arch/x86") for s in STOPS} - {None}
        self.back = {}  # does a function return?
        self.used = {}  # loops that were met: {file:line: (bound, name)}

    def reachable(self, entry):
        seen, left = {entry}, [entry]
        while left:
            for a in self.successors(left.pop()):
                if a not in seen:
                    seen.add(a)
                    left.append(a)
        return seen

    def successors(self, address):
        if address in self.stops or address in self.without or address not in self.code.at:
            return []
        return [] if self.calls(address) and not self.returns(self.code.target(address)) \
            else self.code.following(address)

    def calls(self, address):
        return self.code.at[address][0].startswith("call")

    def returns(self, entry):
        if entry not in self.back:
            self.back[entry] = True     # while that is asked: of a function that calls itself
            self.back[entry] = entry not in self.stops and any(
                self.code.at[a][0].startswith("ret") for a in self.reachable(entry) if a in self.code.at)
        return self.back[entry]

    def cost(self, entry):
        """The longest path of a function, or from an entry."""
        if entry in self.stops:
            return 0
        if entry in self.open:
            raise BoundError(f"recursion: {' -> '.join(map(self.code.name, self.open + [entry]))}")
        if entry not in self.known:
            self.open.append(entry)
            self.known[entry] = self.longest(entry, self.reachable(entry), set())
            self.open.pop()
        return self.known[entry]

    def functions(self):
        """{function: bound} of what was called on the way from the entries."""
        names = {a: n for n, a in self.code.symbols.items()}
        return {names[a]: n for a, n in self.known.items() if a in names}

    def weight(self, address):
        if address in self.stops:
            return 0
        if address not in self.code.at:
            raise BoundError(f"a jump to {address:#x}, where no code is")
        called = self.calls(address) and address not in self.without
        return 1 + (self.cost(self.code.target(address)) if called else 0)

    def longest(self, start, nodes, cut):
        """The longest path from start within nodes, without the edges to `cut`."""
        def edges(a):
            return [b for b in self.successors(a) if b in nodes and b not in cut]
        best = {}
        for part in components(nodes, edges):      # each comes after those it leads to
            after = max([best[b] for a in part for b in edges(a) if b not in part], default=0)
            loop = len(part) > 1 or any(a in edges(a) for a in part)
            inside = self.loop(part, nodes, edges) if loop else self.weight(next(iter(part)))
            for a in part:
                best[a] = inside + after
        return best[start]

    def loop(self, part, nodes, edges):
        heads = {b for a in nodes - part for b in edges(a) if b in part} or {min(part)}
        if len(heads) > 1:
            raise BoundError(f"{self.code.name(min(part))}: a loop with two entries")
        head = heads.pop()
        lines = {self.place(a) for a in part} & set(self.rounds.loops)
        inner = {line for p in components(part - {head}, lambda a: [b for b in edges(a) if b in part - {head}])
                 if len(p) > 1 for line in {self.place(a) for a in p}}
        lines -= inner
        if len(lines) != 1:
            raise BoundError(f"{self.code.name(head)} ({self.place(head)}): a loop of which no number of "
                             f"rounds is known: {', '.join(sorted(lines)) or 'no `loop variant N - i` there'}")
        line = lines.pop()
        self.used[line] = self.rounds.bound(line)
        if self.used[line][1] in SIZES:
            raise BoundError(f"{line}: a loop over all {self.used[line][1]} entries of a table")
        return (self.used[line][0] + 1) * self.longest(head, part, {head})

    def place(self, address):
        line = self.code.at[address][2] if address in self.code.at else ""
        found = re.search(r"((?:core|arch/x86)/[\w.]+:\d+)$", line)
        return found[1] if found else line
