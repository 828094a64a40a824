"""How a sending went. The transport answers with one of these; the sender acts on it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it. `ids` are message ids, or the thread id of a new topic."""

    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """429: Telegram named the pause."""

    pause: timedelta


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request never left (DNS, connect, pool) or Telegram was down (5xx): try again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Bytes left, no answer came: it may have arrived."""

    reason: str


RefusedKind = Literal["gone", "topic_gone", "topic_closed", "not_modified", "other"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A permanent error. Kept visible, never retried.

    gone: the message to edit, delete or answer no longer exists · topic_gone: the forum topic was
    deleted · topic_closed · not_modified: harmless · other.
    """

    reason: str
    kind: RefusedKind = "other"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """403: the person blocked the bot, or the account is gone; the bot was thrown out."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with this id."""

    new_chat_id: int


Outcome = Sent | Waiting | NotSent | Uncertain | Refusal | Unreachable | Moved


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a slice hears of a message it marked with `receipt` and `ref`.

    state: sent · uncertain · refused · unreachable · expired
    """

    ref: str
    state: Literal["sent", "uncertain", "refused", "unreachable", "expired"]
    chat_id: int
    ids: tuple[int, ...] = ()
    reason: str = ""
    kind: RefusedKind = "other"
