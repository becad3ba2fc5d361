"""The files that WP would give to the provers, for every goal of core/ and of arch/x86/, with its name."""
import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess

import arch_wp
import provers
import wp
import wp_report
from stability.answers import BUILD, digest

STORE = provers.ROOT / "proofs" / "stability" / "store.sh"
ORDER = wp.ORDER.split(",")
LINE = re.compile(r"^\[wp\] \[([^\]]*)\] Goal typed_(?:wp_)?(\w+) : Valid(?:.*\((\d+)\)$)?")


class Refused(SystemExit):
    """Frama-C did something else than was expected."""


class Core:
    """How the verdict runs Frama-C on the files of core/, or some of them."""
    folder = provers.ROOT / "core"

    def __init__(self, files, config):
        self.config = config
        self.options = argparse.Namespace(
            files=[str(f) for f in files], function=None, property=None, provers=wp.ORDER,
            no_cache=True, smoke=False, config=config, source=str(self.folder), include=[], jobs=wp.JOBS)
        self.batches = wp.batches(self.options)

    def command(self, report, files):
        return wp.command(self.options, proof_folder(self.config), report, files)

    def complaints(self, lines):
        return wp_report.complaints(lines)


class Arch:
    """The same of arch/x86/: the files that arch_wp.py proves."""
    folder = arch_wp.ARCH

    def __init__(self, files, config):
        self.config, wanted = config, arch_wp.expected(arch_wp.EXPECTED.read_text())
        proved = [f"arch/x86/{name}" for name, (_, reason) in sorted(wanted.items()) if not reason]
        for file in files:
            reason = wanted.get(pathlib.Path(file).name, (0, "it is not in the list"))[1]
            if reason:
                raise Refused(f"stability: {file} is not proved ({arch_wp.EXPECTED.name}): {reason}")
        self.batches = [[str(f) for f in files]] if files else arch_wp.batches(proved, wanted)

    def command(self, report, files):
        return arch_wp.command(files, self.config, proof_folder(self.config), report)

    def complaints(self, lines):
        return arch_wp.complaints(lines, set(wp_report.places(self.folder)))


PARTS = {"core": Core, "arch/x86": Arch}


def proof_folder(config):
    return (provers.ROOT / "build" / config / "proof").resolve()


def state(part):
    """A name for all that WP reads."""
    proof, folders = proof_folder(part.config), {Core.folder, part.folder}
    read = sorted(proof.glob("*.mlw")) + sorted(proof.glob("*.h"))
    read += sorted(f for folder in folders for f in folder.iterdir()) + sorted(provers.DRIVERS.iterdir())
    read += [proof / "wp.driver", provers.ROOT / "config" / part.config / "config.h",
             pathlib.Path(wp.__file__), pathlib.Path(arch_wp.__file__), STORE]
    return digest(part.config, *(f"{p}\n{p.read_text()}" for p in read))


def store(folder):
    """provers.command's stand-in."""
    return lambda name, limit: [str(STORE), str(folder), name, ORDER[-1]]


def run(part, folder, files):
    """Let WP write the goals of some files into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    conf = provers.why3_conf(folder / "why3.conf", wp.LIMIT, store(folder))
    report = folder / "report.json"
    done = subprocess.run(
        part.command(report, files), text=True,
        capture_output=True, cwd=provers.ROOT, env=provers.environment(conf))
    lines = (done.stdout + done.stderr).splitlines(True)
    (folder / "log").write_text("".join(lines))
    said = part.complaints(lines)
    if done.returncode or said or not report.exists():
        raise Refused(f"Frama-C ended with status {done.returncode}: {folder}/log"
                      + "".join(f"\n  {line}" for line in said[:5]))
    (folder / "done").touch()


def numbers(lines, total, folder):
    """Which goal has which number, and how many need no solver, for Qed proves them, or Why3
    before it asks one (WP gives these to the first prover of the order, which said no
    to all that it was asked). Every goal of WP's report must be among them."""
    goals, plain = [], []
    for line in lines:
        found = LINE.match(line.rstrip())
        if found and found[1].startswith(ORDER[-1]):
            goals.append((found[2], int(found[3] or 0)))
        elif found and found[1].split()[0] in ("Qed", ORDER[0]):
            plain.append(found[2])
    if len(goals) + len(plain) != total:
        raise Refused(f"{folder}/log names {len(goals) + len(plain)} goals, the report {total}")
    for name, number in goals:
        for step, prover in enumerate(reversed(ORDER)):
            if not (folder / f"{number - step}.{prover}").exists():
                raise Refused(f"{folder}: no file of {name} for {prover}")
    return goals, plain


def written(part, folder, files):
    if not (folder / "done").exists():
        run(part, folder, files)
    lines = (folder / "log").read_text().splitlines(True)
    return numbers(lines, len(wp_report.goals(folder / "report.json")), folder)


def collect(kind, files, config):
    """({goal: {prover: file}}, how many goals need none): of all files of a part, or of some."""
    wp.bridge(argparse.Namespace(config=config), None)
    part = PARTS[kind](files, config)
    folder = BUILD / part.folder.name / state(part)
    with concurrent.futures.ThreadPoolExecutor(len(part.batches)) as pool:
        found = list(pool.map(lambda b: written(part, folder / digest(*b), b), part.batches))
    out, plain, lemmas = {}, 0, set()
    for batch, (goals, qed) in zip(part.batches, found):
        plain += sum(name not in lemmas for name in qed)
        lemmas |= {name for name in qed if name.startswith("lemma_")}
        for name, number in goals:
            paths = {p: folder / digest(*batch) / f"{number - step}.{p}"
                     for step, p in enumerate(reversed(ORDER))}
            add(out, name, {p: paths[p] for p in ORDER})
    return out, plain


def add(out, name, paths):
    """Every run proves the lemmas of the headers; they count once."""
    copy, key = 0, name
    while key in out:
        if out[key][ORDER[0]].read_text() == paths[ORDER[0]].read_text():
            return
        copy += 1
        key = f"{name}#{copy}"
    out[key] = paths


def prove(paths, runner):
    """As WP does: one prover after the other, each with the same limit."""
    spent = 0.0
    for prover in ORDER:
        proved, answer, seconds, steps = runner.run(prover, paths[prover], wp.LIMIT)
        spent += seconds
        if proved:
            return dict(proved=True, prover=prover, time=round(spent, 2), steps=steps)
    return dict(proved=False, prover="", time=round(spent, 2), steps=0)
