"""How the bot introduces itself in Telegram: commands and descriptions, per language."""

from collections.abc import Collection, Iterator

from bot.app.menus import COMMANDS, STAFF_COMMANDS
from bot.language.catalog import Catalogs, Words
from bot.transport.setup import Menu, Profile


def menus(catalogs: Catalogs, *, groups: Collection[int], staff_language: str) -> list[Menu]:
    """Commands for everybody in their language; the staff's only in the staff groups."""
    general = Menu(commands=_for_everybody(catalogs.words(None)))
    spoken = [
        Menu(commands=_for_everybody(_), language_code=_.telegram_code) for _ in _distinct(catalogs)
    ]
    staff = _for_staff(catalogs.words(staff_language))
    return [general, *spoken, *(Menu(commands=staff, chat_id=group) for group in groups)]


def profiles(catalogs: Catalogs, organisation: str) -> list[Profile]:
    """What stands on the bot's page and in the empty chat."""
    general = _profile(catalogs.words(None), organisation, "")
    return [
        general,
        *(_profile(_, organisation, _.telegram_code) for _ in _distinct(catalogs)),
    ]


def _distinct(catalogs: Catalogs) -> Iterator[Words]:
    """One language for each of Telegram's two-letter codes."""
    seen: set[str] = set()
    for _ in catalogs:
        if _.telegram_code and _.telegram_code not in seen:
            seen.add(_.telegram_code)
            yield _


def _profile(_: Words, organisation: str, code: str) -> Profile:
    return Profile(
        language_code=code,
        short_description=_.plain("Questions about living in Flanders and Brussels. Free."),
        description=_.plain(
            "Ask your question in your language: about asylum, a home, work, school, health or"
            " money. Often you get an answer at once, with its source. Otherwise a colleague of"
            " {organisation} answers you here. It is free. We are not the government.",
            organisation=organisation,
        ),
    )


def _for_everybody(_: Words) -> tuple[tuple[str, str], ...]:
    return _described(_, COMMANDS)


def _for_staff(_: Words) -> tuple[tuple[str, str], ...]:
    return _described(_, STAFF_COMMANDS)


def _described(_: Words, commands: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _.plain(meaning)) for name, meaning in commands)
