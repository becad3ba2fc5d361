"""What generators write is what they write now: the bridge that the kernel is compiled and
proved with, and the families of facts in spec/.

Catches: such text edited by hand, or not renewed after a change of spec/, abs.toml or
closed.toml.
"""
import subprocess
import sys
import tempfile


def check(tree):
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for words in (["bridge.py", "--out", folder, "--config", tree.config], ["closed.py"]):
            done = subprocess.run([sys.executable, str(tree.path("proofs") / words[0]), "--check"] + words[1:],
                                  capture_output=True, text=True)
            if done.returncode:
                out.append(done.stderr.strip())
    return out
