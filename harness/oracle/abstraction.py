#!/usr/bin/env python3
"""From proofs/abs.toml, the table that the bridge is made from: how the oracle reads the
C tables. Writes abstraction.ml (bytes to the machine's state, and the first field in
which two states differ) and layout.inc (where the C compiler put what).

  abstraction.py FOLDER [--abs FILE]
"""
import argparse
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "proofs"))
import whyml  # noqa: E402

HEAD = "(* Generated from proofs/abs.toml by harness/oracle/abstraction.py. *)\nopen Machine\n"


class Writer:
    def __init__(self, table, types):
        self.table, self.types = table, types
        self.ml, self.places = [HEAD], []

    def place(self, name, offset, size):
        self.places.append(f'{{ "{name}", {offset}, {size} }},')
        return f'(Host.place "{name}")'

    def record(self, entry):
        spec, c, renamed = entry["spec"], entry["c"], entry.get("fields", {})
        reads, compares, places = [], [], []
        for field, of in self.types[spec].fields:
            member = renamed.get(field, field)
            where = self.place(f"{spec}.{field}", f"offsetof({c}, {member})",
                               f"sizeof ((({c} *)0)->{member})")
            places.append(f"let p_{spec}_{field} = {where}")
            reads.append(f"r_{field} = a_{of} b o p_{spec}_{field}")
            compares.append(f'Host.field ".{field}" d_{of} x.r_{field} y.r_{field}')
        self.ml += places + [f"let a_{spec} b o (k, _) = let o = o + k in {{ {'; '.join(reads)} }}",
                             f"let d_{spec} x y = {'; '.join(compares)}"]

    def array(self, entry):
        spec, c = entry["spec"], entry["c"]
        of = self.types[spec].fields[1][1]
        where = self.place(spec, f"offsetof({c}, {entry['member']})",
                           f"sizeof ((({c} *)0)->{entry['member']}[0])")
        count = self.place(f"{spec} count", "0", entry["size"])
        self.ml += [f"let p_{spec} = {where}\nlet n_{spec} = snd {count}",
                    f"let a_{spec} b o (k, _) = let o = o + k + fst p_{spec} and size = snd p_{spec} in",
                    f"  Host.row {'(fun _ -> f_null_cap)' if entry.get('outside') == 'null_cap' else 'Host.outside'}"
                    f" n_{spec} (fun i -> a_{of} b (o + i * size) (0, size))",
                    f"let d_{spec} x y = Host.each n_{spec} d_{of} x y"]

    def whole(self, entry):
        spec, c = entry["spec"], entry["c"]
        of = self.types[spec].fields[1][1]
        size = self.place(f"{spec} row", "0", f"sizeof {c}[0]")
        count = self.place(f"{spec} count", "0", entry["size"])
        self.ml += [f"let s_{spec} = snd {size}\nlet n_{spec} = snd {count}",
                    f"let a_{spec} b = Host.table n_{spec} (fun i -> a_{of} b (i * s_{spec}) (0, s_{spec}))"]

    def state(self, entry):
        tables = {t["c"]: t["spec"] for t in self.table["table"]}
        reads, compares = [], []
        for number, (field, of) in enumerate(self.types["state"].fields):
            c = entry["fields"][field]
            self.places.append(f'{{ "{field}", (long)(size_t)&{c}, sizeof {c} }},')
            self.ml.append(f'let t_{field} = Host.twice "{field}"')
            if c in tables:
                reads.append(f"r_{field} = a_{tables[c]} (t_{field} now)")
                compares.append(f'Host.rows "{field}" n_{of} s_{of} d_{self.types[of].fields[1][1]}'
                                f" (t_{field} 0) (t_{field} 1) old.r_{field} x.r_{field} y.r_{field}")
            else:
                reads.append(f'r_{field} = a_int (t_{field} now) 0 (0, Host.size_of "{field}")')
                compares.append(f'Host.field "{field}" d_int x.r_{field} y.r_{field}')
        names = "; ".join(f't_{f} now' for f, _ in self.types["state"].fields)
        fields = "; ".join(f'"{f}"' for f, _ in self.types["state"].fields)
        self.ml += [f"let tables = [{fields}]",
                    "(* the C tables as they are: 0 before, 1 after an entry *)",
                    f"let abs now = List.iter2 Host.copy tables [{names}];",
                    f"  {{ {'; '.join(reads)} }}",
                    "let compare old x y =\n  " + ";\n  ".join(compares)]

    def all(self):
        self.ml.append("let a_int b o (k, size) = Host.word b (o + k) size\nlet d_int = Host.differ")
        used = [e for kind in ("record", "array") for e in self.table[kind]]
        done = {"int"}
        while used:
            for entry in used:
                kind = self.types.get(entry["spec"])
                parts = [] if kind is None else [of for _, of in kind.fields] \
                    if kind.kind == "record" else [kind.fields[1][1]]
                if kind is None or all(part in done for part in parts):
                    used.remove(entry)
                    if kind is not None:
                        (self.array if "member" in entry else self.record)(entry)
                        done.add(entry["spec"])
                    break
            else:
                sys.exit("abs.toml: a structure is made of what the table does not have")
        for entry in self.table["table"]:
            self.whole(entry)
        self.state(self.table["state"])
        self.places.append('{ "boot_image", (long)(size_t)&boot_image, sizeof boot_image },')
        self.ml += ['let image_bytes = Bytes.create (Host.size "boot_image")',
                    '(* the boot words as they are *)',
                    'let image () = Host.copy "boot_image" image_bytes; a_image image_bytes 0 (0, 0)']
        for spec in ("nproc", "nendp"):
            self.places.append(f'{{ "{spec}", 0, {self.table["constants"][spec]} }},')


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=pathlib.Path)
    p.add_argument("--abs", type=pathlib.Path, default=ROOT / "proofs" / "abs.toml")
    options = p.parse_args()
    types = {t.name: t for name in ("types.mlw", "image.mlw")
             for m in whyml.read(ROOT / "spec" / name) for t in m.types}
    writer = Writer(tomllib.loads(options.abs.read_text()), types)
    writer.all()
    (options.folder / "abstraction.ml").write_text("\n".join(writer.ml) + "\n")
    (options.folder / "layout.inc").write_text("\n".join(writer.places) + "\n")


if __name__ == "__main__":
    main()
