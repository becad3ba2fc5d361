"""One run of the debug image in QEMU, with the replayer beside it."""
import contextlib
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "harness"))
import patch  # noqa: E402
import qemu  # noqa: E402

KERNEL_BASE = 0xffffffff80000000  # arch/x86/layout.h
RING = 4096                       # harness/recorder/recorder.h
SHIFT = 1                         # an instruction is so many nanoseconds, as a power of two
PASSED, NOBODY = qemu.PASSED, 0x14


@dataclass
class Run:
    """What a run came to."""
    agreed: bool
    done: bool         # the replayer had enough, and ended QEMU
    said: str          # by the replayer
    code: int | None   # written to isa-debug-exit
    serial: str
    figures: dict


def machine(kernel, image, memory, megabytes, doorbell):
    """QEMU's command: its memory is a file, its debug port leads to the doorbell. With
    -icount time is what was executed, so that the same image runs in the same way again."""
    m = qemu.Machine(kernel=str(kernel), image=str(image), memory=megabytes,
                     icount=f"shift={SHIFT},sleep=off",
                     extra=["-machine", "memory-backend=memory",
                            "-object", f"memory-backend-file,id=memory,size={megabytes}M,mem-path={memory},share=on",
                            "-chardev", f"file,id=doorbell,path=/dev/fd/{doorbell}",
                            "-device", "isa-debugcon,iobase=0xe9,chardev=doorbell",
                            "-monitor", "none"])
    return qemu.command(m)


def doorbell():
    """A pipe that holds no more than the recorder rings with."""
    read, write = os.pipe()
    if fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, RING) != RING:
        raise qemu.QemuError(f"the system gives no pipe of {RING} bytes")
    return read, write


def start(kernel, image, memory, log):
    """QEMU, and where its doorbell is read."""
    megabytes = qemu.memory_for(qemu.Machine(kernel=str(kernel), image=str(image)))
    with open(memory, "wb") as f:
        f.truncate(megabytes * 2**20)
    read, write = doorbell()
    with open(log, "wb") as out:
        process = subprocess.Popen(machine(kernel, image, memory, megabytes, write), pass_fds=[write],
                                   stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    os.close(write)
    return process, read


def replay(command, read, timeout, process):
    """What the replayer says, and whether all is well. After the time QEMU is ended, so that
    one sees how far it came."""
    with subprocess.Popen(command, stdin=read, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True) as replayer:
        try:
            said, late = replayer.communicate(timeout=timeout)[0], ""
        except subprocess.TimeoutExpired:
            process.kill()
            said, late = replayer.communicate()[0], f"replay: no end within {timeout} s\n"
        except BaseException:
            replayer.kill()
            raise
    return said + late, replayer.returncode == 0 and not late


def end(process, done):
    """The code that it wrote to isa-debug-exit. If the replayer is `done` QEMU is ended; else it
    has ended itself, or is about to."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(0 if done else 10)
    process.kill()
    status = process.wait()
    return status // 2 if status > 1 and status % 2 == 1 else None


def play(kernel, image, replayer, limit=0, timeout=600):
    """Boot and compare, until the machine ends or `limit` system calls were made."""
    where = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=where) as name:
        memory, figures, log = (pathlib.Path(name) / n for n in ("memory", "figures.json", "log"))
        process, read = start(kernel, image, memory, log)
        done, code = True, None
        try:
            place = patch.address_of(str(kernel), "recorded") - KERNEL_BASE
            said, agreed = replay([str(replayer), str(memory), str(place), str(limit), str(SHIFT), str(figures)],
                                  read, timeout, process)
            counted = json.loads(figures.read_text()) if agreed else {}
            done = not agreed or 0 < limit <= counted["calls"]
        finally:
            os.close(read)
            code = end(process, done)
        return Run(agreed, done, said, code, log.read_text("latin-1").replace("\r", ""), counted)
