"""The house numbers: small functions, small modules, few parameters, names of the trade."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.app.settings import ROOT
from tests.house.conftest import parsed

Function = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST_FUNCTION = 50
USUAL_FUNCTION = 25  # nine of ten are at most this long
LONGEST_MODULE = 400
POSITIONAL = 5

EMPTY_VERBS = ("handle_", "process_", "manage_", "do_")
EMPTY_NOUNS = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}

# Why a function may be as it is. Nothing enters without a reason.
OF_LIBRARIES = {
    "bot/transport/requests.py:do_request": "python-telegram-bot calls it so",
    "bot/storage/columns.py:process_bind_param": "SQLAlchemy calls it so",
    "bot/storage/columns.py:process_result_value": "SQLAlchemy calls it so",
}


def test_functions_fit_on_a_screen(trees: dict[Path, ast.Module]) -> None:
    lengths = {name: _length(function) for name, function in _functions(trees)}

    assert [name for name, length in lengths.items() if length > LONGEST_FUNCTION] == []
    small = [length for length in lengths.values() if length <= USUAL_FUNCTION]
    assert len(small) >= 0.9 * len(lengths)


def test_functions_take_few_things_by_position(trees: dict[Path, ast.Module]) -> None:
    crowded = [
        name
        for name, one in _functions(trees)
        if len(_positional(one)) > POSITIONAL and name not in OF_LIBRARIES
    ]

    assert crowded == []


def test_functions_are_named_by_verbs_of_the_trade(trees: dict[Path, ast.Module]) -> None:
    empty = [
        name
        for name, one in _functions(trees)
        if one.name.lstrip("_").startswith(EMPTY_VERBS) and name not in OF_LIBRARIES
    ]

    assert empty == []


def test_modules_fit_in_the_head(trees: dict[Path, ast.Module]) -> None:
    lengths = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in trees}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_modules_are_named_by_nouns_of_the_trade() -> None:
    folders = ("bot", "tests", "migrations", "benchmarks")
    paths = [path for folder in folders for path, _ in parsed(ROOT / folder)]

    assert [path for path in paths if path.stem in EMPTY_NOUNS] == []


def test_each_module_says_what_lives_there(trees: dict[Path, ast.Module]) -> None:
    silent = [str(path) for path, tree in trees.items() if not ast.get_docstring(tree)]

    assert silent == []


def test_people_are_not_called_users(trees: dict[Path, ast.Module]) -> None:
    named = [
        name
        for name, one in _functions(trees)
        if "user" in one.name.split("_")
        and not name.startswith(("bot/simulator/", "bot/transport/"))
    ]

    assert named == []


def _functions(trees: dict[Path, ast.Module]) -> Iterator[tuple[str, Function]]:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{path.as_posix()}:{node.name}", node


def _length(function: Function) -> int:
    """Lines without the docstring, from `def` to the last."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def _positional(function: Function) -> list[ast.arg]:
    given = [*function.args.posonlyargs, *function.args.args]
    return [one for one in given if one.arg not in ("self", "cls")]
