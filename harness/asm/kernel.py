"""Assemble and link a kernel with another text of one assembly file.

The C code is translated once: gcc's link-time output of the kernel that `make build`
makes is kept, and linked anew with each changed file. Commands and flags are those that
make prints.
"""
import shlex
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ["boot.S", "entry.S"]


class KernelError(Exception):
    """Nothing can be said about any mutant."""


def run(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise KernelError(f"{' '.join(map(str, command))}:\n{done.stderr.strip()}")


class Kernel:
    def __init__(self, config, folder):
        self.folder = folder
        self.built = ROOT / "build" / config / "postern.elf"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for line in self.recipes(config):
            if "-c" in line:
                self.assembler = [w for w in line[:line.index("-c")] if w not in ("-MMD", "-MP", "-g")]
            elif "-T" in line:
                self.link_once(line)

    def recipes(self, config):
        """What make would do if the assembly files were new."""
        done = subprocess.run(["make", "-n", f"CONFIG={config}", "build"]
                              + [w for f in FILES for w in ("-W", f"arch/x86/{f}")],
                              cwd=ROOT, capture_output=True, text=True, check=True)
        return [shlex.split(line) for line in done.stdout.splitlines() if line.startswith("gcc")]

    def link_once(self, line):
        out = line.index("-o")
        run(line[:out] + ["-save-temps", "-o", str(self.folder / "whole.elf")] + line[out + 2:])
        objects = [w for w in line if w.endswith(".o")]
        translated = sorted(self.folder.glob("*.ltrans.o"))
        for path in translated:   # its debug information refers to what only the first link sees
            run(["objcopy", "--strip-debug", str(path)])
        self.objects = {f: next(o for o in objects if o.endswith(f"/{f[:-2]}.o")) for f in FILES}
        self.linker = [w for w in line[:out] if w != "-flto"]
        self.first = [str(o) for o in translated]

    def assemble(self, text, name):
        """The object's path; None if the assembler refuses."""
        path, out = self.folder / f"{name}.S", self.folder / f"{name}.o"
        path.write_text(text)
        command = self.assembler + ["-Iarch/x86", "-c", "-o", str(out), str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True)
        return out if done.returncode == 0 else None

    def link(self, file, obj, name):
        """The kernel with this object in the place of a file's; None if ld refuses."""
        out = self.folder / f"{name}.elf"
        command = self.linker + ["-o", str(out)] + self.first + [
            str(obj) if f == file else o for f, o in self.objects.items()]
        done = subprocess.run(command, cwd=ROOT, capture_output=True)
        return out if done.returncode == 0 else None

    def same(self, kernel):
        """Is its content that of the kernel that was built?"""
        def content(path):
            out = self.folder / "content.bin"
            run(["objcopy", "-O", "binary", str(path), str(out)])
            return out.read_bytes()
        return content(kernel) == content(self.built)
