"""What the bot says of itself in Telegram, in the shipped languages: short, and the same words."""

from dataclasses import replace

import pytest

from bot.app import introduction
from bot.app.menus import STAFF_COMMANDS
from bot.handover.wording import helping, topic
from bot.language import bidi, catalog, spelling
from bot.people.domain import Role, nobody

LANGUAGES = catalog.Catalogs.load(spelling.LOCALES)
LONG_NAME = "Agentschap Integratie en Inburgering, onthaalpunt Leuven en Tienen " * 2


def test_descriptions_fit_with_a_long_name() -> None:
    for profile in introduction.profiles(LANGUAGES, LONG_NAME):
        assert 0 < len(profile.description or "") <= 512
        assert 0 < len(profile.short_description or "") <= 120


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_staff_read_the_same_words_twice(code: str) -> None:
    menus = introduction.menus(LANGUAGES, groups=[-100], staff_language=code)
    (staff,) = [menu for menu in menus if menu.chat_id == -100]

    leader = replace(nobody(), role=Role.COORDINATOR)
    shown = bidi.strip_marks(helping.help_text(LANGUAGES.words(code), topic.COMMANDS, leader))

    assert len(staff.commands) == len(STAFF_COMMANDS)
    for name, meaning in staff.commands[: len(topic.COMMANDS)]:
        assert f"/{name} – {bidi.strip_marks(meaning)}" in shown
