"""The proof of arch/x86 with some functions changed: what of them is not proved any more?"""
import collections
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ARCH = ROOT / "arch" / "x86"


def copy(folder):
    """A folder of its own, for a text that is changed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ARCH, folder)
    return folder


def prove(folder, places, config, effort):
    """({function: its goals that are not proved}, what was printed), of these (file, function)."""
    files = sorted({str(folder / file) for file, _ in places})
    command = [sys.executable, str(ROOT / "proofs" / "arch_wp.py"), "--config", config, "--no-bridge", *effort, *files]
    command += [word for _, function in sorted(places) for word in ("-f", function)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    left = collections.defaultdict(list)
    for function, goal in re.findall(r"^UNPROVED (\S+): (\S+)", said, re.M):
        left[function].append(goal)
    return left, said


def ended(said):
    """Did the proof run to its end?"""
    return bool(re.search(r"^arch-proof: \d+ of [1-9]\d* goals proved", said, re.M))
