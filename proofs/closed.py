#!/usr/bin/env python3
"""Facts of spec/ that read the same for every operation, written from the headings of the
machine and the table closed.toml. They are goals like all others: nothing is believed.

  closed.py            write them
  closed.py --check    compare with what is in spec/
"""
import argparse
import itertools
import pathlib
import sys
import tomllib

import whyml

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDTH = 100
KEYS = {"file", "about", "uses", "prefix", "bound", "keeps", "arguments", "unlike", "omit"}


def each(family, premises):
    """{name: premise}, of {"names": premise}."""
    out = {}
    for names, premise in premises.items():
        for name in names.split():
            if name in out:
                raise whyml.Refused(f"closed.toml: [{family}]: `{name}` has two premises")
            out[name] = premise
    return out


def table(path):
    """The machine's modules; the families, by name."""
    try:
        families = tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as why:
        raise whyml.Refused(f"{path.name}: {why}") from why
    machine = families.pop("machine", [])
    if not machine:
        raise whyml.Refused(f"{path.name}: no modules in `machine`")
    for name, family in families.items():
        keys = set(family) if isinstance(family, dict) else set()
        if keys != KEYS:
            odd = ", ".join(sorted(keys ^ KEYS))
            raise whyml.Refused(f"{path.name}: [{name}]: missing or unknown: {odd}")
        for key in ("arguments", "unlike"):
            family[key] = each(name, family[key])
    return machine, families


def operations(spec, name):
    """The functions of a machine module that make a state of a state."""
    file, _, module = name.partition(".")
    path = spec / f"{file}.mlw"
    found = [m for m in whyml.read(path) if m.name == module] if path.exists() else []
    if not found:
        raise whyml.Refused(f"closed.toml: no module {name}")
    return [s for s in found[0].symbols if s.kind == "function" and s.result == "state"
            and s.params and s.params[0][1] == "state"]


def binders(params):
    """`s: state, p k: int`"""
    groups = itertools.groupby(params, key=lambda p: p[1])
    return ", ".join(f"{' '.join(name for name, _ in same)}: {of}" for of, same in groups)


def fact(name, family, operation):
    """One fact; it goes on in a new line between its premises."""
    (state, _), *arguments = operation.params
    # a variable with the name of an argument would change what the fact says
    for variable in {v for v, _ in bound(family)} & {a for a, _ in operation.params}:
        raise whyml.Refused(f"closed.toml: [{name}]: `{variable}` is bound, and an argument of "
                            f"`{operation.name}` ({operation.where})")
    premises = [family["arguments"][a].format(a) for a, _ in arguments if a in family["arguments"]]
    if operation.name in family["unlike"]:
        premises = list(filter(None, family["unlike"][operation.name].split(" -> ")))
    before, after = (family["keeps"].format(s) for s in (
        state, f"({' '.join([operation.name] + [a for a, _ in operation.params])})"))
    lines = [f"  lemma {name}_{operation.name}: forall {binders(operation.params + bound(family))}"]
    for part in [f"[{after}]."] + [f"{p} ->" for p in [before] + premises] + [after]:
        if len(lines[-1]) + 1 + len(part) > WIDTH:
            lines.append("   ")
        lines[-1] += " " + part
    if max(map(len, lines)) > WIDTH:
        raise whyml.Refused(f"closed.toml: [{name}]: the fact about `{operation.name}` needs longer lines")
    return "\n".join(lines)


def bound(family):
    return [(variable, of) for of, variables in family["bound"].items() for variable in variables.split()]


def write(name, family, machine, spec):
    """The text of a family's file."""
    out = ["(* " + family["about"], "", "   Written by proofs/closed.py from its table closed.toml. *)"]
    seen, before = set(), ""
    for full in machine:
        module = full.partition(".")[2]
        found = operations(spec, full)
        seen |= {o.name for o in found}
        uses = [full, family["uses"].get(module, ""), before]
        before = family["prefix"] + module
        out += ["" if len(out) > 3 else None, f"module {before}"]
        out += [f"  use export {u}" for u in uses if u] + [""]
        out += [fact(name, family, o) for o in found if o.name not in family["omit"]] + ["end"]
    for op in (family["unlike"].keys() | set(family["omit"])) - seen:
        raise whyml.Refused(f"closed.toml: [{name}]: the machine has no operation `{op}`")
    for op in family["unlike"].keys() & set(family["omit"]):
        raise whyml.Refused(f"closed.toml: [{name}]: `{op}` is omitted, and unlike")
    for module in family["uses"].keys() - {full.partition(".")[2] for full in machine}:
        raise whyml.Refused(f"closed.toml: [{name}]: no module {module} of the machine for `uses`")
    return "\n".join(line for line in out if line is not None) + "\n"


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", action="store_true", help="compare, write nothing")
    p.add_argument("--spec", default=str(ROOT / "spec"))
    p.add_argument("--table", default=str(ROOT / "proofs" / "closed.toml"))
    o = p.parse_args()
    spec, stale = pathlib.Path(o.spec), []
    try:
        machine, families = table(pathlib.Path(o.table))
        for name, family in families.items():
            path, text = spec / f"{family['file']}.mlw", write(name, family, machine, spec)
            if not path.exists() or path.read_text() != text:
                stale.append(path.name)
                if not o.check:
                    path.write_text(text)
    except whyml.Refused as why:
        sys.exit(f"closed: {why}")
    if o.check and stale:
        sys.exit(f"closed: not what proofs/closed.toml and the machine say: {', '.join(stale)} "
                 "(renew with proofs/closed.py, and read the change)")


if __name__ == "__main__":
    main()
