#!/usr/bin/env python3
"""Plant faults, one at a time, and see that the oracle finds each: planted.py BUILT, where
BUILT is build/CONFIG/oracle, as `make oracle` leaves it.

Faults in the core are those of proofs/mutants.toml that are named here, and some in what boots;
faults in the oracle itself are in what is generated, in its comparison, in what the events do.
A difference must be shown again by the trace, or the image, that it is reported with.
"""
import contextlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "proofs"), str(ROOT / "harness" / "hosted")]
import link  # noqa: E402
import mutants  # noqa: E402
import reached  # noqa: E402

STEPS, IMAGES, DAMAGED = "60000", "1500", "5000"
FUNCTIONS = ["copy_regs", "store_regs", "await", "answer_call", "wake", "switch_to",
             "entry_owner", "live"]
# Of these the invariant alone must notice: nothing is compared.
BREAKING = ["enqueue", "remove_node", "wake", "switch_to", "record_fault", "put_cap", "proxy_message"]
ALONE = "inv alone: "
NOTHING_COMPARED = ("run.ml", "try Abstraction.compare before wanted after", "try ignore (before, wanted, after)")
PAIRING = ("abs.toml", 'proc_version = "version"', 'proc_version = "epoch", epoch = "version"')
# what, file, old, new
DIFFERENCES = [
    ("the translation swaps the two sides of <=", "machine.ml", "(Z.leq ", "(Fun.flip Z.leq "),
    ("the translation makes `and` of `or`", "machine.ml", " || ", " && "),
    ("what a process computes goes to another one", "events.c", "procs[current].regs.r[c.word] =",
     "procs[(current + 1) % NPROC].regs.r[c.word] ="),
    ("what a process computes in a page changes its fault, too", "events.c", "messages[c.page].w[c.word] =",
     "messages[c.page].w[c.word] = procs[0].fault_code ="),
]
OMITTED = [
    ("a field is left out of the comparison", "abstraction.ml", 'Host.field ".badge" d_int x.r_badge y.r_badge', "()"),
    ("the last row of a table is left out", "host.ml", "  for i = 0 to n - 1 do\n    let k = Z.of_int i in\n    let same",
     "  for i = 0 to n - 2 do\n    let k = Z.of_int i in\n    let same"),
]
CRASH = [
    ("a store to nowhere when a process is destroyed", "core/control_run.c", "\traise_version(t);\n\tremove_node",
     "\traise_version(t);\n\t*(volatile uint64_t *)(uint64_t)(t + 8) = 0;\n\tremove_node"),
]
INVARIANT = [
    ("quantifiers begin one too late", "machine.ml", "(Host.all \"p\" (Z.of_int (0))", "(Host.all \"p\" (Z.of_int (1))"),
    ("quantifiers end one too early", "host.ml", "Z.geq low above ||", "Z.geq (Z.succ low) above ||"),
    ("any numbering will do for a ring", "machine.ml", "f_numbered v_l", "true || f_numbered v_l"),
]
# in a copy of spec/, translated anew
SPEC = [
    ("`inv` says nothing of the reaper", "inv.mlw", "/\\ reaped s p /\\ answer_ok s p", "/\\ answer_ok s p"),
    ("`ring_ok` says nothing of homes", "ring_theory.mlw", "/\\ housed l n /\\ falls", "/\\ falls"),
]
UNBOUNDED = ("a quantifier without a range", "wf_proof.mlw", "(forall p. valid p -> caps_ok (pr s p))",
             "(forall p. caps_ok (pr s p))")
BOOT = [
    ("boot accepts any space", "core/check.c", "return v < boot_image.w[H_SPACES];", "return 1;"),
    ("the word after a slot's is blamed", "core/check.c", "return 8 + 3 * k;", "return 9 + 3 * k;"),
    ("an endpoint's owner is not looked at", "core/check.c", "return endpoint_word(e, 0) < boot_image.w[H_PROCESSES]\n\t    &&",
     "return"),
    ("the last register's capability is not loaded", "core/init.c", "for (uint32_t k = 0; k < NCAP; k++)",
     "for (uint32_t k = 0; k < NCAP - 1; k++)"),
    ("a refused image leaves its endpoints", "core/init.c", "\tif (r.error == BOOT_OK) {",
     "\tif (r.error == BOOT_BAD_ENDPOINT)\n\t\tset_endpoint(0, 0, 7);\n\tif (r.error == BOOT_OK) {"),
    ("a count is believed", "core/check.c", "boot_image.w[H_PROCESSES] <= NPROC", "boot_image.w[H_PROCESSES] > 0"),
]
BUILT = pathlib.Path(sys.argv[1]).resolve()
FOLDER = BUILT / "planted"
CONFIG = BUILT.parent.name


def fresh(program="oracle"):
    """Everything without fault; what did not change keeps its object file."""
    folder = FOLDER / program
    folder.mkdir(parents=True, exist_ok=True)
    for name in link.GENERATED:
        link.put(folder / name, (BUILT / name).read_text())
    link.copy(folder)
    return folder


def plant(folder, name, old, new):
    text = (folder / name).read_text()
    if old not in text:
        sys.exit(f"planted.py: {name} has no text {old!r}")
    (folder / name).write_text(text.replace(old, new))


def run(program, *arguments):
    link.build(FOLDER / program, CONFIG, program)
    return subprocess.run([str(FOLDER / program / program), *arguments], capture_output=True, text=True,
                          errors="replace", env=os.environ | {"ASAN_OPTIONS": "detect_leaks=0"})


def events(trace):
    return sum(not line.startswith(("#", "system", "only")) for line in trace.read_text().splitlines())


# ---- what was found, in words; None if nothing, or if it cannot be replayed
def difference():
    trace = FOLDER / "difference.trace"
    trace.unlink(missing_ok=True)
    done = run("oracle", "random", STEPS, "1", "1", str(trace))
    found = re.search(r"^oracle: (system \d+, event \d+): ", done.stdout, re.M)
    if done.returncode != 1 or not found or not trace.exists():
        return None
    said = done.stderr.split("\n")[0].removeprefix("oracle: ")
    same = run("oracle", "replay", str(trace))
    shown = same.returncode == 1 and said in same.stderr
    return f"{found[1]}, shrunk to {events(trace)}: {said[:120]}" if shown else None


def crash():
    done = run("oracle", "random", STEPS, "1", "10", str(FOLDER / "none.trace"))
    return done.stderr.split("\n")[0] if done.returncode == 3 and "the core crashed" in done.stderr else None


def omission():
    done = run("oracle", "fields")
    return done.stderr.strip() if done.returncode == 1 and "is not compared" in done.stderr else None


def refusal():
    said = translated(*UNBOUNDED[1:])
    return said if said and "from where to where" in said else None


def disagreement():
    done = run("oracle", "rules", DAMAGED, "1")
    return done.stderr.strip() if done.returncode == 1 and "damaged after" in done.stderr else None


def translated(name, old, new):
    """machine.ml of a changed spec/; what the translation said if it refused."""
    folder = fresh()
    shutil.copytree(ROOT / "spec", folder / "spec", dirs_exist_ok=True)
    plant(folder / "spec", name, old, new)
    done = subprocess.run([str(BUILT / "translate"), str(folder / "spec"), "Host"], capture_output=True, text=True)
    if done.returncode:
        return done.stderr.strip().split("\n")[-1]
    link.put(folder / "machine.ml", done.stdout)
    return None


def unaccounted():
    """With a reason less, and with one for what is reached, on branches that are made up."""
    key, place = ("x.c", "if (a)", "a", "true"), ("x.c", 1, 1, "if (a)", "a", "true")
    with contextlib.redirect_stdout(io.StringIO()):
        bad = reached.complaints({place: 0}, {}) + reached.complaints({place: 1}, {key: "none"})
        good = reached.complaints({place: 0}, {key: "a reason"})
    return "; ".join(bad) if len(bad) == 2 and not good else None


def image():
    done = run("images", IMAGES, "1")
    if "AddressSanitizer" in done.stderr or "runtime error" in done.stderr:
        return re.search(r"(AddressSanitizer: \S+|runtime error: .*)", done.stderr)[0]
    again = re.search(r"COUNT=1 SEED=(\d+)$", done.stderr, re.M)
    if done.returncode != 1 or not again:
        return None
    shown = f"images: image {again[1]} (" in run("images", "1", again[1]).stderr
    return done.stderr.split("\n")[0] if shown else None


def rule():
    """By the fuzzer, from the committed inputs on."""
    folder, sources = FOLDER / "oracle", ["fuzz.c", "events.c", "dice.c", "rules.c"]
    hosted, core = ROOT / "harness" / "hosted", sorted((folder / "core").glob("*.c"))
    link.run(["clang", "-std=c11", "-O1", "-fsanitize=fuzzer", f"-I{ROOT / 'config/small'}", f"-I{folder / 'core'}",
              f"-I{ROOT / 'proofs/bridge'}", f"-I{hosted}", *core, *(hosted / s for s in sources), "-o", "fuzz"], folder)
    (folder / "found").mkdir(exist_ok=True)  # where what is new goes: not to the corpus
    done = subprocess.run(["./fuzz", "-runs=50000", "-seed=1", "-max_len=4096", "found",
                           str(ROOT / "build/small/fuzz/corpus")], cwd=folder, capture_output=True, text=True,
                          errors="replace")
    found = re.search(r"^fuzz: .*$", done.stderr, re.M)
    return found[0] if done.returncode and found else None


# ---- the faults: what, program
def mutants_of(functions, words=""):
    table = tomllib.loads((ROOT / "proofs" / "mutants.toml").read_text())["mutant"]
    for m in [m for m in table if m["function"] in functions]:
        folder = fresh()
        path = folder / m["file"]
        path.write_text(mutants.apply(m, path.read_text()))
        if words == ALONE:
            plant(folder, *NOTHING_COMPARED)
        yield f"{words}{m['function']}: {m['bug']}"


def changes(table, program="oracle"):
    for what, *change in table:
        plant(fresh(program), *change)
        yield what


def weaker():
    for what, *change in SPEC:
        if refused := translated(*change):
            sys.exit(f"planted.py: {what}: {refused}")
        yield what


def pairing():
    folder = fresh()
    (folder / "abs.toml").write_text((ROOT / "proofs" / "abs.toml").read_text())
    plant(folder, *PAIRING)
    subprocess.run([sys.executable, str(ROOT / "harness/oracle/abstraction.py"), str(folder),
                    "--abs", str(folder / "abs.toml")], check=True)
    yield "version and epoch are paired crosswise"


def main():
    fresh()
    if run("oracle", "random", STEPS, "1", "10", str(FOLDER / "none.trace")).returncode:
        sys.exit("planted.py: the core without fault already differs: `make oracle`")
    bad = count = 0
    for faults, find in ((mutants_of(FUNCTIONS), difference), (changes(DIFFERENCES), difference),
                         (pairing(), difference), (mutants_of(BREAKING, ALONE), difference),
                         (mutants_of(["put_cap"], "fuzzed: "), rule),
                         (changes(CRASH), crash), (changes(OMITTED), omission), (changes(INVARIANT), disagreement),
                         (["branches and reasons that do not fit"], unaccounted),
                         (weaker(), disagreement), (UNBOUNDED[:1], refusal),
                         (changes(BOOT, "images"), image)):
        for what in faults:
            words = find()
            count, bad = count + 1, bad + (words is None)
            print(f"{what[:72]:72} {words or 'NOT FOUND'}", flush=True)
    print(f"oracle-test: {count - bad} of {count} planted faults found")
    sys.exit(1 if bad or not count else 0)


if __name__ == "__main__":
    main()
