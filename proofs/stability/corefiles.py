"""The files that WP would give to the provers, for every goal of core/, with its name."""
import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess

import provers
import wp
import wp_report
from stability.answers import BUILD, digest

STORE = provers.ROOT / "proofs" / "stability" / "store.sh"
ORDER = wp.ORDER.split(",")
LINE = re.compile(r"^\[wp\] \[([^\]]*)\] Goal typed_(?:wp_)?(\w+) : Valid(?:.*\((\d+)\)$)?")


class Refused(SystemExit):
    """Frama-C did something else than was expected."""


def options(files, config):
    return argparse.Namespace(
        files=[str(f) for f in files], function=None, property=None, provers=wp.ORDER,
        no_cache=True, smoke=False,
        config=config, source=str(provers.ROOT / "core"), include=[], jobs=wp.JOBS)


def proof_folder(config):
    return (provers.ROOT / "build" / config / "proof").resolve()


def state(config):
    """A name for all that WP reads."""
    read = sorted(proof_folder(config).glob("*.mlw")) + sorted(proof_folder(config).glob("*.h"))
    read += sorted((provers.ROOT / "core").iterdir()) + sorted(provers.DRIVERS.iterdir())
    read += [proof_folder(config) / "wp.driver", provers.ROOT / "config" / config / "config.h",
             pathlib.Path(wp.__file__), STORE]
    return digest(config, *(f"{p}\n{p.read_text()}" for p in read))


def store(folder):
    """provers.command's stand-in."""
    return lambda name, limit: [str(STORE), str(folder), name, ORDER[-1]]


def run(settings, folder, files):
    """Let WP write the goals of some files into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    conf = provers.why3_conf(folder / "why3.conf", wp.LIMIT, store(folder))
    report = folder / "report.json"
    done = subprocess.run(
        wp.command(settings, proof_folder(settings.config), report, files), text=True,
        capture_output=True, cwd=provers.ROOT, env=provers.environment(conf))
    lines = (done.stdout + done.stderr).splitlines(True)
    (folder / "log").write_text("".join(lines))
    said = wp_report.complaints(lines)
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


def part(settings, folder, files):
    if not (folder / "done").exists():
        run(settings, folder, files)
    lines = (folder / "log").read_text().splitlines(True)
    return numbers(lines, len(wp_report.goals(folder / "report.json")), folder)


def collect(files, config):
    """({goal: {prover: file}}, how many goals need none): of all files of core/, or of some."""
    settings = options(files, config)
    wp.bridge(settings, None)
    folder = BUILD / "core" / state(config)
    batches = wp.batches(settings)
    with concurrent.futures.ThreadPoolExecutor(len(batches)) as pool:
        found = list(pool.map(lambda b: part(settings, folder / digest(*b), b), batches))
    out, plain, lemmas = {}, 0, set()
    for batch, (goals, qed) in zip(batches, found):
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
