"""The kernel file holds nothing but compiled C and what the ledger names.

Catches: undefined symbols, symbols of assembly files, of the linker script or of
foreign objects, and functions with inline assembly that the ledger does not name; too
many lines of assembly.
"""
import re
import subprocess

ASSEMBLY_LINES = 300


def nm(*args):
    done = subprocess.run(["gcc-nm", "-f", "posix", *map(str, args)], capture_output=True, text=True)
    return [line.split() for line in done.stdout.splitlines() if len(line.split()) >= 2]


def check(tree):
    ledger = tree.ledger()
    listed = {n for e in ledger.get("assembly", []) for n in [e["symbol"]] + e.get("more", [])}
    elf = tree.build / tree.config / "postern.elf"
    out = lines_of_assembly(tree) + inline(tree, listed)
    if not elf.exists():
        return out + [f"no kernel at {tree.name(elf)} (make build)"]
    objects = tree.build / tree.config / "kernel"
    from_c, from_s = statics(tree), {}
    for path in sorted(objects.rglob("*.o")):
        source = tree.path(str(path.relative_to(objects)))
        defined = [name for name, kind, *_ in nm(path) if kind.upper() != "U"]
        if source.with_suffix(".S").exists():
            from_s |= dict.fromkeys(defined, tree.name(source.with_suffix(".S")))
        elif source.with_suffix(".c").exists():
            from_c |= set(defined)
    for name, kind, *_ in nm(elf):
        base = re.sub(r"\.(lto_priv|constprop|isra|part|cold|\d)[.\d\w]*$", "", name)
        if re.fullmatch(r"\w+\.c\.[0-9a-f]{8}", name):
            continue   # the compiler's name for one of its inputs
        if kind == "U":
            out.append(f"{name}: undefined in the kernel")
        elif name in from_s or base not in from_c:
            if name not in listed:
                out.append(f"{name}: from {from_s.get(name, 'no C file')}, not in the ledger (assembly)")
    return out


def statics(tree):
    """Names with internal linkage, which nm does not see in the compiler's own format."""
    out = set()
    for source in tree.core() + tree.arch():
        out |= {f.name for f in source.functions if f.static}
        out |= set(re.findall(r"\bstatic\b[^;=()]*?\b(\w+)\s*(?:\[[^;=]*?)?"
                              r"(?:__attribute__\s*\(\(.*?\)\)\s*)?[;=]", source.code))
    return out


def lines_of_assembly(tree):
    count = 0
    for path in sorted(tree.path("arch").rglob("*.S")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        count += sum(bool(line.strip()) for line in text.splitlines())
    return [f"{count} lines of assembly, at most {ASSEMBLY_LINES}"] if count > ASSEMBLY_LINES else []


def inline(tree, listed):
    """Functions with inline assembly: the ledger must name each."""
    found = {f.name: f for s in tree.arch() for f in s.functions if "asm" in f.body}
    return [f"{f.file}:{f.line}: {f.name} has inline assembly and is not in the ledger (assembly)"
            for f in found.values() if f.name not in listed]
