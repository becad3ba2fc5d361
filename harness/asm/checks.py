"""The checks that may notice a mutant, those first that are short and see most."""
import hashlib
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

from .kernel import ROOT, KernelError

TIMES, LEAST = 10, 3   # a boot that hangs is cut off after so many times its usual length
LONGEST = 120          # seconds for one without a bug
SCENARIOS = ["faults", "hardening", "ipc", "registers", "proxy", "direct", "domains", "edges",
             "mistakes", "counters"]
TRAPS = 40             # boots of arch_traps.py
REFUSALS = 70          # boots of refusals.py without those at random
SHARED = ["qemu.py", "patch.py", "boot_image.py", "log_lines.py"]  # that the scripts use
# Of these parts of the code: the check that is made for them, which comes first.
MADE_FOR = {"stop": "arch-traps", "nmi_entry": "faults with NMIs", "debug_entry": "doors"}
FAILED = re.compile(r"^ {4}(\S.*)$|^ {2}((?!.*(?:ok|FAILED)$)\S.*)$", re.M)


class Check:
    def __init__(self, name, command, iso=False, boots=1):
        self.name, self.command, self.iso, self.boots = name, command, iso, boots
        self.seconds = None   # of one boot
        self.lock = threading.Lock()

    def text(self):
        """A name for what it does: its command, the scripts and what they read."""
        harness = ROOT / "harness"
        files = [ROOT / self.command[0]] + [harness / name for name in SHARED]
        for word in self.command:
            files += [p for p in (IMAGES / f"{word}.img", harness / "expected" / f"{word}.txt") if p.is_file()]
            files += [Path(word)] if word.endswith(".img") else []
        words = " ".join(self.command).replace(str(ROOT), "")
        return hashlib.sha256(words.encode() + b"".join(f.read_bytes() for f in files)).hexdigest()[:16]

    def judge(self, kernel, right):
        """'' if the kernel passes, or what is wrong. The right kernel must pass first."""
        with self.lock:
            if self.seconds is None:
                self.measure(right)
        return self.run(kernel, max(LEAST, TIMES * self.seconds))

    def run(self, kernel, limit):
        command = [w.replace("KERNEL", str(kernel)).replace("LIMIT", f"{limit:.1f}") for w in self.command]
        if self.iso:
            command += ["--iso", str(make_iso(kernel))]
        try:
            done = subprocess.run([sys.executable] + command, cwd=ROOT, capture_output=True, text=True,
                                  timeout=2 * limit * self.boots + 10)
        except subprocess.TimeoutExpired:
            return "no end"
        if done.returncode == 0:
            return ""
        lines = [a or b for a, b in FAILED.findall(done.stdout)]
        return (lines or (done.stdout + done.stderr).strip().splitlines() or ["failed"])[0]

    def measure(self, kernel):
        """Its length with a kernel that has no bug, which it must let pass."""
        start = time.monotonic()
        wrong = self.run(kernel, LONGEST)
        if wrong:
            raise KernelError(f"{self.name} fails without a bug: {wrong}")
        self.seconds = (time.monotonic() - start) / self.boots


def make_iso(kernel):
    """hardening's boot image with this kernel, as the CD image of `make iso`."""
    tree = kernel.parent / f"{kernel.stem}-cd" / "tree"
    (tree / "boot" / "grub").mkdir(parents=True, exist_ok=True)
    (tree / "boot" / "grub" / "grub.cfg").write_bytes((ROOT / "arch/x86/grub.cfg").read_bytes())
    (tree / "boot" / "postern.elf").write_bytes(kernel.read_bytes())
    (tree / "boot" / "system.img").write_bytes((IMAGES / f"{CD_SYSTEM}.img").read_bytes())
    out = tree.parent
    subprocess.run(["grub-mkrescue", "-o", str(out / f"{CD_SYSTEM}.iso"), str(tree)], check=True,
                   capture_output=True)
    return out


CD_SYSTEM = "hardening"
IMAGES = Path()


def checks(config):
    """All checks, in the order in which they are tried."""
    global IMAGES
    IMAGES = ROOT / "build" / config / "systems"
    on = ["--kernel", "KERNEL", "--timeout", "LIMIT"]
    scenario = ["harness/scenarios.py", *on, "--images", str(IMAGES)]
    out = [Check(s, scenario + [s]) for s in SCENARIOS]
    out.append(Check("doors", ["harness/doors.py", *on, "--image", str(IMAGES / "doors.img")]))
    out.append(Check("arch-traps", ["harness/arch_traps.py", *on, "--first", "--image", str(IMAGES / "hello.img")],
                     boots=TRAPS))
    nmi = scenario + ["--cpu", "qemu64", "--nmi", "0.001"]
    out += [Check(f"{s} with NMIs", nmi + [s]) for s in ("faults", "hardening", "registers")]
    out.append(Check("CD image", ["harness/scenarios.py", "--timeout", "LIMIT", CD_SYSTEM], iso=True))
    return out


def ordered(all_checks, label):
    """For a mutant of this part of the code."""
    return sorted(all_checks, key=lambda c: c.name != MADE_FOR.get(label))
