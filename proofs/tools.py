#!/usr/bin/env python3
"""The tools that the proof needs, in the versions that it was made with.

  tools.py            say what is missing or different; as root, install what is missing
  tools.py --list     the installed versions
  tools.py --need TOOL ...
                      fail if one of them is missing, warn if its version is another
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

LEDGER = pathlib.Path(__file__).resolve().parent / "ledger.toml"
ASK = {  # tool: (command, pattern of the version, Debian 12 package)
    "frama-c": (["frama-c", "-version"], r"(\d+\.\S+)", "frama-c-base"),
    "why3": (["why3", "--version"], r"version (\S+)", "why3"),
    "z3": (["/usr/bin/z3", "--version"], r"version (\S+)", "z3"),
    "cvc5": (["/usr/bin/cvc5", "--version"], r"cvc5 version (\S+)", "cvc5"),
    "gcc": (["gcc", "-dumpfullversion"], r"(\S+)", "gcc"),
    "clang": (["clang", "--version"], r"version (\d+\.\d+\.\d+)", "clang"),
    "ld": (["ld", "--version"], r"(\d+\.\d+)\s*$", "binutils"),
    "qemu": (["qemu-system-x86_64", "--version"], r"version (\d+\.\d+)", "qemu-system-x86"),
    "python3": (["python3", "--version"], r"(\d+\.\d+)", "python3"),
    "grub-mkrescue": (["grub-mkrescue", "--version"], r"(\d+\.\d+)", "grub-common"),
    "xorriso": (["xorriso", "--version"], r"xorriso (?:version\s*:?\s*)?(\d+\.\d+\.\d+)", "xorriso"),
}
# packages that come without a command to ask
MORE = ["libc6-dev", "grub-pc-bin", "mtools", "ocaml", "libwhy3-ocaml-dev", "libzarith-ocaml-dev",
        "libclang-rt-14-dev", "llvm-14",
        "graphviz", "chromium", "chromium-driver"]


def version(tool):
    command, pattern, _ = ASK[tool]
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, capture_output=True, text=True)
    found = re.search(pattern, done.stdout + done.stderr, re.M)
    return found[1] if found else "?"


def absent_packages():
    out = [package for command, _, package in ASK.values() if not shutil.which(command[0])]
    for package in MORE:
        done = subprocess.run(["dpkg", "-s", package], capture_output=True, text=True)
        if "Status: install ok installed" not in done.stdout:
            out.append(package)
    return out


def install(packages):
    """As root: install; otherwise print the one command that does it."""
    command = ["apt-get", "install", "-y", "--no-install-recommends"] + packages
    if os.geteuid() != 0:
        print("missing Debian 12 packages; run:\n  sudo " + " ".join(command))
        return False
    print("installing: " + " ".join(packages), flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    quiet = {"stdout": subprocess.DEVNULL, "env": environment}
    subprocess.run(["apt-get", "update", "-q"], **quiet)
    return subprocess.run(command[:1] + ["-q"] + command[1:], **quiet).returncode == 0


def expected():
    return tomllib.loads(LEDGER.read_text())["tools"]


def need(tools):
    """Before a run that is no verdict: everything is there. Installs nothing."""
    missing = [tool for tool in tools if not shutil.which(ASK[tool][0][0])]
    if missing:
        print(f"missing: {', '.join(missing)}; `make tools` says what to do, or:\n  "
              "sudo apt-get install -y --no-install-recommends " + " ".join(ASK[t][2] for t in missing))
    for tool in set(tools) - set(missing):
        if version(tool) != expected()[tool]:
            print(f"warning: {tool} is {version(tool)}, the ledger says {expected()[tool]}: "
                  "what is proved here may differ from the verdict")
    return not missing


def main():
    if "--need" in sys.argv:
        sys.exit(0 if need(sys.argv[sys.argv.index("--need") + 1:]) else 1)
    if "--list" in sys.argv:
        for tool in ASK:
            print(f"{tool:14} {version(tool) or 'not installed'}")
        return
    missing = absent_packages()
    if missing and not install(missing):
        sys.exit(1)
    wrong = 0
    for tool, wanted in expected().items():
        found = version(tool)
        if found != wanted:
            wrong += 1
            print(f"{tool}: version {found or 'none'} is installed, {wanted} is expected "
                  f"(Debian 12: apt-get install {ASK[tool][2]})")
    if wrong:
        sys.exit("the proof is reproducible only with the versions of proofs/ledger.toml")


if __name__ == "__main__":
    main()
