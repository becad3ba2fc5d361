"""Judge a run of WP: its JSON report, its messages and its exit status."""
import collections
import json
import pathlib
import re

# Messages of Frama-C that say nothing about the proof.
HARMLESS = re.compile(r"unused variable|^File \"|\[kernel\] Parsing|annotating function|"
                      r"does not contain any local abstract symbol")


def goals(report):
    """[(function or '', goal, proved, prover)] of a JSON report of Frama-C 25."""
    text, out = report.read_text().strip(), []
    data = (json.loads(text) if text else None) or {}   # `null` when there is no goal
    groups = [("", g) for g in data.get("wp:axiomatics", {}).values()]
    groups += list(data.get("wp:functions", {}).items())
    for function, group in groups:
        for name, verdicts in group.items():
            if name == "wp:section":
                continue
            main = verdicts["wp:main"]
            proved = main.get("valid", 0) == main["total"]
            provers = [p.split(":")[0] for p, v in verdicts.items()
                       if p != "wp:main" and v.get("valid", 0)]
            out += [(function, name, proved, provers[0] if provers else "")] * main["total"]
    return out


def complaints(lines):
    """Warnings and errors of Frama-C, each with the lines that belong to it."""
    out, inside = [], False
    for line in lines:
        if re.match(r"\[[\w:-]+\]", line):
            inside = bool(re.search(r"[Ww]arning|[Ee]rror|abort|not found", line)) \
                and "[Failed]" not in line
        if inside and not HARMLESS.search(line):
            out.append(line.rstrip())
    return out


def places(folder):
    """{function: file} for the functions that the C files define."""
    out = {}
    for path in sorted(pathlib.Path(folder).glob("*.c")):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.S)
        for name in re.findall(r"^(?:[A-Za-z_][\w \t*]*?[ \t*])(\w+)\([^;{)]*\)\s*\{", text, re.M):
            out[name] = path.name
    return out


def reasons(lines):
    """{goal: what the provers said} from the log."""
    out, current = collections.defaultdict(list), None
    for line in lines:
        found = re.match(r"\[wp\] \[[^\]]*\] Goal typed_(?:wp_)?(\w+)", line)
        if found:
            current = found[1] if "Valid" not in line else None
        elif current and line.startswith("  "):
            out[current].append(line.strip())
        else:
            current = None
    return out


def summary(found, folder):
    """{file: {'goals', 'proved', 'provers'}}; lemmas under `(lemmas)`."""
    where, rows = places(folder), collections.OrderedDict()
    for function, _, proved, prover in found:
        key = where.get(function, "(lemmas)" if not function else "(headers)")
        row = rows.setdefault(key, {"goals": 0, "proved": 0, "provers": collections.Counter()})
        row["goals"] += 1
        row["proved"] += proved
        row["provers"][prover] += bool(prover)
    return dict(sorted(rows.items()))


def table(rows):
    for file, row in rows.items():
        used = ", ".join(f"{p} {n}" for p, n in row["provers"].most_common() if n)
        print(f"  {file:24} {row['proved']:5} of {row['goals']:5} goals   {used}")


def refused(run, found, options):
    """Why this run cannot be a yes, apart from goals that are not proved."""
    said = complaints(run.lines)
    counts = [re.search(r"Proved goals:\s*(\d+) / (\d+)", line) for line in run.lines]
    counts = [c for c in counts if c]
    all_proved = all(g[2] for g in found)
    if not counts or (counts[-1][1] != counts[-1][2] and all_proved and not options.smoke):
        said.append("Frama-C's own count says that something is not proved")
    if run.process.returncode:
        said.append(f"Frama-C ended with status {run.process.returncode}")
    return said


def judge(runs, options):
    """Print what is not proved; (goals, messages that forbid a yes)."""
    found, said, why = [], [], {}
    for run in runs:
        if not run.report.exists():
            print("".join(run.lines[-30:]), end="")
            print("Frama-C stopped without a report")
            said.append("Frama-C stopped without a report")
            continue
        mine = goals(run.report)
        said += refused(run, mine, options)
        why.update(reasons(run.lines))
        # every run proves the lemmas of the headers; they count once, if all proved them
        known = {g[1]: g for g in found if not g[0]}
        for goal in mine:
            if goal[0] or goal[1] not in known:
                found.append(goal)
            elif not goal[2]:
                found[found.index(known[goal[1]])] = goal
    if options.smoke:   # the other goals had too little time here, and their own run
        found = [g for g in found if "wp_smoke" in g[1]]
    for line in said:
        print(line)
    left = [g for g in found if not g[2]]
    for function, goal, _, _ in left:
        said_of = [w for g, ws in why.items() for w in ws
                   if g == goal or g.startswith(function + "_call")
                   and g.endswith(re.sub(r"_\d+$", "", goal))]
        print(f"UNPROVED {function or 'lemma'}: {goal}  ({'; '.join(said_of[:4])})")
    if options.whole or options.verbose:
        table(summary(found, options.source))
    return found, said
