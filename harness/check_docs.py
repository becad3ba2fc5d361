#!/usr/bin/env python3
"""The documents name what there is. Checks, with file and line:

- a name in `code` before (spec/FILE.mlw) is defined in that file, and each paragraph
  that begins with "Spec:" names one;
- each file and folder of the project that is named exists;
- each `make TARGET` exists, and `make help` lists what README.md and VERIFY.md name;
- links between documents lead somewhere;
- each PN_ name is in user/include/postern.h, and a table row that begins with a number
  and such a name has the header's number;
- a fenced block of C, WhyML or TOML is text of a file named before it;
- VERIFY.md names each gate, and each promise of proofs/expected/promises.txt;
- docs/abi.md has each status, kind, state, slot, vector and method of postern.h, and each
  method's section says its errors and its functions of spec/;
- postern.h, core/*.h and spec/ give the same numbers.

  check_docs.py --self-test   plants an error of each kind and sees it found
"""
import pathlib
import re
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "VERIFY.md", "docs/abi.md", "docs/image.md", "docs/system.md"]
HEADER = "user/include/postern.h"
PROMISES = "proofs/expected/promises.txt"
FOLDERS = "spec|core|arch|user|tools|harness|proofs|report|mk|config|docs"
SPEC_REF = re.compile(r"((?:`[\w']+`(?:,|,? and)?\s+)+)\((spec/\w+\.mlw)\)")
DEFINED = r"^\s*(?:let rec ghost |let ghost |let )?(?:function|predicate|constant|type|lemma|goal|axiom)\s+%s\b"
FIELD = r"[{;]\s*%s\s*:"
PATH = re.compile(rf"(?<![\w/.-])((?:{FOLDERS})/[\w./*-]*|[A-Z]+\.md|Makefile|LICENSE)")
TARGET = re.compile(r"`make ((?:[a-z][a-z-]*|[A-Z]+=[\w./-]+)(?: [A-Z]+=[\w./-]+)*)|^ *make ([a-z][a-z-]*)", re.M)
LINK = re.compile(r"\]\(([^)\s]+)\)")
ROW = re.compile(r"^\|\s*(\d+)\s*\|\s*`(PN_\w+)`", re.M)

# postern.h: (core, spec); None where one of the two has no such name
SAME = {
    "PN_OK": ("OK", "ok"), "PN_INVALID_CAP": ("INVALID_CAPABILITY", "invalid_capability"),
    "PN_MALFORMED": ("MALFORMED", "malformed"), "PN_UNKNOWN": ("UNKNOWN_METHOD", "unknown_method"),
    "PN_BAD_ARGUMENT": ("BAD_ARGUMENT", "bad_argument"), "PN_BUSY": ("BUSY", "busy"),
    "PN_RETIRED": ("RETIRED", "retired"),
    "PN_MESSAGE": ("KIND_MESSAGE", "kind_message"), "PN_FAULT": ("KIND_FAULT", "kind_fault"),
    "PN_PROXIED": ("KIND_PROXIED", "kind_proxied"), "PN_ANSWER": ("KIND_ANSWER", "kind_answer"),
    "PN_UNUSED": ("ST_UNUSED", "st_unused"), "PN_INACTIVE": ("ST_INACTIVE", "st_inactive"),
    "PN_READY": ("ST_READY", "st_ready"), "PN_SENDING": ("ST_SENDING", "st_sending"),
    "PN_OPEN": ("ST_OPEN", "st_open"), "PN_CLOSED": ("ST_CLOSED", "st_closed"),
    "PN_FAULTED": ("ST_FAULTED", "st_faulted"), "PN_DELIVERED": ("ST_DELIVERED", "st_delivered"),
    **{f"PN_{m}": (f"P_{m}", f"p_{m.lower()}") for m in (
        "START STOP HOLD RELEASE READ_FAULT READ_REGISTERS WRITE_REGISTERS GET_SLOT SET_SLOT "
        "TAKE_REPLY DESTROY").split()},
    "PN_MAKE_ENTRY": ("E_MAKE_ENTRY", "e_make_entry"),
    "PN_DESTROY_ENDPOINT": ("E_DESTROY", "e_destroy"),
    "PN_HANDLER": ("SLOT_HANDLER", "slot_handler"),
    "PN_PROXY_RECEIVER": ("SLOT_PROXY_RECEIVER", "slot_proxy_receiver"),
    "PN_MAX_WORDS": ("NWORD", None), "PN_REG_WORDS": ("NMSG", "nmsg"),
    "PN_REGISTER_WORD": ("NMSG", "nmsg"), "PN_REGISTERS": ("NREG", "nreg"),
    "PN_RAX": ("R_CTL", "r_ctl"), "PN_RDI": ("R_DESC", "r_desc"), "PN_RSI": ("R_WORD0", "r_word0"),
    "PN_RSP": ("R_SP", "r_sp"), "PN_RIP": ("R_PC", "r_pc"), "PN_RFLAGS": ("R_FLAGS", "r_flags"),
    "PN_RECV": ("ONLY_RECEIVE", "only_receive"),
}


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)

    def read(self, name):
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def all(self, pattern):
        return "\n".join(p.read_text(encoding="utf-8") for p in sorted(self.root.glob(pattern)))


def line(text, at):
    return text.count("\n", 0, at) + 1


# ---- what is named

def spec_names(tree, name, text):
    for found in SPEC_REF.finditer(text):
        spec = tree.read(found[2])
        for symbol in re.findall(r"`([\w']+)`", found[1]):
            if not re.search(DEFINED % re.escape(symbol), spec, re.M) \
                    and not re.search(FIELD % re.escape(symbol), spec):
                at = found.start() + found[1].index(f"`{symbol}`")
                yield line(text, at), f"{symbol} is not in {found[2]}"
    for found in re.finditer(r"^Spec:[^\n]*", text, re.M):
        rest = SPEC_REF.sub("", found[0])
        if not SPEC_REF.search(found[0]):
            yield line(text, found.start()), "names no function of spec/"
        elif "`" in rest:
            yield line(text, found.start()), f"names without file: {rest}"


def paths(tree, name, text):
    for found in PATH.finditer(text):
        path = found[1].rstrip(".*/")
        if re.search(r"\bNAME\b|\bFILE\b", path):
            continue
        here = sorted(tree.root.glob(path)) or sorted((tree.root / name).parent.glob(path))
        if not here:
            yield line(text, found.start()), f"there is no {path}"
    for found in LINK.finditer(text):
        target, _, anchor = found[1].partition("#")
        if re.match(r"\w+:", target):
            continue
        path = (tree.root / name).parent / target if target else tree.root / name
        if not path.exists():
            yield line(text, found.start()), f"link to {found[1]}: no such file"
        elif anchor and anchor not in anchors(path.read_text(encoding="utf-8")):
            yield line(text, found.start()), f"link to {found[1]}: no such heading"


def anchors(text):
    heads = re.findall(r"^#+ (.*)$", text, re.M)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in heads}


def rules(tree):
    """The targets that the makefiles have."""
    text = tree.read("Makefile") + "\n" + tree.all("mk/*.mk")
    text = re.sub(r"^define .*?^endef", "", text, flags=re.S | re.M)
    return {t for names in re.findall(r"^([a-z][\w -]*):(?!=)", text, re.M) for t in names.split()}


def targets(tree, name, text):
    there, listed = rules(tree), tree.read("mk/help.mk")
    for found in TARGET.finditer(text):
        target = (found[1] or found[2]).split()[0]
        if "=" in target:
            continue
        if target not in there:
            yield line(text, found.start()), f"there is no target {target}"
        elif not re.search(rf"^  make {target}\b", listed, re.M):
            yield line(text, found.start()), f"make help does not list {target}"


def constants(tree, name, text):
    there = numbers(tree.read(HEADER))
    for found in re.finditer(r"\bPN_\w*\w", text):
        if not re.search(rf"\b{found[0]}\b", tree.read(HEADER)):
            yield line(text, found.start()), f"{found[0]} is not in {HEADER}"
    for found in ROW.finditer(text):
        if found[2] in there and there[found[2]] != int(found[1]):
            yield line(text, found.start()), f"{found[2]} is {there[found[2]]} in {HEADER}"


def quoted(tree, name, text):
    """Fenced text stands in one of the two files that were named last."""
    for found in re.finditer(r"^```(?:c|toml|whyml)\n(.*?)^```", text, re.S | re.M):
        before = [p.rstrip(".") for p in PATH.findall(text[:found.start()])][-2:]
        if not any(found[1].strip("\n") in tree.read(path) for path in before):
            yield line(text, found.start()), f"this is not the text of {' or '.join(before)}"


def complete(tree, name, text):
    """What VERIFY.md must name."""
    if name != "VERIFY.md":
        return
    for path in sorted(tree.root.glob("proofs/gates/*.py")):
        if path.stem not in ("__init__", "common") and not re.search(rf"^\| {path.stem} \|", text, re.M):
            yield 1, f"gate {path.stem} is not in the table of gates"
    if not (tree.root / PROMISES).is_file():
        yield 1, f"there is no list of promises, {PROMISES}, to hold the document against"
    for promise in re.findall(r"^\w+", tree.read(PROMISES), re.M):
        if f"`{promise}`" not in text:
            yield 1, f"promise {promise} is not named"


def described(tree, name, text):
    """What docs/abi.md must describe."""
    if name != "docs/abi.md":
        return
    for kind, body in re.findall(r"\benum (pn_\w+) \{(.*?)\n\};", tree.read(HEADER), re.S):
        for constant in re.findall(r"\b(PN_\w+)\s*(?==)", re.sub(r"/\*.*?\*/", "", body, flags=re.S)):
            section = re.search(rf"^### {constant}\n(.*?)(?=^#|\Z)", text, re.S | re.M)
            if f"`{constant}`" not in text:
                yield 1, f"{constant} of {HEADER} is not described"
            elif kind.endswith("_method") and not (section and "\nErrors" in section[1] and "\nSpec:" in section[1]):
                yield 1, f"method {constant} has no section that says its errors and its functions of spec/"


# ---- numbers of the header, of core/ and of spec/

def value(text, known):
    """The number that a constant expression stands for, or None."""
    text = re.sub(r"\b(0x[0-9a-fA-F]+|\d+)[uUlL]+\b", r"\1", text).strip()
    text = re.sub(r"\b[A-Za-z_]\w*\b", lambda m: str(known.get(m[0], "?")) if not
                  re.fullmatch(r"0x\w+", m[0]) else m[0], text)
    if not re.fullmatch(r"[\dxa-fA-F\s+*<>()|-]+", text):
        return None
    return eval(text, {"__builtins__": {}})  # digits and operators only


def numbers(text):
    """Names of #define and enum, with their numbers."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    known = {}
    for name, body in re.findall(r"^#define[ \t]+(\w+)[ \t]+(.+)$", text, re.M):
        if value(body, known) is not None:
            known[name] = value(body, known)
    for body in re.findall(r"\benum\s+\w+\s*\{(.*?)\}", text, re.S):
        following = 0
        for item in filter(str.strip, body.split(",")):
            name, _, given = (part.strip() for part in item.partition("="))
            following = value(given, known) if given else following
            known[name] = following
            following += 1
    return known


def spec_numbers(text):
    return {n: int(v, 0) for n, v in
            re.findall(r"^\s*constant\s+(\w+)\s*:\s*int\s*=\s*(0x[0-9a-f]+|\d+)\s*(?:\(\*.*)?$", text, re.M)}


def agreement(tree):
    text = tree.read(HEADER)
    user, core = numbers(text), numbers(tree.all("core/*.h"))
    spec = spec_numbers(tree.all("spec/*.mlw"))
    for name, (in_core, in_spec) in SAME.items():
        at = line(text, max(text.find(name), 0))
        for where, there, other in (("core/", core, in_core), ("spec/", spec, in_spec)):
            if other and there.get(other) is None:
                yield f"{HEADER}:{at}: {where} has no {other} to compare {name} with"
            elif other and user.get(name) != there[other]:
                yield f"{HEADER}:{at}: {name} is {user.get(name)}, but {other} of {where} is {there[other]}"
    if user["PN_PAGE"] != 8 * core["PAGE_WORDS"]:
        yield f"{HEADER}: PN_PAGE is {user['PN_PAGE']}, a page of core/ has {8 * core['PAGE_WORDS']} bytes"
    if core["FAULT_TAG"] != 256 * user["PN_FAULT_WORDS"]:
        yield f"{HEADER}: PN_FAULT_WORDS is {user['PN_FAULT_WORDS']}, not the words of FAULT_TAG in core/"
    if numbers(tree.read("arch/x86/layout.h"))["USER_END"] != user["PN_MESSAGE_BASE"]:
        yield f"{HEADER}: PN_MESSAGE_BASE is not USER_END of arch/x86/layout.h"


def problems(tree):
    for name in DOCUMENTS:
        text = tree.read(name)
        if not text:
            yield f"{name}:1: there is no such document"
        for check in (spec_names, paths, targets, constants, quoted, complete, described):
            for number, what in check(tree, name, text):
                yield f"{name}:{number}: {what}"
    yield from agreement(tree)


# ---- the check checks

ALL = "the whole text"  # of a file, in PLANTED

PLANTED = [  # file, text, text instead, what must be said
    ("docs/abi.md", "`rotate` (spec/step.mlw)", "`rotates` (spec/step.mlw)", "rotates is not in spec/step.mlw"),
    ("docs/abi.md", "Spec: `rotate` (spec/step.mlw).", "Spec: see there.", "names no function"),
    ("docs/abi.md", "docs/image.md", "docs/images.md", "there is no docs/images.md"),
    ("docs/abi.md", "(#7-yield)", "(#8-yield)", "no such heading"),
    ("docs/abi.md", "`PN_BUSY`", "`PN_BUSSY`", "PN_BUSSY is not in"),
    ("docs/abi.md", "| 5 | `PN_BUSY`", "| 4 | `PN_BUSY`", "PN_BUSY is 5"),
    ("README.md", "`make audit`", "`make audits`", "there is no target audits"),
    ("VERIFY.md", "`make audit`", "`make bench-one`", "make help does not list bench-one"),
    ("VERIFY.md", "(spec/step.mlw)", "(spec/steps.mlw)", "there is no spec/steps.mlw"),
    ("docs/abi.md", "### PN_HOLD", "### Holding", "method PN_HOLD has no section"),
    ("docs/abi.md", "`PN_STACK`", "stack", "PN_STACK of user/include/postern.h is not described"),
    ("VERIFY.md", "| flags |", "| flag |", "gate flags is not in the table"),
    (PROMISES, ALL, "rain_tomorrow\n", "promise rain_tomorrow is not named"),
    (PROMISES, None, None, "there is no list of promises"),
    ("user/programs/hello.c", "{ 21 }", "{ 22 }", "this is not the text of"),
    ("user/include/postern.h", "PN_BUSY         = 5", "PN_BUSY         = 7", "PN_BUSY is 7, but BUSY of core/ is 5"),
    ("core/control_process.h", "P_STOP            = 2", "P_STOP            = 9", "but P_STOP of core/ is 9"),
    ("spec/types.mlw", "st_open      : int = 4", "st_open      : int = 5", "but st_open of spec/ is 5"),
    ("docs/system.md", None, None, "there is no such document"),
]


def plant(name, old, new):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("build", ".git", "__pycache__"))
        path = copy / name
        if old is None:
            path.unlink()
        else:
            text = path.read_text(encoding="utf-8")
            old = text if old is ALL else old
            if old not in text:
                return [f"{name} does not hold {old!r} any more"]
            path.write_text(text.replace(old, new), encoding="utf-8")
        return list(problems(Tree(copy)))


def self_test():
    before, missed = set(problems(Tree(ROOT))), 0
    for name, old, new, wanted in PLANTED:
        found = [p for p in plant(name, old, new) if p not in before]
        if not any(wanted in p for p in found):
            missed += 1
            print(f"{name}: {old!r} replaced by {new!r}: not said: {wanted} ({found[:2]})")
    print(f"check-docs: {len(PLANTED) - missed} of {len(PLANTED)} planted errors found")
    return missed


def main():
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test() else 0)
    found = list(problems(Tree(ROOT)))
    print("\n".join(found) if found else "check-docs: nothing found")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
