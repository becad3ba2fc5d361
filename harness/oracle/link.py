#!/usr/bin/env python3
"""Link the oracle: link.py FOLDER CONFIG PROGRAM, with the program `oracle` or `images`. FOLDER
holds machine.ml, abstraction.ml and layout.inc; the other files that it is made of are copied
there, so that a fault can be planted in each of them before `build`. What did not change
since it was compiled last is not compiled again."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GENERATED = ("machine.ml", "abstraction.ml", "layout.inc")
COMMON = ["rows.ml", "host.ml", "machine.ml", "abstraction.ml", "run.ml"]
MAINS = {"oracle": COMMON + ["trace.ml", "shrink.ml", "oracle.ml"], "images": COMMON + ["blame.ml", "images.ml"]}
HOSTED = ["events.c", "dice.c", "rules.c", "damage.c", "mutate.c"]
SANITIZED = {"oracle": [], "images": ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]}


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def put(path, text):
    """Write a file if that changes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def copy(folder):
    """The files as they are, without fault."""
    here = ROOT / "harness" / "oracle"
    sources = {folder / p.name: p for p in here.glob("*.ml")} | {folder / "stubs.c": here / "stubs.c"}
    sources |= {folder / name: ROOT / "harness" / "hosted" / name for name in HOSTED}
    sources |= {folder / "core" / p.name: p for p in (ROOT / "core").iterdir()}
    for to, source in sources.items():
        put(to, source.read_text())


def newer(path, *others):
    return not path.exists() or any(o.stat().st_mtime_ns >= path.stat().st_mtime_ns for o in others)


def compile_c(folder, config, flags):
    where = subprocess.run(["ocamlopt", "-where"], capture_output=True, text=True, check=True).stdout
    command = ["gcc", "-std=c11", "-O2", "-g", *flags, "-Wall", "-Wextra", "-Werror", f"-I{folder}",
               f"-I{folder / 'core'}", f"-I{ROOT / 'config' / config}", f"-I{ROOT / 'proofs/bridge'}",
               f"-I{ROOT / 'harness/hosted'}", f"-I{where.strip()}", "-c"]
    sources = sorted((folder / "core").glob("*.c")) + [folder / name for name in HOSTED + ["stubs.c"]]
    headers = [*(folder / "core").glob("*.h"), *(ROOT / "harness" / "hosted").glob("*.h"), folder / "layout.inc",
               ROOT / "config" / config / "config.h", pathlib.Path(__file__)]
    old = [s for s in sources if newer(folder / f"{s.stem}.o", s, *headers)]
    if old:
        run([*command, *old], folder)
    return [f"{s.stem}.o" for s in sources]


def compile_ml(folder, names):
    """Each module knows those before it, so all behind one that changed are compiled too."""
    changed = False
    for name in names:
        changed = changed or newer((folder / name).with_suffix(".cmx"), folder / name, pathlib.Path(__file__))
        if changed:
            run(["ocamlopt", "-inline", "100", "-I", "+zarith", "-c", name], folder)
    return [pathlib.Path(name).with_suffix(".cmx") for name in names]


def build(folder, config, program):
    folder, flags = folder.resolve(), SANITIZED[program]
    objects = compile_c(folder, config, flags)
    modules = compile_ml(folder, MAINS[program])
    run(["ocamlopt", "-I", "+zarith", "str.cmxa", "zarith.cmxa", *modules, *objects,
         *(a for flag in flags for a in ("-ccopt", flag)), "-o", program], folder)


if __name__ == "__main__":
    target, configuration, wanted = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    copy(target)
    build(target, configuration, wanted)
