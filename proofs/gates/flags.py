"""The verdict is made with the flags that stand in the ledger, all of them.

Catches: a verdict over a part of the goals (-wp-fct, -wp-prop: B.4 P2), with a cache,
with guards switched off, with volatile ignored (P14), with a memory model that
believes casts (P15), without the check of the memory model's assumptions (P6), with
warnings that do not stop the run (P4, P5, P8), or with solver options or drivers that
nobody reviewed.
"""
import hashlib
import json
import subprocess
import sys

NEEDED = ["-wp-rte", "-wp-check-memory-model", "-warn-unsigned-overflow",
          "-warn-unsigned-downcast", "-warn-signed-overflow", "-warn-signed-downcast",
          "-warn-right-shift-negative", "-warn-left-shift-negative", "-warn-invalid-pointer",
          "-warn-invalid-bool"]
PAIRS = [("-wp-cache", "none"), ("-wp-model", "Typed"), ("-wp-warn-key", "*=error")]
ABORTS = ["annot:missing-spec", "asm:clobber", "typing:implicit-function-declaration"]
BANNED = ["-wp-fct", "-wp-skip-fct", "-wp-prop", "-wp-no-volatile", "-wp-no-rte", "-wp-bhv",
          "-wp-session", "-wp-definitions-terminate", "-wp-declarations-terminate",
          "-wp-unalias-vars", "-wp-alias-vars", "-wp-context-vars", "-wp-no-warn-memory-model"]


def commands(tree):
    """What wp.py and provers.py of this tree would run."""
    done = subprocess.run([sys.executable, str(tree.path("proofs/wp.py")), "--print"],
                          capture_output=True, text=True)
    return json.loads(done.stdout)


def check(tree):
    ledger, found = tree.ledger()["flags"], commands(tree)
    wp, out = found["wp"], []
    out += [f"wp.py runs without {f}" for f in NEEDED if f not in wp]
    out += [f"wp.py runs without {a} {b}" for a, b in PAIRS
            if (a, b) not in list(zip(wp, wp[1:]))]
    aborts = wp[wp.index("-kernel-warn-key") + 1] if "-kernel-warn-key" in wp else ""
    out += [f"wp.py does not stop at {a}" for a in ABORTS if f"{a}=abort" not in aborts.split(",")]
    out += [f"wp.py uses {f}" for f in BANNED if f in wp]
    for tool in sorted(set(found) | set(ledger)):
        if found.get(tool) != ledger.get(tool):
            out.append(f"flags of {tool} are not those of the ledger: {' '.join(found.get(tool, []))}")
    return out + drivers(tree)


def drivers(tree):
    """The prover drivers are trusted text: a change of one is a change of the ledger."""
    listed = tree.ledger()["drivers"]
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:16]
             for p in sorted(tree.path("proofs/why3").iterdir()) if p.suffix in (".drv", ".gen")}
    return [f"proofs/why3/{n}: not the text that the ledger names (sha256 {found.get(n)})"
            for n in sorted(set(found) | set(listed)) if found.get(n) != listed.get(n)]
