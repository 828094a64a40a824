"""`python -m benchmarks [--quick] [--only full,echo,…] [--json out.json]`.

Exit code 1 when a run was void or a ratio fell below its floor.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import goals, report, runs, suites
from benchmarks.pairs import Pairs


def main() -> int:
    """Measure what was asked for and print the table."""
    given = _arguments()
    size = suites.QUICK if given.quick else suites.FULL
    found: dict[str, Pairs] = {}
    void: dict[str, str] = {}
    print(json.dumps(report.machine()))
    with TemporaryDirectory() as place:
        template = runs.make_template(Path(place))
        for name in given.only:
            print(f"{name} …", file=sys.stderr, flush=True)
            try:
                found |= suites.SUITES[name](size, template)
            except runs.Void as reason:
                void[name] = str(reason)
    return _judged(given.json, found, void)


def _judged(path: Path | None, found: dict[str, Pairs], void: dict[str, str]) -> int:
    known = goals.read()
    print(report.table(found, known))
    for name, reason in void.items():
        print(f"{name}: VOID, {reason}")
    if path is not None:
        report.write(path, found, void)
    return int(bool(void) or any(not known[one].is_passed(found[one].ratio) for one in found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs")
    parser.add_argument("--only", type=_names, default=list(suites.SUITES), metavar="a,b")
    parser.add_argument("--json", type=Path, help="write every figure to this file")
    return parser.parse_args()


def _names(given: str) -> list[str]:
    names = given.split(",")
    if unknown := set(names) - set(suites.SUITES):
        raise argparse.ArgumentTypeError(
            f"no suite {', '.join(unknown)}: there are {', '.join(suites.SUITES)}"
        )
    return names


if __name__ == "__main__":
    sys.exit(main())
