"""The verdict is made with the flags that stand in the ledger, all of them.

Catches: a verdict over a part of the goals (-wp-fct, -wp-prop), with a cache, with guards
switched off, with volatile ignored, with a memory model that believes casts, without the
check of the memory model's assumptions, with warnings that do not stop the run (arch_wp.py
judges them itself), or with solver options or drivers that nobody reviewed. All that for
the proof of core/ and for that of arch/x86.
"""
import hashlib
import json
import subprocess
import sys

NEEDED = ["-wp-rte", "-wp-check-memory-model", "-warn-unsigned-overflow",
          "-warn-unsigned-downcast", "-warn-signed-overflow", "-warn-signed-downcast",
          "-warn-right-shift-negative", "-warn-left-shift-negative", "-warn-invalid-pointer",
          "-warn-invalid-bool"]
PAIRS = [("-wp-cache", "none"), ("-wp-model", "Typed")]
ABORTS = ["annot:missing-spec", "asm:clobber", "typing:implicit-function-declaration"]
BANNED = ["-wp-fct", "-wp-skip-fct", "-wp-prop", "-wp-no-volatile", "-wp-no-rte", "-wp-bhv",
          "-wp-session", "-wp-definitions-terminate", "-wp-declarations-terminate",
          "-wp-unalias-vars", "-wp-alias-vars", "-wp-context-vars", "-wp-no-warn-memory-model"]


# What the ledger calls it, the script that runs it, and what its warnings do.
RUNS = [("wp", "wp.py", "*=error"), ("arch", "arch_wp.py", "pedantic-assigns=inactive")]


def prints(tree, script):
    done = subprocess.run([sys.executable, str(tree.path("proofs") / script), "--print"],
                          capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def commands(tree):
    """{tool: flags}: what wp.py, arch_wp.py and provers.py of this tree would run."""
    out = {}
    for name, script, _ in RUNS:
        for tool, words in prints(tree, script).items():
            # two runs with two sets of options of a solver: both are shown
            out[tool if out.get(tool, words) == words else f"{tool} in {script}"] = words
    return out


def check(tree):
    ledger, found, out = tree.ledger()["flags"], commands(tree), []
    for name, script, warnings in RUNS:
        out += [f"{script} {what}" for what in weak(found.get(name, []), warnings)]
    for tool in sorted(set(found) | set(ledger)):
        if found.get(tool) != ledger.get(tool):
            out.append(f"flags of {tool} are not those of the ledger: {' '.join(found.get(tool, []))}")
    return out + drivers(tree)


def weak(words, warnings):
    """What is wrong with the flags of a run, whatever the ledger says."""
    pairs = list(zip(words, words[1:]))
    out = [f"runs without {f}" for f in NEEDED if f not in words]
    out += [f"runs without {a} {b}" for a, b in PAIRS + [("-wp-warn-key", warnings)]
            if (a, b) not in pairs]
    out += [f"changes warnings: {b}" for a, b in pairs if a == "-wp-warn-key" and b != warnings]
    aborts = words[words.index("-kernel-warn-key") + 1] if "-kernel-warn-key" in words else ""
    out += [f"does not stop at {a}" for a in ABORTS if f"{a}=abort" not in aborts.split(",")]
    return out + [f"uses {f}" for f in BANNED if f in {w.split("=")[0] for w in words}]


def drivers(tree):
    """The prover drivers are trusted text: a change of one is a change of the ledger."""
    listed = tree.ledger()["drivers"]
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:16]
             for p in sorted(tree.path("proofs/why3").iterdir()) if p.suffix in (".drv", ".gen")}
    return [f"proofs/why3/{n}: not the text that the ledger names (sha256 {found.get(n)})"
            for n in sorted(set(found) | set(listed)) if found.get(n) != listed.get(n)]
