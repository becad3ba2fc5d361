"""What the kernel says on its log: whole lines, to the byte."""
from pathlib import Path

import boot_image

BEGIN, END = "postern: ", "\r\n"
PROTECTIONS = ("smep", "smap", "umip")
HAS = {"max": set(PROTECTIONS), "qemu64": set()}   # QEMU's processor models that the checks use


def line(text):
    return BEGIN + text + END


def protections(cpu):
    """Of a model, or one without something: max,-smap."""
    model, *less = cpu.split(",")
    has = HAS[model] - {word.removeprefix("-") for word in less}
    return line("protections: NX" + "".join(
        f" {name.upper()}" if name in has else f" (no {name.upper()})" for name in PROTECTIONS))


def booted(kernel, blob, cpu="max"):
    """All that it says before the first process runs."""
    image = boot_image.Image(blob)
    return protections(cpu) + line(
        f"{image.processes} processes, {image.endpoints} endpoints, {image.spaces} spaces, "
        f"{boot_image.frames_used(kernel, image)} frames of {boot_image.frames(kernel)}")


def booted_by(machine):
    """The same for a qemu.Machine; '' if a boot loader speaks first, or the processor is another one."""
    if not machine.kernel or machine.cpu.split(",")[0] not in HAS:
        return ""
    return booted(machine.kernel, Path(machine.image).read_bytes(), machine.cpu)


def difference(said, expected):
    """The first line that is another one; None if all are the same."""
    lines, wanted = said.splitlines(keepends=True), expected.splitlines(keepends=True)
    for a, b in zip(lines + [""] * len(wanted), wanted + [""] * len(lines)):
        if a != b:
            return f"the log has {a!r}, expected {b!r}" if b else f"the log goes on with {a!r}"
    return None


def difference_at_first(said, expected):
    """The same, where the processes' own lines follow, but none of the kernel's and none that is empty."""
    count = len(expected.splitlines())
    lines = said.splitlines(keepends=True)
    more = "".join(text for text in lines[count:] if BEGIN.strip() in text or not text.strip())
    return difference("".join(lines[:count]) + more, expected)
