"""The search is taught once, by what lies in the files, and remembers until they change."""

import os
from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.infodesk import importing
from bot.infodesk.domain import Decision
from bot.infodesk.search import Search
from bot.infodesk.search.model import Model
from tests.support import infodesk_makers as making

HEARD = """topics:
  asylum/apply:
    - "i fled and want protection here"
    - "where do i hand in my claim"
  health/mental:
    - "i cannot sleep and cry all day"
elsewhere:
  - "who won the football match"
  - "recipe for pancakes with football"
greetings:
  - "yo what is up"
dangers:
  health/mental:
    - "i will jump from the bridge"
    - "i jump now from the bridge goodbye"
calm:
  - "my son loves to jump on the trampoline"
"""
CONCEPTS = """protection: protection, shelter from war, asyl*
night: night*, sleep*
"""


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    making.write_language(
        tmp_path,
        "en",
        {
            "asylum/apply": making.ANSWER,
            "health/mental": making.ANSWER.replace("asylum", "help for a sad mind"),
        },
    )
    taught = tmp_path / "en" / "search"
    taught.mkdir()
    (taught / "heard.yaml").write_text(HEARD, encoding="utf-8")
    (taught / "concepts.yaml").write_text(CONCEPTS, encoding="utf-8")
    return tmp_path


def a_search(locales: Path) -> Search:
    library = importing.read(locales)
    return Search(library, importing.model_of(locales, library))


def a_model(locales: Path) -> Model:
    return importing.model_of(locales, importing.read(locales))


def test_what_people_were_heard_to_say_is_found(locales: Path) -> None:
    assert a_search(locales).find("to whom do i hand my claim").slugs[:1] == ("asylum/apply",)


def test_another_word_for_the_same_concept_is_found(locales: Path) -> None:
    """Neither word of "asylante" stands in a sentence that teaches; its concept does."""
    assert a_search(locales).find("asylante").slugs[:1] == ("asylum/apply",)


def test_what_no_topic_answers_is_left_to_a_colleague(locales: Path) -> None:
    assert a_search(locales).find("pancakes and football").decision is Decision.NONE


def test_danger_in_other_words_than_the_lists_is_heard(locales: Path) -> None:
    found = a_search(locales).find("goodbye i jump from the bridge")

    assert found.decision is Decision.EMERGENCY
    assert found.slugs[:1] == ("health/mental",)


def test_what_only_sounds_like_danger_is_none(locales: Path) -> None:
    found = a_search(locales).find("my son loves the trampoline")

    assert found.decision is not Decision.EMERGENCY


def test_model_is_kept_and_read_again(locales: Path) -> None:
    taught = a_model(locales)
    kept = (locales / importing.INDEX).stat().st_mtime_ns

    again = a_model(locales)

    assert again == taught
    assert (locales / importing.INDEX).stat().st_mtime_ns == kept


@pytest.mark.parametrize("changed", ["en/search/heard.yaml", "en/answers/asylum/apply.md"])
def test_changed_file_is_learnt_at_the_next_start(locales: Path, changed: str) -> None:
    before = a_model(locales)
    path = locales / changed
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("where do i", "zebra where do i"), encoding="utf-8")

    assert a_model(locales) != before


@pytest.mark.parametrize("broken", [b"", b"\x00nonsense", b"\x98\x01\x02"])
def test_broken_index_is_made_anew(locales: Path, broken: bytes) -> None:
    taught = a_model(locales)
    (locales / importing.INDEX).write_bytes(broken)

    assert a_model(locales) == taught


def test_folder_that_cannot_be_written_is_no_hindrance(
    locales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(Path, "write_bytes", refused)

    assert a_search(locales).find("where do i ask").slugs[:1] == ("asylum/apply",)
    assert not list(locales.glob(f"search.{os.getpid()}"))


def test_broken_lesson_is_named_with_its_line(locales: Path) -> None:
    (locales / "en" / "search" / "heard.yaml").write_text("topics:\n  - [\n", encoding="utf-8")

    with pytest.raises(Misconfigured, match=r"heard\.yaml:\d"):
        a_model(locales)


def test_lesson_of_an_unknown_topic_is_named(locales: Path) -> None:
    path = locales / "en" / "search" / "heard.yaml"
    path.write_text('topics:\n  asylum/aply:\n    - "where"\n', encoding="utf-8")

    with pytest.raises(Misconfigured, match="asylum/aply"):
        a_model(locales)
