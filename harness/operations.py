"""Bounds of single operations: of the core alone, in the debug image, where most functions of the
core are still functions.

A system call does one thing, and that is decided in two places: `invoke` calls the function of
the kind of capability that is invoked, and invoke_process that of the method. Each of them is
called there and nowhere else, and after one no other one is (`sites` looks). So the bound of an
operation is the longest path of the entry that makes none of the other calls.
"""
import paths

ROOT = paths.ROOT
KERNEL = ROOT / "build" / "small" / "debug.elf"
# operation: function. Those in SHARED may be called from elsewhere, too: after a message was sent.
INVOKED = {"yield": "choose", "receive": "proceed", "entry": "invoke_entry", "resume": "invoke_resume",
           "proxy": "invoke_proxy", "process": "invoke_process", "endpoint": "invoke_endpoint"}
METHODS = {"start": "start", "stop": "stop", "hold": "hold_process", "release": "release", "read_fault": "read_fault",
           "read_registers": "read_registers", "write_registers": "write_registers", "get_slot": "get_slot",
           "set_slot": "set_slot_of", "take_reply": "take_reply", "destroy": "destroy"}
SHARED = {"yield", "receive"}
REFUSED = "refused"     # for its form or its capability: nothing is called
ENTRIES = ["fault", "tick", "irq"]
OPERATIONS = [REFUSED, *(what for what in INVOKED if what != "process"), "process other",
              *(f"process {method}" for method in METHODS), *ENTRIES]


def operation(what):
    """The operation that harness/replay/statistics.ml has other words for."""
    kind, _, method = what.partition(" ")
    if kind == "process":
        return f"process {method if method in METHODS else 'other'}"
    return {"nothing": "receive", "malformed": REFUSED, "null": REFUSED, "nobody": "tick"}.get(kind, kind)


class Operations:
    def __init__(self, code, rounds):
        self.code, self.rounds = code, rounds
        self.invoked = self.sites(INVOKED)
        self.methods = self.sites(METHODS)

    def owner(self, address):
        return max(a for starts in self.code.named.values() for a in starts if a <= address)

    def calls_of(self, entry):
        """Where it is called, or jumped to from another function."""
        direct = [a for a, (mnemonic, words, _) in self.code.at.items()
                  if mnemonic.startswith(("call", "j")) and words.startswith(f"{entry:x} <")]
        return [a for a in direct if self.code.at[a][0].startswith("call") or self.owner(a) != entry]

    def sites(self, names):
        """{operation: the calls of its function where it is decided}; an error if one excludes not the
        others."""
        entries = {what: self.code.function(name, "core") for what, name in names.items()}
        gone = sorted(names[what] for what, entry in entries.items() if entry is None)
        if gone:
            raise paths.BoundError(f"{', '.join(gone)}: no function of its own in {self.code.kernel}")
        found = {what: self.calls_of(entry) for what, entry in entries.items()}
        places = {self.owner(a) for what in set(names) - SHARED for a in found[what]}
        if len(places) != 1:
            raise paths.BoundError(f"{', '.join(map(self.code.name, sorted(places)))}: more than one place "
                                    f"decides between {', '.join(names.values())}")
        found = {what: [a for a in calls if self.owner(a) in places] for what, calls in found.items()}
        every = {a for calls in found.values() for a in calls}
        for site in every:
            self.alone(site, every)
        return found

    def alone(self, site, every):
        """After a call no other one is made by the same function."""
        seen = set()
        left = [self.code.next[site]] if self.code.at[site][0].startswith("call") else []
        while left:
            address = left.pop()
            if address in every:
                raise paths.BoundError(f"{self.code.name(site)} and then {self.code.name(address)}: two operations "
                                        "in one entry")
            if address not in seen and address in self.code.at:
                seen.add(address)
                left += self.code.following(address)

    def without(self, what):
        """The calls that are not made by an operation."""
        kind, _, method = what.partition(" ")
        others = [self.invoked[k] for k in self.invoked if k != kind]
        others += [self.methods[m] for m in self.methods if kind == "process" and m != method]
        return {a for calls in others for a in calls}

    def bound(self, what):
        if what not in OPERATIONS:
            raise paths.BoundError(f"{what}: no operation that is known")
        entry = self.code.symbols[f"core_{what if what in ENTRIES else 'syscall'}"]
        return paths.Bounds(self.code, self.rounds, () if what in ENTRIES else self.without(what)).cost(entry)


def of_debug_image():
    if not KERNEL.exists():
        raise paths.BoundError(f"{KERNEL.relative_to(ROOT)} is missing; make CONFIG=small debug")
    return Operations(paths.Code(KERNEL), paths.Rounds("small"))


def rows(counted):
    """[(operation, the most instructions that were counted or None, their bound)] of what a soak counted."""
    most = dict.fromkeys(OPERATIONS)
    for what, n in counted.items():
        if n < 1:
            raise paths.BoundError(f"{what}: {n} instructions were counted; an operation takes some")
        most[operation(what)] = max(n, most.get(operation(what)) or 0)
    operations = of_debug_image()
    return [(what, n, operations.bound(what)) for what, n in most.items()]


def show(rows):
    print(f"  {'operation of the core':28} {'counted':>9} {'at most':>9}")
    for what, most, limit in rows:
        print(f"  {what:28} {'-' if most is None else most:>9} {limit:>9}")
