"""Every text of people, in every language: it renders, fits, and reads in the right direction."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.messages import TEXT_LIMIT, Button, Buttons
from bot.language import bidi
from bot.language.catalog import Catalogs, Words
from bot.people import wording
from bot.people.desk import PeopleDesk
from bot.people.domain import Role
from tests.support.people_makers import a_desk

CODES = sorted(path.parent.name for path in Path("locales").glob("*/language.toml"))
THINGS: list[wording.Thing] = [
    ("#12 · <b>Housing</b>", Button("Show", action="case:12")),
    ("#13", None),
]
_TAG = re.compile(r"</?b>")


@pytest.fixture(params=CODES)
def voice(request: pytest.FixtureRequest, catalogs: Catalogs) -> Words:
    """One language's voice."""
    return catalogs.words(request.param)


def _texts(_: Words) -> Iterator[str]:
    sentence = "Read by the team of R&D <Example>."
    facts = {"organisation": "A & B", "privacy_sentence": sentence, "question_days": 90}
    yield wording.welcome(_, name="<Ahmad>", **facts)  # type: ignore[arg-type]
    yield wording.welcome(_, name="—", **facts)  # type: ignore[arg-type]
    yield wording.privacy(_, **facts)  # type: ignore[arg-type]
    yield from (wording.language_chosen(_), wording.speaks_now(_), wording.menu(_))
    yield from (wording.my_things(_, []), wording.my_things(_, THINGS))
    yield from (
        wording.help_text(_, wording.COMMANDS),
        wording.copy_of_data(_),
        wording.unknown_command(_),
    )
    yield from (wording.erasure_preview(_, []), wording.erasure_preview(_, THINGS))
    yield from (wording.erased(_), wording.not_erased(_))
    yield from (wording.joined(_, role) for role in Role)


def _all_buttons(_: Words, catalogs: Catalogs) -> Iterator[Button]:
    screens: list[Buttons] = [
        wording.language_buttons(catalogs, _.code),
        wording.my_things_buttons(_, THINGS),
        wording.privacy_buttons(_),
        wording.erasure_buttons(_, "1795165200"),
    ]
    return (button for screen in screens for row in screen for button in row)


def test_every_text_is_ready_for_telegram(voice: Words) -> None:
    for text in _texts(voice):
        bare = _TAG.sub("", text)

        assert 0 < len(text) <= TEXT_LIMIT
        assert not re.search(r"[{}<>]", bare), text
        assert text.count("<b>") == text.count("</b>")
        assert bidi.is_balanced(text)


def test_what_strangers_write_is_made_safe(voice: Words) -> None:
    text = wording.welcome(
        voice, name="<b>", organisation="A & B", privacy_sentence="<i>x</i>", question_days=1
    )

    assert "&lt;b&gt;" in text
    assert "A &amp; B" in text
    assert "&lt;i&gt;x&lt;/i&gt;" in text


def test_the_operators_sentence_is_not_said_twice(voice: Words) -> None:
    facts = {"organisation": "Example", "question_days": 90}
    own = _screens(voice, privacy_sentence="R&D reads this.", **facts)
    bots = _screens(voice, privacy_sentence="", **facts)

    fixed = voice("The team of {organisation} reads your questions.", organisation="Example")
    assert [screen.count("R&amp;D reads this.") for screen in own] == [1, 1]
    assert [screen.count(fixed) for screen in own] == [0, 0]
    assert [screen.count(fixed) for screen in bots] == [1, 1]


def test_welcome_fits_one_small_screen(voice: Words) -> None:
    sentence = "Staff and volunteers of our organisation read your question, on Telegram’s servers."

    text = wording.welcome(
        voice,
        name="Ahmad",
        organisation="Example vzw",
        privacy_sentence=sentence,
        question_days=90,
    )

    assert len(bidi.strip_marks(_TAG.sub("", text))) <= (420 if voice.code == "en" else 480)


def _screens(_: Words, **facts: Any) -> list[str]:
    return [wording.welcome(_, name="Ahmad", **facts), wording.privacy(_, **facts)]


def test_every_button_fits_a_telephone(voice: Words, catalogs: Catalogs) -> None:
    for button in _all_buttons(voice, catalogs):
        assert button.action is not None
        assert len(button.action.encode()) <= 64
        assert 0 < len(bidi.strip_marks(button.label)) <= 40


def test_menu_shows_its_first_label_where_reading_starts(voice: Words, catalogs: Catalogs) -> None:
    desk: PeopleDesk = a_desk(catalogs)

    shown = [[key.label for key in row] for row in wording.keyboard(voice, desk.menu).rows]

    read = [row[::-1] if voice.is_rtl else row for row in shown]
    assert read == [[voice.label(msgid) for msgid in row] for row in desk.menu]


def test_menu_stays_and_invites_to_write(voice: Words, catalogs: Catalogs) -> None:
    keyboard = wording.keyboard(voice, a_desk(catalogs).menu)

    assert keyboard.stays
    assert 0 < len(keyboard.placeholder or "") <= 64


@pytest.mark.parametrize("first", [None, *CODES])
def test_each_language_has_a_row_in_its_own_script(catalogs: Catalogs, first: str | None) -> None:
    rows = wording.language_buttons(catalogs, first)

    assert {row[0].label for row in rows[:-1]} == {words.name for words in catalogs}
    assert all(len(row) == 1 for row in rows)
    assert rows[-1][0].action == "other_language"
    assert first is None or rows[0][0].action == f"lang:{first}"


def test_first_screen_speaks_every_language_at_once(catalogs: Catalogs) -> None:
    screen = wording.language_choice(catalogs).split("\n\n")

    assert len(screen) == len(catalogs.codes)


@pytest.mark.parametrize("n", [1, 2, 5, 90])
def test_days_are_counted_in_each_language(voice: Words, n: int) -> None:
    text = wording.privacy(voice, organisation="A", privacy_sentence="", question_days=n)

    assert str(n) in bidi.strip_marks(text)


def test_every_command_of_the_list_fits_telegram(voice: Words) -> None:
    for name, meaning in wording.COMMANDS:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 0 < len(voice.label(meaning)) <= 256
        assert f"/{name}" in bidi.strip_marks(wording.help_text(voice, wording.COMMANDS))
