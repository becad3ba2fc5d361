#!/usr/bin/env python3
"""Which functions of core/ does each scenario run? Found in the booted kernel, not guessed.

Each system is booted once with QEMU translating one instruction at a time and logging what it
translates: QEMU does so when an instruction is about to be executed for the first time. The
compiler's line table (addr2line -i) then says of which function an instruction is, also when
it made that function a part of another. So a function ran if one of its instructions did; that
is not to say that all of them did. Of a function that the compiler dissolved in others, so
that no instruction is its own, nothing can be said: those are listed apart.

  coverage.py --kernel FILE --images FOLDER --json FILE [SYSTEM ...]
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import qemu
import scenarios

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = re.compile(r"^(?:0x)?([0-9a-f]{8,16}):", re.M)
LOW = 0xffff_8000_0000_0000


class CoverageError(Exception):
    """Why nothing is known."""


def text_range(kernel):
    """First address and size of the kernel's code in its upper half."""
    done = subprocess.run(["readelf", "-WS", kernel], capture_output=True, text=True)
    for line in done.stdout.splitlines():
        found = re.match(r"\s*\[\s*\d+\] \S+\s+PROGBITS\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+\s+A?X", line)
        found = found or re.match(r"\s*\[\s*\d+\] \S+\s+PROGBITS\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+) .*\bAX\b", line)
        if found and int(found[1], 16) >= LOW:
            return int(found[1], 16), int(found[2], 16)
    raise CoverageError(f"{kernel} has no code in the upper half; run make build")


def executed(args, system, start, size):
    """The addresses of the kernel's code that a scenario runs. It must have passed."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "translated"
        machine = qemu.Machine(kernel=str(args.kernel), image=str(args.images / f"{system}.img"), timeout=args.timeout,
                               extra=["-singlestep", "-d", "in_asm", "-dfilter", f"{start:#x}+{size:#x}", "-D", str(log)])
        verdict = scenarios.run(system, machine)
        if not verdict.passed:
            raise CoverageError(f"{system} did not pass: {'; '.join(verdict.faults[:3])}")
        return {int(a, 16) for a in TRANSLATED.findall(log.read_text())}


def every_address(kernel):
    done = subprocess.run(["objdump", "-d", "--no-show-raw-insn", kernel], capture_output=True, text=True)
    if done.returncode:
        raise CoverageError(f"objdump: {done.stderr.strip()}")
    return {int(a, 16) for a in re.findall(r"^ *([0-9a-f]+):\t", done.stdout, re.M)}


def functions(kernel, addresses):
    """{address: names of the functions of core/ that it is of, inlined ones too}"""
    asked = "\n".join(f"{a:#x}" for a in sorted(addresses))
    done = subprocess.run(["addr2line", "-a", "-f", "-i", "-e", kernel], input=asked, capture_output=True, text=True)
    if done.returncode:
        raise CoverageError(f"addr2line: {done.stderr.strip()}")
    out, lines, here = {}, done.stdout.splitlines(), None
    for n, line in enumerate(lines):
        if re.fullmatch(r"0x[0-9a-f]+", line):
            here = out.setdefault(int(line, 16), set())
        elif re.search(r"(?:^|/)core/\w+\.[ch]:\d+", line):
            here.add(re.sub(r"\..*", "", lines[n - 1]))
    return out


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("systems", nargs="+")
    p.add_argument("--kernel", type=Path, required=True)
    p.add_argument("--images", type=Path, required=True)
    p.add_argument("--json", type=Path, required=True)
    p.add_argument("--timeout", type=float, default=300, help="seconds for each system")
    return p.parse_args()


def defined():
    """Names of the functions of core/*.c."""
    sys.path.append(str(ROOT / "proofs"))
    import csource
    return {f.name for s in csource.read(ROOT, ("core",)) for f in s.functions if f.defined}


def main():
    args, ran = arguments(), {}
    try:
        start, size = text_range(str(args.kernel))
        for system in args.systems:
            ran[system] = executed(args, system, start, size)
            if not ran[system]:
                raise CoverageError(f"{system}: QEMU logged no instruction of the kernel")
            print(f"  {system:12} {len(ran[system]):6} instructions of the kernel", flush=True)
        of = functions(str(args.kernel), every_address(str(args.kernel)))
    except (CoverageError, qemu.QemuError, OSError) as error:
        sys.exit(f"coverage.py: {error}")
    every = defined()
    found = {s: sorted(set().union(*(of.get(a, ()) for a in addresses)) & every) for s, addresses in ran.items()}
    dissolved = every - set().union(*of.values())
    args.json.write_text(json.dumps({"systems": found, "dissolved": sorted(dissolved)}, indent=1) + "\n")
    seen = set().union(*found.values())
    left = sorted(every - seen - dissolved)
    print(f"coverage: {len(seen)} of {len(every)} functions of core/ were run by {len(found)} systems; {len(dissolved)} "
          f"have no instruction of their own; not run: {', '.join(left) or 'none'}")


if __name__ == "__main__":
    main()
