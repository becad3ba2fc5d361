"""What the gates share: the tree they look at, the ledger, results of the provers."""
import json
import pathlib
import re
import sys
import tomllib

PROOFS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROOFS))

import csource  # noqa: E402
import whyml    # noqa: E402


class Tree:
    """The files of the project, or of a copy that a test has spoilt."""

    def __init__(self, root, config="default"):
        self.root, self.config = pathlib.Path(root), config
        self.build = self.root / "build"

    def path(self, name):
        return self.root / name

    def read(self, name):
        return (self.root / name).read_text()

    def ledger(self):
        with open(self.root / "proofs" / "ledger.toml", "rb") as f:
            return tomllib.load(f)

    def result(self, name):
        """A result file of build/, or None."""
        try:
            return json.loads((self.build / name).read_text())
        except (OSError, ValueError):
            return None

    def core(self):
        return csource.read(self.root, ("core",))

    def arch(self):
        return csource.read(self.root, ("arch/x86",))

    def spec(self):
        """Every WhyML file that is proved, generated ones too."""
        return sorted((self.root / "spec").rglob("*.mlw")) + \
            sorted((self.root / "proofs" / "bridge").glob("*.mlw"))

    def name(self, path):
        return str(pathlib.Path(path).relative_to(self.root))


def lines(path):
    """The entries of a list file: one a line, `#` starts a comment."""
    text = pathlib.Path(path).read_text() if pathlib.Path(path).exists() else ""
    out = [line.split("#")[0].strip() for line in text.splitlines()]
    return [line for line in out if line]


def plain(path):
    """A WhyML file without comments, lines kept."""
    return whyml.strip_comments(pathlib.Path(path).read_text(), pathlib.Path(path).name)


def where(text, at):
    return text.count("\n", 0, at) + 1


def words(text, pattern):
    """(line, match) for each match of a pattern."""
    return [(where(text, f.start()), f) for f in re.finditer(pattern, text, re.M)]
