#!/usr/bin/env python3
"""Link the oracle: link.py FOLDER CONFIG PROGRAM, with the program `oracle` or `images`. FOLDER
holds machine.ml, abstraction.ml and layout.inc; the other files that it is made of are copied
there, so that a fault can be planted in each of them before `build`."""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GENERATED = ("machine.ml", "abstraction.ml")
COMMON = ["host.ml", *GENERATED, "run.ml"]
MAINS = {"oracle": COMMON + ["trace.ml", "shrink.ml", "oracle.ml"], "images": COMMON + ["images.ml"]}
OCAML = sorted({name for names in MAINS.values() for name in names})
SANITIZED = {"oracle": [], "images": ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]}
HOSTED = ["events.c", "dice.c", "rules.c", "damage.c", "mutate.c"]  # core/ has a check.c, too


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def copy(folder):
    for name in OCAML + ["stubs.c"]:
        if name not in GENERATED:
            shutil.copy(ROOT / "harness" / "oracle" / name, folder)
    for name in HOSTED:
        shutil.copy(ROOT / "harness" / "hosted" / name, folder)


def build(folder, config, main="oracle"):
    folder = folder.resolve()
    sources = sorted((folder / "core").glob("*.c")) + [folder / name for name in HOSTED + ["stubs.c"]]
    where = subprocess.run(["ocamlopt", "-where"], capture_output=True, text=True, check=True).stdout
    run(["gcc", "-std=c11", "-O2", "-g", *SANITIZED[main], "-Wall", "-Wextra", "-Werror", f"-I{folder}", f"-I{folder / 'core'}",
         f"-I{ROOT / 'config' / config}", f"-I{ROOT / 'proofs/bridge'}", f"-I{ROOT / 'harness/hosted'}",
         f"-I{where.strip()}", "-c", *sources], folder)
    run(["ocamlopt", "-inline", "100", "-I", "+zarith", "str.cmxa", "zarith.cmxa", *MAINS[main],
         *(f"{s.stem}.o" for s in sources), *(a for flag in SANITIZED[main] for a in ("-ccopt", flag)),
         "-o", main], folder)


if __name__ == "__main__":
    target, config, program = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    shutil.copytree(ROOT / "core", target / "core", dirs_exist_ok=True)
    copy(target)
    build(target, config, program)
