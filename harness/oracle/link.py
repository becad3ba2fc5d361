#!/usr/bin/env python3
"""Link the oracle: link.py FOLDER CORE. FOLDER holds machine.ml, abstraction.ml and
layout.inc; CORE is core/ or a copy of it with a planted fault."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OCAML = ["host.ml", "machine.ml", "abstraction.ml", "oracle.ml"]


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


HERE = ROOT / "harness" / "oracle"


def c_files(core):
    return sorted(core.glob("*.c")) + [ROOT / "harness" / "hosted" / "events.c", HERE / "stubs.c"]


def link(folder, core):
    folder, core = folder.resolve(), core.resolve()
    compile_core(folder, core)
    link_machine(folder, core)


def compile_core(folder, core):
    where = subprocess.run(["ocamlopt", "-where"], capture_output=True, text=True, check=True).stdout
    run(["gcc", "-std=c11", "-O2", "-g", "-Wall", "-Wextra", "-Werror", f"-I{folder}", f"-I{core}",
         f"-I{ROOT / 'config/small'}", f"-I{ROOT / 'proofs/bridge'}", f"-I{ROOT / 'harness/hosted'}",
         f"-I{where.strip()}", "-c", *c_files(core)], folder)


def link_machine(folder, core):
    """With the objects of the core that are there."""
    for name in ("host.ml", "oracle.ml"):
        (folder / name).write_text((HERE / name).read_text())
    run(["ocamlopt", "-inline", "100", "-I", "+zarith", "zarith.cmxa", *OCAML,
         *(f"{s.stem}.o" for s in c_files(core)), "-o", "oracle"], folder)


if __name__ == "__main__":
    link(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
