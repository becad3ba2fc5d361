#!/usr/bin/env python3
"""Link the replayer: link.py CONFIG FOLDER MACHINE. FOLDER gets it and what it is made of;
MACHINE is the translated spec/. Of that is taken what `step` needs, and each function is given
a counter, so that one sees which of them ran."""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "harness" / "replay"
OWN = ["host.ml", "record.ml", "statistics.ml", "replay.ml"]
ORDER = ["rows.ml", "host.ml", "cover.ml", "machine.ml", "abstraction.ml", "record.ml",
         "statistics.ml", "replay.ml"]
FUNCTION = re.compile(r"^let ((?:rec )?f_(\w+?)\d*) ((?:\([^()]*(?:\([^()]*\))?[^()]*\) )+)= ", re.M)


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def needed(machine, root):
    """The lines of the machine that the root needs; each function is a line, and comes after
    those that it needs."""
    kept, wanted = [], {root}
    for line in reversed(machine.splitlines()):
        defined = re.match(r"let (?:rec )?([fe]_\w+) ", line)
        if defined and defined[1] not in wanted:
            continue
        wanted |= set(re.findall(r"\b[fe]_\w+", line))
        kept.append(line)
    if not any(line.startswith(f"let {root} ") for line in kept):
        sys.exit(f"link.py: the machine has no {root}")
    return "\n".join(reversed(kept)) + "\n"


def counted(machine):
    """The machine with a counter in each function; and the counters."""
    names = []

    def count(found):
        names.append(found[2])
        return f"let {found[1]} {found[3]}= Cover.hit {len(names) - 1}; "
    text = FUNCTION.sub(count, machine)
    quoted = "; ".join(f'"{name}"' for name in names)
    cover = (f"let names = [| {quoted} |]\nlet times = Array.make {len(names)} 0\n"
             "let hit k = times.(k) <- times.(k) + 1\n"
             "let all () = List.combine (Array.to_list names) (Array.to_list times)\n")
    return text, cover


def link(config, folder, machine):
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    run([sys.executable, str(ROOT / "harness/oracle/abstraction.py"), str(folder)], ROOT)
    for path in [ROOT / "harness" / "oracle" / "rows.ml", *(HERE / name for name in OWN)]:
        shutil.copy(path, folder)
    text, cover = counted(needed(machine.read_text(), "f_step"))
    (folder / "machine.ml").write_text(text)
    (folder / "cover.ml").write_text(cover)
    where = subprocess.run(["ocamlopt", "-where"], capture_output=True, text=True, check=True).stdout
    run(["gcc", "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", f"-I{folder}", f"-I{ROOT / 'core'}",
         f"-I{ROOT / 'config' / config}", f"-I{ROOT / 'proofs/bridge'}", f"-I{ROOT / 'harness/recorder'}",
         f"-I{where.strip()}", "-c", str(HERE / "stubs.c"), str(ROOT / "core/tables.c")], folder)
    run(["ocamlopt", "-inline", "100", "-I", "+zarith", "unix.cmxa", "zarith.cmxa", *ORDER,
         "stubs.o", "tables.o", "-o", "replay"], folder)


if __name__ == "__main__":
    link(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
