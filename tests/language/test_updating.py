"""Catalogues follow the code and lose nothing."""

from pathlib import Path

from babel.messages.pofile import read_po

from bot.language import catalog, checking, updating
from bot.language.extraction import Message
from tests.language import making

HELLO = Message("Hello {name}", where=("bot/a.py:3",))
DAYS = Message("{n} day", "{n} days", where=("bot/a.py:9",))
BACK = Message("Back", is_label=True, where=("bot/b.py:2",))
SEAT = Message("Place", context="seat", where=("bot/b.py:7",))


def test_update_keeps_translations_and_leaves_new_ones_empty(tmp_path: Path) -> None:
    path = making.a_language(tmp_path, "uk", making.an_entry("Back", "Назад"))

    updating.update(tmp_path, [HELLO, DAYS, BACK, SEAT], drop_unused=False)

    with path.open("rb") as file:
        said = {entry.id: entry.string for entry in read_po(file) if entry.id}
    assert said == {
        "Back": "Назад",
        "Hello {name}": "",
        "Place": "",
        ("{n} day", "{n} days"): ("", "", ""),
    }


def test_second_update_changes_nothing(tmp_path: Path) -> None:
    path = making.a_language(tmp_path, "uk", making.an_entry("Place", "Місце", context="seat"))
    updating.update(tmp_path, [HELLO, DAYS, BACK, SEAT], drop_unused=False)
    once = path.read_text(encoding="utf-8")

    updating.update(tmp_path, [HELLO, DAYS, BACK, SEAT], drop_unused=False)

    assert path.read_text(encoding="utf-8") == once
    assert "Місце" in once
    assert not any(noise in once for noise in ("POT-Creation-Date", "fuzzy", "a.py:3"))


def test_english_messages_are_their_own_translation(tmp_path: Path) -> None:
    making.a_language(tmp_path, "en")

    updating.update(tmp_path, [HELLO, DAYS, BACK], drop_unused=False)

    assert checking.problems(tmp_path, [HELLO, DAYS, BACK]) == []
    assert catalog.Catalogs.load(tmp_path).words("en").plural("{n} day", "{n} days", 2) == "2 days"


def test_message_that_comes_back_finds_its_translation(tmp_path: Path) -> None:
    entries = making.an_entry("Back", "Terug", comment="# short, please")
    entries += making.an_entry("Place", "Plek", context="seat")
    entries += making.an_entry("{n} day", "{n} dag", "{n} dagen", plural="{n} days")
    path = making.a_language(tmp_path, "nl", entries)
    before = [BACK, SEAT, DAYS]
    updating.update(tmp_path, [HELLO], drop_unused=False)
    assert "#~" in path.read_text(encoding="utf-8")

    updating.update(tmp_path, before, drop_unused=True)

    assert checking.problems(tmp_path, before) == []
    assert "# short, please" in path.read_text(encoding="utf-8")


def test_unused_messages_are_dropped_when_asked(tmp_path: Path) -> None:
    path = making.a_language(tmp_path, "nl", making.an_entry("Back", "Terug"))

    updating.update(tmp_path, [HELLO], drop_unused=True)

    assert "Terug" not in path.read_text(encoding="utf-8")


def test_made_up_language_gets_its_catalogue(tmp_path: Path) -> None:
    making.a_made_up_language(tmp_path).unlink()

    updating.update(tmp_path, [HELLO, DAYS], drop_unused=False)

    assert len(checking.problems(tmp_path, [HELLO, DAYS])) == 2
