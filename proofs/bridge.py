#!/usr/bin/env python3
"""The bridge between the specification and the C code.

From the headings of the linked WhyML modules (linked.txt) and the table of the
abstraction (abs.toml) this makes, in build/CONFIG/proof:

  spec.acsl.h   ACSL declarations: spec_f for each type, function, constant f
  abs.acsl.h    the abstract state `abs` that the C tables stand for
  wp.driver     the driver that tells WP which WhyML symbol each name is
  glue.mlw      constructors and readers, so that ACSL can build records, read maps
  abs_witness.mlw   goals: the equations of `abs` have a model
  config.mlw    the table sizes of this configuration; and copies of linked files

All but the last are the same in every configuration; proofs/bridge/ holds the
committed copy that the kernel is compiled with, and --check compares.
"""
import argparse
import pathlib
import re
import shutil
import sys
import tempfile
import tomllib

import bridge_abs
import bridge_acsl
import whyml

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMITTED = ["spec.acsl.h", "abs.acsl.h", "wp.driver", "glue.mlw", "abs_witness.mlw"]


def entries(linked):
    """linked.txt: [(file, module, library, symbols)]."""
    out = []
    for number, line in enumerate(linked.read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        found = re.fullmatch(r"(\w+):(\w+)(?:\s+(@?\w+)(?::\s*([\w\s]+))?)?", line)
        if not found or (found[3] and found[3].startswith("@") != (found[4] is None)):
            raise whyml.Refused(f"{linked.name}:{number}: expected "
                                "`file:Module [@Module | library: symbols]`")
        out.append((found[1], found[2], found[3], (found[4] or "").split()))
    return out


def macros(header):
    """Numeric #defines of a configuration header."""
    return dict(re.findall(r"^#define\s+(\w+)\s+(\w+)", header.read_text(), re.M))


def write_config(spec, header, constants, out):
    """config.mlw with the values of this configuration."""
    text, values = (spec / "config.mlw").read_text(), macros(header)
    for module in whyml.read(spec / "config.mlw"):
        for s in module.symbols:
            if not s.defined:
                macro = constants.get(s.name)
                if macro not in values:
                    raise whyml.Refused(f"{s.where}: no value for `{s.name}` in {header}")
                text = re.sub(rf"(constant {s.name}\s*:\s*int)\b", rf"\1 = {values[macro]}", text)
    (out / "config.mlw").write_text(text)


def load(linked, spec, glue):
    """The linked modules: [(whyml.Module, library, symbols)]."""
    files, out = {}, []
    for file, name, library, symbols in linked:
        if file not in files:
            path = glue if file == "glue" else spec / f"{file}.mlw"
            if not path.exists():
                raise whyml.Refused(f"linked.txt: no file {path}")
            files[file] = {m.name: m for m in whyml.read(path)}
        if name not in files[file]:
            raise whyml.Refused(f"linked.txt: {file}.mlw has no module {name}")
        out.append((files[file][name], library, symbols))
    return out


def in_order(modules, spec):
    """Modules sorted so that each comes after the ones it uses (WP needs that)."""
    by_name = {f"{m.file.removesuffix('.mlw')}.{m.name}": (m, l, s) for m, l, s in modules}
    files = {m.file.removesuffix(".mlw") for m, _, _ in modules}
    out, state = [], {}

    def visit(name, user):
        if state.get(name) == "open":
            raise whyml.Refused(f"{user} and {name} use each other")
        if name in state:
            return
        if name not in by_name:
            raise whyml.Refused(f"{user} uses {name}, which is not in linked.txt")
        state[name] = "open"
        module = by_name[name][0]
        for use in module.uses:
            full = use if "." in use else f"{module.file.removesuffix('.mlw')}.{use}"
            if full in by_name or full.split(".")[0] in files:
                visit(full, name)
            elif (spec / f"{full.split('.')[0]}.mlw").exists():
                visit(full, name)
        state[name] = "done"
        out.append(by_name[name])

    for name in by_name:
        visit(name, "linked.txt")
    return out


def write_module(out, module):
    """A module as a file of its own, for WP parses the whole file of each module it loads."""
    file = module.file.removesuffix(".mlw")
    text = re.split(r"^(?=module )", (out / module.file).read_text(), flags=re.M)
    body = next(t for t in text if t.startswith(f"module {module.name}\n"))

    def renamed(use):
        path, _, name = use[2].rpartition(".")
        path = path or file
        return (use[1] + bridge_acsl.stem(path, name) + "." + name
                if (out / f"{path}.mlw").exists() else use[0])
    body = re.sub(r"(^  use (?:export )?)([\w.]+)", renamed, body, flags=re.M)
    (out / f"{bridge_acsl.stem(file, module.name)}.mlw").write_text(body)


def generate(spec, header, linked, table, out):
    """Make everything, then replace the files that changed: a run of WP may be reading."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        new = pathlib.Path(folder)
        make(spec, header, linked, table, new)
        for path in new.iterdir():
            old = out / path.name
            if not old.exists() or old.read_text() != path.read_text():
                path.replace(old)


def make(spec, header, linked, table, out):
    plan, abstraction = entries(linked), tomllib.loads(table.read_text())
    plain = in_order(load([e for e in plan if e[0] != "glue"], spec, None), spec)
    types = {t.name: t for m, _, _ in plain for t in m.types}
    bridge_abs.check(abstraction, types)
    outside = {e["spec"]: e["outside"] for e in abstraction["array"] + abstraction["table"]
               if "outside" in e}
    (out / "glue.mlw").write_text(bridge_acsl.glue(plain, types, outside))
    modules = in_order(load(plan, spec, out / "glue.mlw"), spec)
    write_config(spec, header, abstraction["constants"], out)
    for file in {e[0] for e in plan} - {"glue", "config"}:
        shutil.copyfile(spec / f"{file}.mlw", out / f"{file}.mlw")
    for m, _, _ in modules:
        write_module(out, m)
    (out / "spec.acsl.h").write_text(bridge_acsl.declarations(modules))
    (out / "wp.driver").write_text(bridge_acsl.driver(modules))
    (out / "abs.acsl.h").write_text(bridge_abs.header(abstraction, types))
    (out / "abs_witness.mlw").write_text(bridge_abs.witness(abstraction, types, plain))


def compare(out, committed):
    return [name for name in COMMITTED
            if not (committed / name).exists()
            or (committed / name).read_text() != (out / name).read_text()]


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--config", default="default")
    p.add_argument("--spec", default=str(ROOT / "spec"))
    p.add_argument("--linked", default=str(ROOT / "proofs" / "linked.txt"))
    p.add_argument("--abs", default=str(ROOT / "proofs" / "abs.toml"))
    p.add_argument("--out", help="default: build/CONFIG/proof")
    p.add_argument("--header", help="default: config/CONFIG/config.h")
    p.add_argument("--committed", default=str(ROOT / "proofs" / "bridge"))
    p.add_argument("--check", action="store_true", help="compare with the committed copy")
    p.add_argument("--update", action="store_true", help="renew the committed copy")
    o = p.parse_args()
    out = pathlib.Path(o.out or ROOT / "build" / o.config / "proof")
    header = pathlib.Path(o.header or ROOT / "config" / o.config / "config.h")
    try:
        generate(pathlib.Path(o.spec), header, pathlib.Path(o.linked), pathlib.Path(o.abs), out)
    except whyml.Refused as why:
        sys.exit(f"bridge: {why}")
    committed = pathlib.Path(o.committed)
    if o.update:
        committed.mkdir(exist_ok=True)
        for name in COMMITTED:
            shutil.copyfile(out / name, committed / name)
    stale = compare(out, committed) if o.check else []
    if stale:
        sys.exit("bridge: proofs/bridge is not what the specification generates: "
                 + ", ".join(stale) + " (renew with proofs/bridge.py --update, and read the change)")


if __name__ == "__main__":
    main()
