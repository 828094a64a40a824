"""What came back from Telegram: its JSON, and every way in which that can go wrong.

telegram.error.TelegramError
├── NetworkError
│   ├── NeverSent       nothing left this machine, or Telegram's front door was shut: try again
│   ├── TimedOut
│   │   └── PerhapsSent bytes left and no proper answer came: it may have been done
│   └── BadRequest      400
├── InvalidToken        404 (also a misspelt method)
│   └── TokenRefused    401
├── Flooded             429 with the pause that Telegram wants (a RetryAfter)
├── ChatMigrated · Forbidden 403 · Conflict 409
"""

import json
import re
from datetime import timedelta
from typing import Any

import msgspec
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.transport import hygiene

# Half of a letter pair, which no database stores, and the NUL, which PostgreSQL does not.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_NUL = b"\\u0000"  # the only way in which JSON writes it
_PAUSE = 5  # seconds, for a 429 that names none
_BY_STATUS: dict[int, type[TelegramError]] = {403: Forbidden, 404: InvalidToken, 409: Conflict}


class NeverSent(NetworkError):
    """Telegram did not take the request: repeating it cannot do anything twice."""


class PerhapsSent(TimedOut):
    """The request left, the answer did not come: repeating it may do it twice."""


class TokenRefused(InvalidToken):
    """401: the token is wrong or was revoked."""


class Flooded(RetryAfter):
    """429. `pause` is Telegram's wish."""

    def __init__(self, seconds: float) -> None:
        # RetryAfter.__init__ warns about a coming change of type, which we do not depend on.
        TelegramError.__init__(self, f"Too many requests: retry in {seconds} s")
        self._retry_after = timedelta(seconds=seconds)

    @property
    def pause(self) -> timedelta:
        return self._retry_after


def decoded(payload: bytes) -> Any:
    """JSON, with letters that cannot be stored replaced rather than refused. Raises ValueError."""
    try:
        return _decoded(payload)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _decoded(payload: bytes) -> Any:
    try:
        found = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _storable(json.loads(payload.decode("utf-8", "replace")))
    return _storable(found) if _NUL in payload else found


def _storable(found: Any) -> Any:
    """The same with one sign for each one replaced, so that entities keep their places."""
    if isinstance(found, str):
        return _UNSTORABLE.sub("\ufffd", found)
    if isinstance(found, list):
        return [_storable(one) for one in found]
    if isinstance(found, dict):
        return {_storable(name): _storable(value) for name, value in found.items()}
    return found


def result(payload: bytes) -> Any:
    """The result of a call that went well. Raises PerhapsSent when the answer is garbled."""
    try:
        answer = decoded(payload)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True and "result" in answer:
        return answer["result"]
    raise PerhapsSent("the answer is not one of Telegram's")


def failure(status: int, payload: bytes) -> TelegramError:
    """The error for an answer that is not 2xx."""
    if status >= 500:
        return NeverSent(f"Telegram is out of order ({status})")
    answer = _answer(payload)
    if answer is None:
        return _foreign(status)
    parameters = answer.get("parameters")
    if isinstance(parameters, dict) and "migrate_to_chat_id" in parameters:
        return ChatMigrated(int(parameters["migrate_to_chat_id"]))
    if status == 429:
        return Flooded(_pause(parameters))
    description = hygiene.scrub(str(answer.get("description") or status))
    if status == 401:
        return TokenRefused(description)
    return _BY_STATUS.get(status, BadRequest)(description)


def _answer(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = decoded(payload)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _foreign(status: int) -> TelegramError:
    """A proxy or a web server spoke, not Telegram, so a person's chat is not to blame."""
    if status == 413:
        return BadRequest("Request Entity Too Large")
    return NeverSent(f"somebody else than Telegram answered ({status}): proxy or address wrong?")


def _pause(parameters: Any) -> float:
    wanted = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(wanted) if isinstance(wanted, int | float) and wanted > 0 else _PAUSE
