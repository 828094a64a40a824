"""How the bot introduces itself in Telegram: its commands, name and descriptions per language.

Asked first and written only where it differs: these calls are strictly limited (the name most of
all). A failure is logged; the bot works without. The menu button is left as Telegram has it: it
shows the commands by itself wherever there are any.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.transport.connection import Telegram

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The commands behind the menu button: in one group, or in every private chat.

    language_code: Telegram's two letters; empty for everybody whose language has none of its own.
    """

    commands: tuple[tuple[str, str], ...]  # (name, description)
    language_code: str = ""
    chat_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What stands on the bot's page; None is left as it is."""

    language_code: str = ""
    name: str | None = None  # 64 letters
    short_description: str | None = None  # 120: on the profile and beside links to the bot
    description: str | None = None  # 512: in the empty chat, before Start


async def introduce(
    telegram: Telegram, *, menus: Sequence[Menu] = (), profiles: Sequence[Profile] = ()
) -> int:
    """Write what differs; returns how many things were changed."""
    changed = 0
    for menu in menus:
        changed += await _safely("commands", menu.language_code, _commands(telegram, menu))
    for profile in profiles:
        for what, step in _steps(telegram, profile):
            changed += await _safely(what, profile.language_code, step())
    return changed


async def _safely(what: str, language: str, step: Awaitable[bool]) -> bool:
    try:
        return await step
    except TelegramError as error:
        log.warning("introduction.failed", what=what, language=language, reason=str(error))
        return False


def _steps(telegram: Telegram, profile: Profile) -> list[tuple[str, Callable[[], Awaitable[bool]]]]:
    return [
        ("short description", lambda: _short_description(telegram, profile)),
        ("description", lambda: _description(telegram, profile)),
        ("name", lambda: _name(telegram, profile)),
    ]


async def _commands(telegram: Telegram, menu: Menu) -> bool:
    scope: BotCommandScope = BotCommandScopeAllPrivateChats()
    if menu.chat_id is not None:
        scope = BotCommandScopeChat(menu.chat_id)
    language = menu.language_code or None
    wanted = tuple(BotCommand(name, description) for name, description in menu.commands)
    if wanted == await telegram.bot.get_my_commands(scope=scope, language_code=language):
        return False
    return await telegram.bot.set_my_commands(wanted, scope=scope, language_code=language)


async def _name(telegram: Telegram, profile: Profile) -> bool:
    language = profile.language_code or None
    if profile.name is None:
        return False
    if profile.name == (await telegram.bot.get_my_name(language)).name:
        return False
    return await telegram.bot.set_my_name(profile.name, language)


async def _description(telegram: Telegram, profile: Profile) -> bool:
    language = profile.language_code or None
    if profile.description is None:
        return False
    if profile.description == (await telegram.bot.get_my_description(language)).description:
        return False
    return await telegram.bot.set_my_description(profile.description, language)


async def _short_description(telegram: Telegram, profile: Profile) -> bool:
    language = profile.language_code or None
    if profile.short_description is None:
        return False
    found = await telegram.bot.get_my_short_description(language)
    if profile.short_description == found.short_description:
        return False
    return await telegram.bot.set_my_short_description(profile.short_description, language)
