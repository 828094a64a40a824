"""Sends one message and says how it went, in the words of `bot.delivery.outcomes`."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Protocol

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.delivery.messages import (
    ChangeTopic,
    Delete,
    Edit,
    File,
    Made,
    MakeTopic,
    Message,
    Outgoing,
    Pin,
    Toast,
)
from bot.delivery.outcomes import (
    Moved,
    NotSent,
    Outcome,
    Refusal,
    RefusedKind,
    Sent,
    Uncertain,
    Unreachable,
    Waiting,
)
from bot.errors import Refused
from bot.transport import composing
from bot.transport.answers import Flooded, NeverSent, PerhapsSent, TokenRefused
from bot.transport.composing import Call, Slots
from bot.transport.requests import Upload

Make = Callable[[Made], Awaitable[bytes]]

log = structlog.get_logger()

_GONE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "message to delete not found",
    "message to copy not found",
    "message to pin not found",
    "message to react not found",
    "message to be replied not found",
    "message_id_invalid",
)
_TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_TOPIC_CLOSED = ("topic_closed",)
_NOT_MODIFIED = ("message is not modified", "topic_not_modified", "chat_not_modified")
_TOO_LATE = ("query is too old", "query_id_invalid")
_NO_PICTURE = ("photo_invalid", "image_process_failed", "not enough rights to send photos")
_LEFT_GROUP = ("kicked", "not a member", "was deleted", "deactivated")

_KINDS: tuple[tuple[tuple[str, ...], RefusedKind], ...] = (
    (_GONE, "gone"),
    (_TOPIC_GONE, "topic_gone"),
    (_TOPIC_CLOSED, "topic_closed"),
    (_NOT_MODIFIED, "not_modified"),
)

_WAYS_ROUND = 3  # new message instead of an edit, plain text instead of broken tags, …


class Line(Protocol):
    """The part of `connection.Telegram` that sending needs."""

    async def call(
        self, method: str, params: dict[str, Any] | None = None, *, upload: Upload | None = None
    ) -> Any: ...


async def send(telegram: Line, message: Message, slots: Slots, *, make: Make) -> Outcome:
    """Send `message`; `slots` holds the ids of the slots it names, `make` makes its file.

    Never raises for what Telegram or the network does. What `make` raises goes through, but for
    `Refused`: there is nothing to send any more, and the rest of the chat must not wait for it.
    """
    try:
        calls = composing.calls_of(message, slots)
    except composing.Unresolved as missing:
        return Refusal(str(missing), kind=missing.kind)
    try:
        content = await make(message.made) if isinstance(message, File) else b""
    except Refused as gone:
        return Refusal(f"nothing to send: {type(gone).__name__}", kind="gone")
    ids: tuple[int, ...] = ()
    for call in calls:
        outcome = await _carried_out(telegram, message, call, content)
        if not isinstance(outcome, Sent):
            return outcome
        ids += outcome.ids
    return Sent(ids)


async def _carried_out(telegram: Line, message: Message, call: Call, content: bytes) -> Outcome:
    for _ in range(_WAYS_ROUND):
        upload = _upload(message, call, content)
        try:
            return _success(message, await telegram.call(call.method, call.params, upload=upload))
        except TelegramError as error:
            outcome = outcome_of(message, error)
            other = _way_round(message, call, error)
        if other is None:
            break
        log.info("sending.another_way", method=call.method, instead=other.method)
        call = other
    return _harmless(message, call, outcome)


def _upload(message: Message, call: Call, content: bytes) -> Upload | None:
    if call.file is None or not isinstance(message, File):
        return None
    return Upload(call.file, message.name, content)


def _success(message: Message, result: Any) -> Outcome:
    if isinstance(message, MakeTopic):
        return Sent(_ids([result], "message_thread_id"))
    ids = _ids(result if isinstance(result, list) else [result], "message_id")
    if result == []:
        return Refusal("none of the messages could be copied", kind="gone")
    return Sent(ids)


def _ids(results: list[Any], field: str) -> tuple[int, ...]:
    return tuple(one[field] for one in results if isinstance(one, dict) and field in one)


def _way_round(message: Message, call: Call, error: TelegramError) -> Call | None:
    """Another call that says the same, when Telegram refuses this one for good."""
    if not isinstance(error, BadRequest):
        return None
    reason = error.message.casefold()
    if "can't parse entities" in reason:  # better unstyled than unsaid
        log.warning("sending.broken_markup", method=call.method)
        return composing.as_plain(call)
    if isinstance(message, Edit) and message.or_send and _kind(reason) == "gone":
        return composing.as_new(message) if call.method != "sendMessage" else None
    if call.method == "sendVoice" and "voice_messages_forbidden" in reason:
        return replace(call, method="sendDocument", file="document")
    if call.method == "sendPhoto":
        return _without_photo(message, call, reason)
    return None


def _without_photo(message: Message, call: Call, reason: str) -> Call | None:
    """A picture made here goes as a file; of one that Telegram no longer knows, the words go."""
    is_meant = any(one in reason for one in _NO_PICTURE)
    if isinstance(message, Outgoing):
        return composing.in_words(call) if is_meant or "file" in reason else None
    return replace(call, method="sendDocument", file="document") if is_meant else None


def outcome_of(message: Message, error: TelegramError) -> Outcome:
    """How the error counts for `message`."""
    reason = error.message
    if isinstance(error, Flooded):
        return Waiting(error.pause)
    if isinstance(error, TokenRefused):  # the operator mends this; no message is lost meanwhile
        log.critical("telegram.token_refused", advice="Telegram refuses the token: put a valid one")
        return NotSent("Telegram refuses the token")
    if isinstance(error, NeverSent):
        return NotSent(reason)
    if isinstance(error, ChatMigrated):
        return _moved(message, error)
    if isinstance(error, Forbidden):
        return _forbidden(message, reason)
    if isinstance(error, PerhapsSent):
        return Uncertain(reason)
    return Refusal(reason, kind=_kind(reason.casefold()))


def _moved(message: Message, error: ChatMigrated) -> Outcome:
    """Only groups move. For a private chat it was the group that a message is copied from: its
    messages are not known under the new id, and the person's chat is where it was."""
    is_private = message.to is not None and message.to > 0
    return Refusal(error.message, kind="gone") if is_private else Moved(error.new_chat_id)


def _forbidden(message: Message, reason: str) -> Outcome:
    is_private = message.to is not None and message.to > 0
    if is_private or any(phrase in reason.casefold() for phrase in _LEFT_GROUP):
        return Unreachable(reason)
    return Refusal(reason)


def _kind(reason: str) -> RefusedKind:
    for phrases, kind in _KINDS:
        if any(phrase in reason for phrase in phrases):
            return kind
    return "other"


def _harmless(message: Message, call: Call, outcome: Outcome) -> Outcome:
    """A refusal that leaves things as they were wanted is a success."""
    if not isinstance(outcome, Refusal):
        return outcome
    if isinstance(message, Toast) and any(one in outcome.reason.casefold() for one in _TOO_LATE):
        return Sent()
    if outcome.kind == "not_modified" and isinstance(message, Edit):
        return Sent((call.params["message_id"],))
    if outcome.kind == "not_modified" and isinstance(message, ChangeTopic | Pin):
        return Sent()
    return Sent() if outcome.kind in _nothing_left_to_do(message) else outcome


def _nothing_left_to_do(message: Message) -> tuple[RefusedKind, ...]:
    if isinstance(message, Delete):
        return ("gone", "topic_gone")
    if isinstance(message, ChangeTopic) and message.change == "delete":
        return ("topic_gone",)
    return ()
