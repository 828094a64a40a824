"""Messages are found in the code, and only messages."""

from pathlib import Path

import pytest

from bot.language import extraction
from bot.language.extraction import Message

CODE = """
from bot import errors
from bot.language import catalog

FULL = errors.N_("It is full.")
MENU = [catalog.N_label("Menu")]

def greeting(_, name):
    yield _("Hello {name}", name=name)
    yield _.label("Back")
    yield _.plain("A toast")
    yield _.plural("{n} day", "{n} days", 3)
    yield _.label_plural("Take {n}", "Take all {n}", 3)
    yield _.ctx("seat", "Place")
    yield _("Yes" if name else "No")
    yield _("A long "
            "sentence")
    yield _(FULL)
    yield _("Back")

def query(column, lines):
    for _ in lines:
        column.label("places")
        column.plural("a", "b")
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "chat.py").write_text(CODE, encoding="utf-8")
    return folder


def test_every_message_is_found_once(package: Path) -> None:
    found = {(message.context, message.msgid) for message in extraction.template(package)}

    assert found == {
        *((None, "It is full."), (None, "Menu"), (None, "Hello {name}"), (None, "Back")),
        *((None, "A toast"), (None, "{n} day"), (None, "Take {n}"), ("seat", "Place")),
        *((None, "Yes"), (None, "No"), (None, "A long sentence")),
    }


def test_message_knows_its_kind_and_place(package: Path) -> None:
    found = {message.msgid: message for message in extraction.template(package)}

    assert found["Back"] == Message(
        "Back", is_label=True, where=("shop/chat.py:10", "shop/chat.py:19")
    )
    assert found["{n} day"] == Message("{n} day", "{n} days", where=("shop/chat.py:12",))
    assert found["Take {n}"].is_label
    assert found["Menu"].is_label
    assert not found["A toast"].is_label
