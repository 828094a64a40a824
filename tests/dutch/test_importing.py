"""The files of the phrases: what is shipped is whole, and mistakes are named with their line."""

import shutil
from pathlib import Path

import pytest

from bot.app.settings import LOCALES, ROOT
from bot.dutch import importing
from bot.errors import Misconfigured

KNOWLEDGE = ROOT / "knowledge"


@pytest.fixture
def copied(tmp_path: Path) -> tuple[Path, Path]:
    """The shipped files, to be spoiled: knowledge/ and locales/."""
    knowledge, locales = tmp_path / "knowledge", tmp_path / "locales"
    knowledge.mkdir()
    shutil.copy(KNOWLEDGE / importing.FILE, knowledge)
    for folder in (one for one in LOCALES.iterdir() if one.is_dir()):
        (locales / folder.name / "answers").mkdir(parents=True)
        shutil.copy(folder / "language.toml", locales / folder.name)
        path = Path(folder.name) / "answers" / importing.FILE
        shutil.copy(LOCALES / path, locales / path)
    return knowledge, locales


def _spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_shipped_phrases_are_whole_in_every_language() -> None:
    assert importing.problems(KNOWLEDGE, LOCALES) == []
    course = importing.read(KNOWLEDGE, LOCALES)
    assert set(course.meanings) == {"nl", "en", "uk", "fa_AF", "ps"}
    assert {len(told) for told in course.meanings.values()} == {len(course)} == {60}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('word: "kost"', 'word: "kosten"', "has to stand once"),
        ('others: ["koopt", "eet"]', 'others: ["Kost", "eet"]', "are the same"),
        ("key: shop-price", "key: help-me", "stands here twice"),
        ("key: shop-price", 'key: "Shop price"', "at most 24 of"),
        ("Hoeveel kost dit?", "Hoeveel kost dit" + " en dat" * 10, "longer than 60"),
        ("theme: shop", "theme: market", "market"),
    ],
)
def test_mistake_in_the_dutch_file_stops_the_bot(
    copied: tuple[Path, Path], old: str, new: str, said: str
) -> None:
    _spoil(copied[0] / importing.FILE, old, new)

    with pytest.raises(Misconfigured, match=said):
        importing.read(*copied)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('shop-price: "How much does this cost?"\n', "", "shop-price: the meaning is missing"),
        ("shop-price: ", "shop-prize: ", "shop-prize: there is no such phrase"),
        ("How much does this cost?", "How much" + " and how" * 11, "longer than 90"),
        ("How much does this cost?", "Can you help me?", "two phrases mean the same"),
        ("How much does this cost?", "Hoeveel kost dit?", "only repeats the phrase"),
    ],
)
def test_mistake_in_a_language_is_named_and_stops_nobody(
    copied: tuple[Path, Path], old: str, new: str, said: str
) -> None:
    _spoil(copied[1] / "en" / "answers" / importing.FILE, old, new)

    assert any(said in str(problem) for problem in importing.problems(*copied))
    assert len(importing.read(*copied)) == 60


def test_problem_names_the_line_of_its_phrase(copied: tuple[Path, Path]) -> None:
    path = copied[1] / "en" / "answers" / importing.FILE
    _spoil(path, "How much does this cost?", "Hoeveel kost dit?")

    (problem,) = importing.problems(*copied)

    assert path.read_text("utf-8").splitlines()[problem.line - 1].startswith("shop-price:")


def test_recording_in_the_folder_is_found_by_its_name(copied: tuple[Path, Path]) -> None:
    folder = copied[0] / importing.RECORDINGS
    folder.mkdir()
    (folder / "shop-price.ogg").write_bytes(b"OggS")
    (folder / "shop-prize.ogg").write_bytes(b"OggS")

    assert importing.read(*copied).recordings["shop-price"] == str(folder / "shop-price.ogg")
    (problem,) = importing.problems(*copied)
    assert "no phrase for the recording shop-prize.ogg" in problem.message
