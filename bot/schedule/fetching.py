"""Files that a colleague sent and wants read: fetched from Telegram outside every transaction.

A wish is a due row, so it survives a crash; whoever leads fetches, reads in a thread, and tells the
reader in a transaction of its own. Until then the row comes again every minute, a few times.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from bot.errors import N_, Refused
from bot.schedule import due
from bot.storage.transaction import Tx

KIND: Final = "fetch"


class Wanted(NamedTuple):
    """A file, and what its reader must know to read it without rows."""

    file_id: str
    about: Any


class Unfetched(Refused):
    """Telegram does not give it (any more)."""

    sentence = N_("I could not fetch this file. Please send it again.")


class TooBig(Refused):
    """More than is fetched."""

    sentence = N_("This file is larger than 5 MB. Please send a smaller one.")


@dataclass(frozen=True, slots=True)
class Reader:
    """How a slice reads files.

    wanted  the file of a ref; None: nobody wants it any more
    read    content and `Wanted.about` in, a value out; called in a thread
    take    hears the value, or the Refused why there is none; may be called twice
    """

    wanted: Callable[[Tx, str, datetime], Awaitable[Wanted | None]]
    read: Callable[[bytes, Any], Any]
    take: Callable[[Tx, str, Any, datetime], Awaitable[None]]


async def ask(tx: Tx, reader: str, ref: str, *, now: datetime) -> None:
    """Have the reader of this name read the file of `ref`."""
    await again(tx, reader, ref, tried=0, at=now)


async def again(tx: Tx, reader: str, ref: str, *, tried: int, at: datetime) -> None:
    """The same, after so many tries that came to nothing."""
    wish = f"{reader}:{tried}:{ref}"
    await due.plan(tx, key=_key(reader, ref), kind=KIND, ref=wish, at=at)


async def over(tx: Tx, reader: str, ref: str) -> None:
    """It was read: no further try."""
    await due.cancel(tx, _key(reader, ref))


def wish_of(ref: str) -> tuple[str, int, str]:
    """Reader, tries and ref of a due row."""
    reader, tried, rest = ref.split(":", 2)
    return reader, int(tried), rest


def _key(reader: str, ref: str) -> str:
    return f"{KIND}:{reader}:{ref}"
