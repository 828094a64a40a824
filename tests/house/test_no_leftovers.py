"""Nothing is left lying about: no notes to self, no stubs, no paths of somebody's machine."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.settings import ROOT

WRITTEN = ("bot", "tests", "migrations", "locales", "docs", "benchmarks", ".ci")
KINDS = {".py", ".md", ".toml", ".yaml", ".yml", ".po", ".js", ".css", ".html", ".cfg", ".sh", ""}

NOTES = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")
PLACES = re.compile(r"(?<![\w.])/(?:ho" + r"me|ro" + r"ot|Us" + r"ers|wo" + r"rk)/\w")
STUBS = re.compile(r"raise NotImplementedError|^\s*\.\.\.\s*$", re.MULTILINE)
PRINTS = re.compile(r"^\s*print\(", re.MULTILINE)


@pytest.fixture(scope="module")
def texts() -> dict[Path, str]:
    """Every file that somebody wrote."""
    return {path: path.read_text("utf-8") for path in _files()}


def test_no_notes_to_self_are_left(texts: dict[Path, str]) -> None:
    assert _with(NOTES, texts) == []


def test_no_path_of_a_machine_is_written_down(texts: dict[Path, str]) -> None:
    assert _with(PLACES, texts) == []


def test_no_function_is_a_stub(texts: dict[Path, str]) -> None:
    assert _with(STUBS, _code(texts)) == []


def test_the_bot_speaks_by_logs_not_prints(texts: dict[Path, str]) -> None:
    assert _with(PRINTS, _code(texts)) == []


def _files() -> Iterator[Path]:
    for folder in WRITTEN:
        for path in sorted((ROOT / folder).rglob("*")):
            is_written = path.is_file() and "__pycache__" not in path.parts
            if is_written and path.suffix in KINDS:
                yield path
    yield from (path for path in sorted(ROOT.glob("*")) if path.is_file() and _is_ours(path))


def _is_ours(path: Path) -> bool:
    return path.suffix in KINDS and path.name not in (
        ".env",
        ".git",
        "organisation.toml",
        "LICENSE",
    )


def _code(texts: dict[Path, str]) -> dict[Path, str]:
    return {path: text for path, text in texts.items() if path.is_relative_to(ROOT / "bot")}


def _with(pattern: re.Pattern[str], texts: dict[Path, str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found[0].strip()}"
        for path, text in texts.items()
        if (found := pattern.search(text))
    ]
