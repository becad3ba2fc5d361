"""That a canary is not proved says something only if the promise itself would be, with the
same attempts and limits."""
import pathlib
import sys
import unittest

PROOFS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROOFS))
import provers  # noqa: E402
import search  # noqa: E402
from gates.common import lines  # noqa: E402


class Canaries(unittest.TestCase):
    def test_promises_are_proved_with_the_canaries_limits(self):
        top = provers.ROOT / "spec" / "top.mlw"
        # The clock behind a limit of half a unit is short when other work takes the processors.
        printer, runner = search.Printer([str(top.parent)]), search.Runner(cache=False, guard=100)
        goals = printer.goals(top, provers.PLAIN)
        left = [goal.name for goal in goals if not search.prove(
            goal, printer, runner, 0, "", top, ladder=provers.CANARY)["proved"]]
        promises = set(lines(PROOFS / "expected" / "promises.txt"))
        self.assertTrue(promises and promises <= {goal.name for goal in goals})
        self.assertEqual(left, [])


if __name__ == "__main__":
    unittest.main()
