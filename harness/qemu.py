#!/usr/bin/env python3
"""Boot the kernel with a boot image in QEMU (TCG), and say how it ended.

As a library: boot(Machine(...)) -> Result.
As a command: harness/qemu.py --kernel postern.elf --image system.img
exits 0 if the system reported success, 1 if it did not, 2 if it could not run.
"""
import argparse
import contextlib
import json
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field

QEMU = "qemu-system-x86_64"
MISSING = f"{QEMU} is not installed (Debian package qemu-system-x86)"
PASSED, FAILED, TRAPPED, REFUSED = 0x10, 0x11, 0x12, 0x13
MEANING = {
    PASSED: "passed",
    FAILED: "failed, as the system itself reported",
    TRAPPED: "stopped: exception in the kernel",
    REFUSED: "refused the boot image or the processor",
}


class QemuError(Exception):
    """The run could not take place; the text says why."""


@dataclass
class Machine:
    """What to boot and on what. Either kernel (by PVH, image as module) or iso."""
    kernel: str | None = None
    image: str | None = None
    iso: str | None = None
    memory: int | None = None    # MB; None: what the kernel and the image need
    cpu: str = "max"
    icount: str | None = None    # "shift=0,sleep=off" makes instructions countable
    timeout: float = 60.0        # seconds
    nmi: float | None = None     # seconds between injected NMIs
    stop_at: str | None = None   # end the run, as passed, when the log holds this
    extra: list = field(default_factory=list)


@dataclass
class Result:
    serial: str           # all that was written to COM1, without carriage returns
    code: int | None      # value written to isa-debug-exit, or None
    status: int           # QEMU's own exit status
    seconds: float
    timed_out: bool = False
    stopped: bool = False  # stop_at was seen
    written: str = ""      # all that was written to COM1, to the byte

    @property
    def passed(self):
        return self.code == PASSED or self.stopped

    def describe(self):
        if self.timed_out:
            return f"no end within {self.seconds:.0f} s"
        if self.stopped:
            return "the expected text was seen"
        if self.code is not None:
            return MEANING.get(self.code, f"ended with unknown code {self.code:#x}")
        if self.status == 0:
            return "the machine reset itself (triple fault?)"
        return f"QEMU failed with status {self.status}"

    def tail(self, lines=15):
        return "\n".join(self.serial.splitlines()[-lines:])


def kernel_megabytes(path):
    """Memory that the kernel's segments span."""
    with open(path, "rb") as f:
        head = f.read(64)
        if head[:5] != b"\x7fELF\x02":
            raise QemuError(f"{path}: not a 64-bit ELF file")
        offset, = struct.unpack_from("<Q", head, 32)
        size, count = struct.unpack_from("<HH", head, 54)
        end = 0
        for i in range(count):
            f.seek(offset + i * size)
            kind, _, _, _, physical, _, span = struct.unpack("<IIQQQQQ", f.read(48))
            if kind == 1:
                end = max(end, physical + span)
    return end // 2**20 + 1


def need_file(path, what):
    if not os.path.isfile(path):
        raise QemuError(f"{what} {path} does not exist")
    return path


def memory_for(m):
    if m.memory:
        return m.memory
    if m.kernel is None:
        return 512
    image = os.path.getsize(m.image) // 2**20 + 1 if m.image else 0
    return 64 + kernel_megabytes(m.kernel) + image


def command(m, serial="stdio"):
    """QEMU's command line for a machine."""
    if shutil.which(QEMU) is None:
        raise QemuError(MISSING)
    line = [QEMU, "-machine", "pc,accel=tcg", "-cpu", m.cpu, "-display", "none", "-no-reboot",
            "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-net", "none", "-serial", serial]
    if m.iso:
        line += ["-cdrom", need_file(m.iso, "ISO image"), "-boot", "d"]
    elif m.kernel:
        line += ["-kernel", need_file(m.kernel, "kernel")]
        if m.image:
            line += ["-initrd", need_file(m.image, "boot image")]
    else:
        raise QemuError("neither a kernel nor an ISO image was given")
    line += ["-m", f"{memory_for(m)}M"]
    if m.icount:
        line += ["-icount", m.icount]
    return line + m.extra


def inject_nmis(path, interval, started, done):
    """Send NMIs over QMP from the kernel's first line on (before that nobody
    could take one) until the run is over."""
    while not started.wait(0.02):
        if done.is_set():
            return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as s:
        for _ in range(100):
            with contextlib.suppress(OSError):
                s.connect(path)
                break
            time.sleep(0.02)
        threading.Thread(target=drain, args=(s,), daemon=True).start()
        for name in ["qmp_capabilities"] + ["inject-nmi"] * 1000000:
            s.sendall(json.dumps({"execute": name}).encode() + b"\n")
            if done.wait(interval):
                return


def drain(s):
    with contextlib.suppress(OSError):
        while s.recv(65536):
            pass


def collect(process, m, echo, started):
    """Read COM1 until QEMU ends, the time is over or stop_at was seen."""
    text, start = bytearray(), time.monotonic()
    stop_at = m.stop_at.encode() if m.stop_at else None
    while True:
        left = start + m.timeout - time.monotonic()
        if left <= 0:
            return text, True, False
        if not select.select([process.stdout], [], [], left)[0]:
            continue
        part = os.read(process.stdout.fileno(), 65536)
        if not part:
            return text, False, False
        text += part
        if echo:
            echo(part.decode("latin-1").replace("\r", ""))
        if not started.is_set() and b"postern: " in text:
            started.set()
        if stop_at and stop_at in text:
            return text, False, True


def boot(m, echo=None):
    """Run the machine to its end. `echo` is called with each piece of the log."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "qmp")
        line = command(m)
        line += ["-qmp", f"unix:{path},server=on,wait=off"] if m.nmi else ["-monitor", "none"]
        started, done = threading.Event(), threading.Event()
        with subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            if m.nmi:
                threading.Thread(target=inject_nmis, args=(path, m.nmi, started, done)).start()
            try:
                text, timed_out, stopped = collect(process, m, echo, started)
            finally:
                done.set()
                if process.poll() is None:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(0.5)
                    process.kill()
            complaint = process.stderr.read().decode()
            status = process.wait()
    if not text and not timed_out and complaint:
        raise QemuError(f"QEMU said: {complaint.strip()}")
    ended = not timed_out and not stopped and status > 1 and status % 2 == 1
    written = text.decode("latin-1")
    return Result(written.replace("\r", ""), status // 2 if ended else None, status,
                  time.monotonic() - start, timed_out, stopped, written)


def interactive(m):
    """COM1 on this terminal, until the system or the user ends it."""
    print("Ctrl-A X leaves.", flush=True)
    status = subprocess.call(command(m, serial="mon:stdio"))
    return {2 * PASSED + 1: "passed", 0: "left"}.get(status, f"QEMU status {status}")


def arguments():
    p = argparse.ArgumentParser(description="Boot Postern in QEMU.")
    p.add_argument("--kernel", help="kernel, booted by PVH")
    p.add_argument("--image", help="boot image, for --kernel")
    p.add_argument("--iso", help="ISO image, booted by its GRUB")
    p.add_argument("-m", "--memory", type=int, help="MB; default: as much as is needed")
    p.add_argument("--cpu", default="max", help="QEMU's processor model (%(default)s)")
    p.add_argument("--icount", help="for instance shift=0,sleep=off")
    p.add_argument("--timeout", type=float, default=60, help="seconds (%(default)s)")
    p.add_argument("--nmi", type=float, metavar="SECONDS", help="inject an NMI so often")
    p.add_argument("--stop-at", metavar="TEXT", help="end well when the log holds this")
    p.add_argument("--interactive", action="store_true", help="COM1 on this terminal")
    p.add_argument("extra", nargs="*", help="more arguments for QEMU, after --")
    return p.parse_args()


def main():
    a = arguments()
    m = Machine(a.kernel, a.image, a.iso, a.memory, a.cpu, a.icount, a.timeout, a.nmi, a.stop_at,
                a.extra)
    try:
        if a.interactive:
            print(interactive(m))
            return 0
        result = boot(m, lambda part: print(part, end="", flush=True))
    except QemuError as e:
        print(f"qemu.py: {e}", file=sys.stderr)
        return 2
    print(f"qemu.py: {result.describe()} ({result.seconds:.1f} s)", file=sys.stderr)
    if result.timed_out:
        print(f"qemu.py: the log ended with:\n{result.tail()}", file=sys.stderr)
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
