"""`doctor --live`: a short probe against the real Telegram, compared with the simulator.

Everything happens in the staff group (or nowhere, when there is none) and is cleaned up. What
differs from what the simulator does is printed, so that docs/simulator.md can be corrected.
"""

from typing import Any

from telegram.error import TelegramError

from bot.app.settings import Settings
from bot.transport.connection import Telegram

Step = tuple[str, str, dict[str, Any], str]


async def probe(telegram: Telegram, settings: Settings) -> list[tuple[str, str]]:
    """(what was tried, how it differs from the simulator or empty) for each step."""
    found = [await _errs(telegram, *step) for step in _everywhere()]
    if settings.staff_group:
        found += await _in_group(telegram, settings.staff_group[0])
    return found


def _everywhere() -> list[Step]:
    return [
        ("an unknown chat", "sendMessage", {"chat_id": 1, "text": "x"}, "chat not found"),
        (
            "an old tap",
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query id is invalid",
        ),
    ]


async def _in_group(telegram: Telegram, group: int) -> list[tuple[str, str]]:
    place: dict[str, Any] = {"chat_id": group}
    try:
        topic = await telegram.call("createForumTopic", {**place, "name": "wegwijzer probe"})
    except TelegramError as error:
        return [("a topic of its own", f"could not be made: {error}")]
    place["message_thread_id"] = topic["message_thread_id"]
    try:
        found = [await _errs(telegram, *step) for step in _in_topic(place)]
        found.append(await _unchanged_edit(telegram, place))
    finally:
        await telegram.call("deleteForumTopic", place)
    gone = {**place, "text": "x"}
    found.append(
        await _errs(telegram, "a deleted topic", "sendMessage", gone, "message thread not found")
    )
    return found


def _in_topic(place: dict[str, Any]) -> list[Step]:
    button = {"text": "x", "callback_data": "é" * 33}
    return [
        (
            "broken markup",
            "sendMessage",
            {**place, "text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities",
        ),
        (
            "a button over 64 bytes",
            "sendMessage",
            {**place, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}},
            "button_data_invalid",
        ),
        ("a text over 4096", "sendMessage", {**place, "text": "x" * 4097}, "message is too long"),
    ]


async def _unchanged_edit(telegram: Telegram, place: dict[str, Any]) -> tuple[str, str]:
    sent = await telegram.call("sendMessage", {**place, "text": "probe"})
    edit = {"chat_id": place["chat_id"], "message_id": sent["message_id"], "text": "probe"}
    return await _errs(
        telegram, "an edit that changes nothing", "editMessageText", edit, "message is not modified"
    )


async def _errs(
    telegram: Telegram, what: str, method: str, params: dict[str, Any], wanted: str
) -> tuple[str, str]:
    """The simulator refuses this with `wanted` in its sentence; does Telegram?"""
    try:
        await telegram.call(method, params)
    except TelegramError as error:
        said = str(error).casefold()
        return what, "" if wanted in said else f"Telegram says “{error}”, the simulator “{wanted}”"
    return what, f"Telegram accepts it, the simulator says “{wanted}”"
