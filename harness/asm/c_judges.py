"""Who judges changes of arch/x86/*.c, and a name for all that each verdict depends on.

A boot runs the whole kernel. The proof of a function reads its file, the headers that this includes
and what core/ and spec/ are called there: another C file may change, and the verdict holds."""
import hashlib
import subprocess
import sys

from . import checks
from .kernel import ROOT

sys.path.insert(0, str(ROOT / "proofs"))
import arch_wp  # noqa: E402

PROOF, COMPILER = "proof", "compiler"
TOOLS = ["proofs/arch_wp.py", "proofs/provers.py", "proofs/wp.py", "proofs/mutation/arch_proof.py",
         "harness/c_proof.py"]


def every_check(config):
    out = checks.checks(config)
    out.append(checks.Check("refusals", ["harness/refusals.py", "--kernel", "KERNEL", "--timeout", "LIMIT",
                                         "--random", "0", "--first", "--image", str(checks.IMAGES / "hello.img")],
                            boots=checks.REFUSALS))
    return out


def short(text):
    return hashlib.sha256(text).hexdigest()[:16]


def read(file, config):
    """The files of the tree that a C file of arch/x86 is made of."""
    done = subprocess.run(["gcc", "-MM", f"-Iconfig/{config}", "-Icore", "-Iproofs/bridge", f"arch/x86/{file}"],
                          cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(ROOT / word for word in done.stdout.replace("\\\n", " ").split()[1:])


def proof_of(file, config):
    """All that the proof of a file depends on, but for the provers (the ledger names their versions)."""
    files = [ROOT / name for name in TOOLS] + sorted((ROOT / "proofs" / "bridge").iterdir()) + read(file, config)
    reason = arch_wp.expected(arch_wp.EXPECTED.read_text()).get(file, ("", ""))[1]
    return short(b"".join(f.read_bytes() for f in files) + str(reason).encode())


def key(judge, file):
    """Under which name judges() has the judge of a mutant of this file."""
    return f"{PROOF} of {file}" if judge == PROOF else judge


def judges(config, kernel):
    """{judge: a name for what it does, and to what}; kernel names the kernel's text."""
    files = sorted(f.name for f in (ROOT / "arch" / "x86").glob("*.c"))
    return ({key(PROOF, f): proof_of(f, config) for f in files} | {COMPILER: kernel}
            | {c.name: short(f"{c.text()} {kernel}".encode()) for c in every_check(config)})
