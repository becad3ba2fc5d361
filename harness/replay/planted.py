#!/usr/bin/env python3
"""Plant faults, one at a time, and see that the replayer reports each with the entry where it
shows, and the same entry when the run is repeated.

Faults in the core are those of proofs/mutants.toml that are named here; the others are in
copies of the recorder, of the trap code and of the translated machine.
"""
import re
import shutil
import subprocess
import sys
import tomllib

import link
import session
import soak
import systems
sys.path.insert(0, str(session.ROOT / "proofs"))
import mutants  # noqa: E402

ROOT, BUILD = session.ROOT, soak.BUILD
TREE = BUILD / "replay-test"
COPIED = ["arch", "core", "config", "mk", "proofs/bridge", "harness/recorder", "Makefile"]
SEEDS, CALLS = (1, 2), 8000
TIMEOUT = 15  # seconds, for a kernel that hangs
FUNCTIONS = ["copy_regs", "store_regs", "await", "answer_call", "wake", "switch_to", "entry_owner", "live"]
RECORDER, TRAP = "harness/recorder/recorder.c", "arch/x86/trap.c"
# what, file, old, new
PLANTED = [
    ("the recorder changes a bit", RECORDER, "put(now[k]);", "put(records == 700 ? now[k] ^ 1 : now[k]);"),
    ("the recorder drops a record", RECORDER, "\tbegin(K_SYSCALL, 0, 0);\n\tfinish(timed(0, 0, __real_core_syscall));",
     "\tuint64_t before = open_buffer()->used;\n\tbegin(K_SYSCALL, 0, 0);\n"
     "\tfinish(timed(0, 0, __real_core_syscall));\n"
     "\tif (records == 700)\n\t\topen_buffer()->used = before;"),
    ("the recorder says nothing of some entries", RECORDER, "\tbegin(K_SYSCALL, 0, 0);",
     "\tif (records == 700) {\n\t\t__real_core_syscall();\n\t\treturn;\n\t}\n\tbegin(K_SYSCALL, 0, 0);"),
    ("the recorder leaves out a change", RECORDER, "if (now[k] == then[k])",
     "if (now[k] == then[k] || (records == 700 && k % 129 == 16))"),
    ("the recorder does not look at the last table", RECORDER,
     "b->w[count] += put_table(links, WORDS_OF(links), first);", "(void)links;"),
    ("the recorder names another chosen process", RECORDER, "\tput(ticks);\n\tput(current);",
     "\tput(ticks);\n\tput(records == 700 ? 0 : current);"),
    ("the recorder names another event", RECORDER, "begin(K_TICK, 0, 0);",
     "begin(records > 700 ? K_IRQ : K_TICK, 0, 0);"),
    ("the core traps in some calls", "core/core.c", "\telse\n\t\tsystem_call(current);",
     "\telse if (procs[current].regs.r[R_WORD0] != 11)\n\t\tsystem_call(current);\n\telse\n\t\t__builtin_trap();"),
    ("the core never ends in some calls", "core/core.c", "\telse\n\t\tsystem_call(current);",
     "\telse\n\t\tfor (system_call(current); messages[1].w[9] == 11;)\n\t\t\t;"),
    ("the trap code changes an epoch", TRAP, "\tprocess_loaded = process;\n",
     "\tprocess_loaded = process;\n\tprocs[(process + 1) % NPROC].epoch++;\n"),
] + [
    # the last rows of the tables: that the comparison goes to their ends
    (f"the trap code changes the last {what}", TRAP, "\tprocess_loaded = process;\n",
     f"\tprocess_loaded = process;\n\t{statement};\n") for what, statement in [
         ("process", "procs[NPROC - 1].proxy_reply.badge++"),
         ("endpoint", "endpoints[NENDP - 1].version++"),
         ("queue node", "links[NNODE - 1].home ^= 1")]
]
MACHINE = [
    ("the machine swaps the two sides of <=", "(Z.leq ", "(Fun.flip Z.leq "),
    ("the machine makes `and` of `or`", " || ", " && "),
]


def fresh():
    """The sources, with the objects that are there: only what changes is compiled."""
    for name in COPIED:
        source, target = ROOT / name, TREE / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name in ("kernel", "debug"):
        shutil.rmtree(TREE / "build/small" / name, ignore_errors=True)
        shutil.copytree(BUILD / name, TREE / "build/small" / name)
    (TREE / "build/small/debug.elf").unlink(missing_ok=True)  # it is newer than what it must be made of


def kernel():
    done = subprocess.run(["make", "-s", "CONFIG=small", "build/small/debug.elf"], cwd=TREE,
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"planted.py: does not build:\n{done.stderr}")
    return TREE / "build/small/debug.elf"


def plant(path, old, new):
    text = path.read_text()
    if text.count(old) != 1 and path.suffix == ".c":
        sys.exit(f"planted.py: {path.name} has {text.count(old)} times the text {old!r}")
    path.write_text(text.replace(old, new))


def difference(debug, replayer, images):
    """(image, what is said) of the first difference."""
    for image in images:
        run = session.play(debug, image, replayer, CALLS, TIMEOUT)
        if not run.agreed:
            return image, run.said
    return None, ""


def verdict(debug, replayer, images):
    """In words what was found; whether that is a difference, and the same one again."""
    image, said = difference(debug, replayer, images)
    found = re.match(r"replay: (entry \d+: .*)$", said, re.M)
    if not found:
        return "NOT FOUND", False
    if difference(debug, replayer, [image])[1] != said:
        return "found, but not again", False
    return found[1], True


def faults():
    """(what, debug image, replayer), with the fault planted."""
    right = BUILD / "debug.elf", BUILD / "replay/replay"
    table = tomllib.loads((ROOT / "proofs/mutants.toml").read_text())["mutant"]
    for m in [m for m in table if m["function"] in FUNCTIONS]:
        fresh()
        path = TREE / m["file"]
        path.write_text(mutants.apply(m, path.read_text()))
        yield f"{m['function']}: {m['bug']}", kernel(), right[1]
    for what, name, old, new in PLANTED:
        fresh()
        plant(TREE / name, old, new)
        yield what, kernel(), right[1]
    for what, old, new in MACHINE:
        folder = TREE / "replay"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        wrong = folder / "wrong.ml"
        shutil.copy(ROOT / "build/small/oracle/machine.ml", wrong)
        plant(wrong, old, new)
        link.link("small", folder, wrong)
        yield what, right[0], folder / "replay"


def main():
    TREE.mkdir(parents=True, exist_ok=True)
    images = [systems.write(seed, TREE, BUILD / "user") for seed in SEEDS]
    fresh()
    already = difference(kernel(), BUILD / "replay/replay", images)[1]
    if already:
        sys.exit(f"planted.py: it differs without a fault, see `make soak`:\n{already}")
    bad = count = 0
    for what, debug, replayer in faults():
        words, good = verdict(debug, replayer, images)
        count, bad = count + 1, bad + (not good)
        print(f"{what[:60]:60} {words[:110]}", flush=True)
    print(f"soak-test: {count - bad} of {count} planted faults reported, each at the same entry twice")
    sys.exit(1 if bad or not count else 0)


if __name__ == "__main__":
    main()
