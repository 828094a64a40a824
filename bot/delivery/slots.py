"""Slots: names for messages and topics that a later send needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.delivery.messages import ChangeTopic, Delete, Edit, Message, Pin
from bot.storage.transaction import Tx


@dataclass(frozen=True, slots=True)
class Slot:
    """Where something is: `id` is a message id, or the thread id of a topic."""

    name: str
    chat_id: int
    id: int


def needed(message: Message) -> list[str]:
    """Names of the slots that must be filled before `message` can go out.

    A reply is not among them: where the answered message is gone, it goes out without.
    """
    if isinstance(message, Edit | Delete | Pin):
        return [message.slot] if message.slot else []
    topic = getattr(message, "in_topic", None)
    return [topic] if isinstance(topic, str) else []


def mentioned(message: Message) -> list[str]:
    """Every slot that helps when it is filled: the needed ones and the answered message."""
    answered = getattr(message, "reply_to", None)
    return [*needed(message), *([answered] if isinstance(answered, str) else [])]


async def find(tx: Tx, names: Iterable[str], *, chat_id: int) -> dict[str, int]:
    """The ids of those `names` that are filled in this chat. What stands in another (the team has a
    new group) is of no use here: its id would be that of something else."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    places = ", ".join("?" * len(wanted))
    rows = await tx.raw(
        f"SELECT name, id FROM slots WHERE name IN ({places}) AND chat_id = ?",  # noqa: S608
        *wanted,
        chat_id,
    )
    return dict(rows)


async def places(tx: Tx, names: Iterable[str]) -> dict[str, Slot]:
    """The same with the chat in which each stands."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    rows = await tx.raw(
        f"SELECT name, chat_id, id FROM slots WHERE name IN ({marks})",  # noqa: S608
        *wanted,
    )
    return {row[0]: Slot(*row) for row in rows}


async def one(tx: Tx, name: str) -> Slot | None:
    """The slot of that name, if filled."""
    rows = await tx.raw("SELECT name, chat_id, id FROM slots WHERE name = ?", name)
    return Slot(*rows[0]) if rows else None


async def at(tx: Tx, chat_id: int, id_: int, prefix: str) -> str | None:
    """The name, beginning with `prefix`, of what stands there."""
    rows = await tx.raw(
        "SELECT name FROM slots WHERE chat_id = ? AND id = ? AND name LIKE ? ESCAPE '!'"
        " ORDER BY name",
        chat_id,
        id_,
        _beginning(prefix),
    )
    return rows[0][0] if rows else None


async def beginning_with(tx: Tx, prefix: str) -> list[Slot]:
    """Every filled slot whose name begins with `prefix`."""
    rows = await tx.raw(
        "SELECT name, chat_id, id FROM slots WHERE name LIKE ? ESCAPE '!' ORDER BY name",
        _beginning(prefix),
    )
    return [Slot(*row) for row in rows]


async def fill(tx: Tx, name: str, chat_id: int, id_: int, *, now: float) -> None:
    """Remember where `name` is; the newest wins."""
    await tx.raw(
        "INSERT INTO slots (name, chat_id, id, filled_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET chat_id = excluded.chat_id, id = excluded.id,"
        " filled_at = excluded.filled_at",
        name,
        chat_id,
        id_,
        now,
    )


async def rename(tx: Tx, old: str, new: str) -> None:
    """What was `old` is `new`; whatever had that name is forgotten."""
    await tx.raw("DELETE FROM slots WHERE name = ?", new)
    await tx.raw("UPDATE slots SET name = ? WHERE name = ?", new, old)


async def forget(tx: Tx, prefix: str, *, chat_id: int | None = None) -> None:
    """Forget every slot whose name begins with `prefix` (in that chat)."""
    if chat_id is None:
        await tx.raw("DELETE FROM slots WHERE name LIKE ? ESCAPE '!'", _beginning(prefix))
        return
    where = "chat_id = ? AND name LIKE ? ESCAPE '!'"
    await tx.raw(f"DELETE FROM slots WHERE {where}", chat_id, _beginning(prefix))  # noqa: S608


async def forget_these(tx: Tx, found: Iterable[Slot]) -> None:
    """Forget slots, unless they are filled anew."""
    rows = [(slot.name, slot.chat_id, slot.id) for slot in found]
    if rows:
        await tx.raw_many("DELETE FROM slots WHERE name = ? AND chat_id = ? AND id = ?", rows)


async def forget_at(tx: Tx, chat_id: int, id_: int) -> None:
    """Forget what stood there (a topic deleted by hand)."""
    await tx.raw("DELETE FROM slots WHERE chat_id = ? AND id = ?", chat_id, id_)


def topic_of(message: Message) -> str | int | None:
    """The topic a message goes to or changes."""
    if isinstance(message, ChangeTopic):
        return message.in_topic
    return getattr(message, "in_topic", None)


def _beginning(prefix: str) -> str:
    """A LIKE pattern; names such as "inbox:fa_AF:list" hold signs that would match anything."""
    return prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
