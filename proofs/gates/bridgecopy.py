"""The bridge that the kernel is compiled and proved with is the generated one.

Catches: a bridge edited by hand or not renewed after a change of spec/, and numbers
of the specification that nothing compares with the C code.
"""
import subprocess
import sys
import tempfile
import tomllib


def check(tree):
    out = []
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(tree.path("proofs/bridge.py")), "--check", "--out", folder,
             "--config", tree.config], capture_output=True, text=True)
        if done.returncode:
            out.append(done.stderr.strip())
    return out + numbers(tree)


def numbers(tree):
    """Linked constants of type int are compared with C, or listed as known to spec/ only."""
    import whyml
    with open(tree.path("proofs/abs.toml"), "rb") as f:
        table = tomllib.load(f)
    known = set(table["constants"]) | set(table.get("spec_only", {}).get("names", []))
    names = set()
    for line in tree.read("proofs/linked.txt").splitlines():
        line = line.split("#")[0].split()
        if line and not line[0].startswith("glue:"):
            file, module = line[0].split(":")
            for m in whyml.read(tree.path(f"spec/{file}.mlw")):
                if m.name == module:
                    names |= {s.name for s in m.symbols if s.kind == "constant"
                              and s.result == "int"}
    return [f"proofs/abs.toml: constant {n} is compared with no C name (constants or spec_only)"
            for n in sorted(names - known)] + \
        [f"proofs/abs.toml: {n} is no linked constant" for n in sorted(known - names)]
