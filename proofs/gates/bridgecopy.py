"""The bridge that the kernel is compiled and proved with is the generated one.

Catches: a bridge edited by hand, or not renewed after a change of spec/ or abs.toml.
"""
import subprocess
import sys
import tempfile


def check(tree):
    out = []
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(tree.path("proofs/bridge.py")), "--check", "--out", folder,
             "--config", tree.config], capture_output=True, text=True)
        if done.returncode:
            out.append(done.stderr.strip())
    return out
