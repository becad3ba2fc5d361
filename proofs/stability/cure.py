"""What would make an unstable goal stable: each attempt alone, under each variation."""
import provers
import wp

LIMIT = 10.0   # what the verdict gives to an attempt that a hint names


def theorem_attempts(printer, goal, path):
    """{prover: how to get the file it is given, limit}. A goal is asked for as a whole."""
    def file(prover):
        return lambda: printer.goals(path, prover, False, goal)[goal][0]

    return {prover: (file(prover), LIMIT) for prover, _ in provers.LADDER}


def c_attempts(paths):
    def file(prover):
        return lambda: paths[prover]

    return {prover: (file(prover), wp.LIMIT) for prover in paths}


def look(trial, runners, names):
    """[(how often proved, most seconds, prover)], the best first."""
    out = []
    for prover, (file, limit) in trial.attempts.items():
        said = [runners[name, trial.part].run(prover, file(), limit) for name in names]
        out.append((sum(s[0] for s in said), round(max(s[2] for s in said), 1), prover))
    return sorted(out, key=lambda row: (-row[0], row[1]))


def lines(trial, runners, names):
    rows = look(trial, runners, names)
    best = ", ".join(f"{prover} {count}" for count, _, prover in rows if count) or "none"
    return f"  {trial.goal}: proved alone, of {len(names)} variations, by {best}"
