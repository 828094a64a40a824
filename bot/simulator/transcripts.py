"""Comparing and printing what people see on their phones."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

Wanted = str | re.Pattern[str]
Raw = Mapping[str, Any]
Choice = str | re.Pattern[str] | Callable[[Raw], bool]

ORDINARY = frozenset(
    {
        "message_id", "from", "chat", "date", "reactions", "message_thread_id", "edit_date",
        "is_topic_message", "reply_to_message", "reply_markup", "entities", "text", "caption",
        "caption_entities", "link_preview_options", "sender_chat", "media_group_id",
        "asks_reply",
    }
)  # fmt: skip
INVISIBLE = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F))


def plain(text: str) -> str:
    """Without the direction marks, which a reader does not see."""
    return text.translate(INVISIBLE)


def words_of(message: Raw) -> str:
    return str(message.get("text", message.get("caption", "")))


def contains(message: Raw, wanted: Wanted, *, exact: bool = False) -> bool:
    """Whether the words are in the message; the empty text is in every one."""
    words = words_of(message)
    if isinstance(wanted, re.Pattern):
        return bool(wanted.search(words) or (not exact and wanted.search(plain(words))))
    return wanted in words if exact else plain(wanted) in plain(words)


def inline_buttons(message: Raw) -> list[Raw]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def chosen(buttons: Iterable[Raw], choice: Choice) -> Raw | None:
    """The button with that label; failing an equal one, the first whose label contains it."""
    listed = list(buttons)
    if isinstance(choice, str):
        wanted = plain(choice)
        equal = [b for b in listed if plain(b["text"]) == wanted]
        return next(iter(equal or [b for b in listed if wanted in plain(b["text"])]), None)
    if isinstance(choice, re.Pattern):
        return next((b for b in listed if choice.search(plain(b["text"]))), None)
    return next((button for button in listed if choice(button)), None)


def rendered(title: str, messages: Iterable[Raw]) -> str:
    lines = [f"--- {title} ---", *(line(message) for message in messages)]
    return "\n".join(lines if len(lines) > 1 else [*lines, "(nothing)"])


def line(message: Raw) -> str:
    """One message: time, place, who, what, buttons."""
    moment = datetime.fromtimestamp(message["date"], UTC).strftime("%H:%M:%S")
    edited = " (edited)" if "edit_date" in message else ""
    thread = f" #{message['message_thread_id']}" if message.get("is_topic_message") else ""
    buttons = "".join(f"  [{plain(button['text'])}]" for button in inline_buttons(message))
    who = message.get("from", {}).get("first_name", "?")
    number = f"{message['message_id']:>4}"
    asks = "  (opens a reply)" if message.get("asks_reply") else ""
    return f"{moment} {number}{thread} {who}: {_content(message)}{edited}{buttons}{asks}"


def _content(message: Raw) -> str:
    extra = ", ".join(sorted(message.keys() - ORDINARY))
    return " ".join(part for part in (f"<{extra}>" if extra else "", words_of(message)) if part)
