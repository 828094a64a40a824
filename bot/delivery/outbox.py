"""The outbox: everything the bot says, written in the same transaction as the state behind it.

First-in-first-out inside (chat, lane). A held message takes its place when its hold is over.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

import msgspec

from bot import clock
from bot.delivery import messages, queue, slots, splitting
from bot.delivery.messages import (
    LANES,
    Copy,
    Delete,
    Edit,
    File,
    Location,
    MakeTopic,
    Message,
    Outgoing,
    Toast,
)
from bot.delivery.slots import Slot
from bot.storage.transaction import Tx

_INSERT = (
    "INSERT INTO outbox (chat_id, lane, key, edit_of, slot, body, due_at, expires_at, receipt,"
    " ref, person_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (key) DO NOTHING"
)

# Bodies of posts that mean a message of their chat by its id.
_NAMING_MESSAGES = (
    '{"kind":"react",%',
    '{"kind":"delete",%"message_ids":%',
    '{"kind":"edit",%"message_id":%',
)

# The first condition is that of the index of open rows: SQLite takes it only when it is said.
_WAITING_EDIT = (
    "state IN ('waiting', 'sending') AND state = 'waiting' AND chat_id = ? AND edit_of = ?"
)
_EDITS_LATELY = (
    "SELECT state, over_at FROM outbox WHERE state IN ('waiting', 'sending') AND chat_id = ?"
    " AND edit_of = ? UNION ALL SELECT state, over_at FROM outbox WHERE chat_id = ?"
    " AND edit_of = ? AND over_at > ? AND state = 'sent'"
)
_MORE_URGENT = "lane = CASE WHEN lane > ? THEN ? ELSE lane END"
_DUE_AT = 6  # where it stands in a row to be inserted

_KEYS_AT_ONCE = 500
_PARTS = 10  # a text is never split into more that have a key


class Stamped(NamedTuple):
    """A message that is ready to be posted, and its row."""

    post: Message
    row: tuple[Any, ...]


async def put(tx: Tx, *posts: Message) -> None:
    """Post messages for their `to`. Long texts are split; a key already known is left as it is."""
    await tx.raw_many(_INSERT, await _unmerged(tx, stamped(posts)))


def stamped(posts: Sequence[Message]) -> list[Stamped]:
    """Everything about posting that can fail by the message itself. Raises ValueError."""
    ready = []
    for post in _in_parts(posts):
        if post.to is None or isinstance(post, Toast):
            raise ValueError(f"{type(post).__name__} cannot be posted: it needs a chat")
        ready.append(Stamped(post, _row(post)))
    return ready


async def put_stamped(tx: Tx, ready: Sequence[Stamped]) -> None:
    """Post what is ready, as the last thing before a commit: it travels with that."""
    await tx.raw_soon(_INSERT, await _unmerged(tx, ready))


async def _unmerged(tx: Tx, ready: Sequence[Stamped]) -> list[tuple[Any, ...]]:
    """The rows of all that does not take the place of something that waits."""
    if ready:
        tx.ring()
    rows = []
    for post, row in ready:
        merged = await _merged(tx, post, row) if isinstance(post, Edit) else row
        rows += [merged] if merged is not None else []
    return rows


async def cancel(tx: Tx, key: str) -> bool:
    """Keep a message in. True when it had not gone out; False when it is too late."""
    names = _names(key)
    places = ", ".join("?" * len(names))
    cancelled = await tx.raw(
        "UPDATE outbox SET state = 'cancelled', body = NULL, over_at = ?"  # noqa: S608
        f" WHERE key IN ({places}) AND state = 'waiting' RETURNING key",
        clock.now().timestamp(),
        *names,
    )
    return (key,) in cancelled


async def take_back(tx: Tx, keys: Iterable[str]) -> dict[str, bool]:
    """Messages of one part (a picture may stand before it) that have not gone out, as if they had
    never been posted: their keys may be used again. Returns those that are back, and whether each
    may have arrived all the same (it was in the air when the program stopped)."""
    taken: dict[str, bool] = {}
    wanted = list(keys)
    for first in range(0, len(wanted), _KEYS_AT_ONCE):
        some = wanted[first : first + _KEYS_AT_ONCE]
        places = ", ".join("?" * len(some))
        rows = await tx.raw(
            f"DELETE FROM outbox WHERE key IN ({places})"  # noqa: S608
            " AND state IN ('waiting', 'expired') RETURNING key, repeats",
            *some,
        )
        taken |= {key: repeats > 0 for key, repeats in rows}
        await _take_back_pictures(tx, [key for key, _ in rows])
    return taken


async def _take_back_pictures(tx: Tx, keys: Sequence[str]) -> None:
    """What stood before them and has not left either; what may have arrived is not sent again."""
    parts = [name for key in keys for name in _names(key)[1:2]]
    places = ", ".join("?" * len(parts))
    if parts:
        await tx.raw(
            f"DELETE FROM outbox WHERE key IN ({places})"  # noqa: S608
            " AND state IN ('waiting', 'expired') AND repeats = 0 RETURNING id",
            *parts,
        )


async def hold_until(tx: Tx, keys: Sequence[str], until: datetime) -> bool:
    """Have these leave at another moment. False when the last of them has left already."""
    names = [name for key in keys for name in _names(key)]
    places = ", ".join("?" * len(names))
    moved = await tx.raw(
        f"UPDATE outbox SET due_at = ? WHERE key IN ({places})"  # noqa: S608
        " AND state = 'waiting' RETURNING key",
        until.timestamp(),
        *names,
    )
    tx.ring()
    return (keys[-1],) in moved


async def replace(tx: Tx, key: str, post: Message) -> bool:
    """New content for a message that still waits. False when it has gone out.

    Its place, moment and receipt stay, except that it may become more urgent. Not for texts that
    must be split.
    """
    return bool(
        await tx.raw(
            f"UPDATE outbox SET body = ?, {_MORE_URGENT} WHERE key = ? AND state = 'waiting'"  # noqa: S608
            " RETURNING id",
            messages.encode(post).decode(),
            *_lane_twice(post),
            key,
        )
    )


async def drop_edits(tx: Tx, chat_id: int, slot: str) -> None:
    """What was to change of this message need not be changed any more: it will go."""
    await tx.raw(
        "UPDATE outbox SET state = 'cancelled', body = NULL, over_at = ?"  # noqa: S608
        f" WHERE {_WAITING_EDIT}",
        clock.now().timestamp(),
        chat_id,
        slot,
    )


async def is_known(tx: Tx, key: str) -> bool:
    """Was a message with this key posted, whatever became of it?"""
    return bool(await tx.raw("SELECT 1 FROM outbox WHERE key = ?", key))


async def may_have_arrived(tx: Tx, keys: Sequence[str]) -> bool:
    """Has one of these left, as far as anybody knows? Its receipt may still have to be written."""
    places = ", ".join("?" * len(keys))
    return bool(
        keys
        and await tx.raw(
            f"SELECT 1 FROM outbox WHERE key IN ({places})"  # noqa: S608
            " AND (state IN ('sending', 'sent', 'uncertain') OR repeats > 0) LIMIT 1",
            *keys,
        )
    )


async def sent_to(tx: Tx, chat_id: int, since: datetime) -> list[int]:
    """Ids of the messages the bot sent to a chat since then, oldest first."""
    rows = await tx.raw(
        "SELECT sent_ids FROM outbox WHERE chat_id = ? AND over_at >= ? AND sent_ids IS NOT NULL"
        " ORDER BY id",
        chat_id,
        since.timestamp(),
    )
    return [id_ for (ids,) in rows for id_ in json.loads(ids)]


async def slot(tx: Tx, name: str) -> Slot | None:
    """Where a slot's message or topic is, if it has been sent."""
    return await slots.one(tx, name)


async def places(tx: Tx, names: Iterable[str]) -> dict[str, Slot]:
    """Where each of these slots is, of those that are filled."""
    return await slots.places(tx, names)


async def is_coming(tx: Tx, name: str) -> bool:
    """Does a message that fills this slot still wait, or is it in the air?"""
    return await queue.is_coming(tx, [name])


async def slot_at(tx: Tx, chat_id: int, id_: int, prefix: str) -> str | None:
    """The slot, beginning with `prefix`, of a message or thread id."""
    return await slots.at(tx, chat_id, id_, prefix)


async def slots_of(tx: Tx, prefix: str) -> list[Slot]:
    """Every filled slot whose name begins with `prefix`."""
    return await slots.beginning_with(tx, prefix)


async def rename_slot(tx: Tx, old: str, new: str) -> None:
    """Remember a message or a topic under another name."""
    await slots.rename(tx, old, new)


async def fill_slot(tx: Tx, name: str, chat_id: int, id_: int) -> None:
    """Say where a slot's message is, for one that was forgotten too early."""
    await slots.fill(tx, name, chat_id, id_, now=clock.now().timestamp())


async def forget_places(tx: Tx, found: Sequence[Slot]) -> None:
    """Forget these slots, unless they are filled anew."""
    await slots.forget_these(tx, found)


async def forget_slots(tx: Tx, prefix: str, *, chat_id: int | None = None) -> None:
    """Forget every slot whose name begins with `prefix` (in that chat)."""
    await slots.forget(tx, prefix, chat_id=chat_id)


async def forget_chat(tx: Tx, chat_id: int) -> None:
    """Erase what was and will be said to a chat; what waits is cancelled."""
    await tx.raw("DELETE FROM slots WHERE chat_id = ?", chat_id)
    await tx.raw("DELETE FROM outbox WHERE chat_id = ? AND state <> 'sending'", chat_id)
    await tx.raw("UPDATE outbox SET person_id = NULL WHERE chat_id = ?", chat_id)


async def forget_person(tx: Tx, person_id: int) -> None:
    """Erase a person's texts that wait for somebody else's chat."""
    await tx.raw("DELETE FROM outbox WHERE person_id = ? AND state <> 'sending'", person_id)


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: what waits follows it.

    Ids of its messages mean others there, or none. Whatever names one is forgotten.
    """
    await tx.raw("DELETE FROM slots WHERE chat_id = ?", old)
    await tx.raw(
        "UPDATE outbox SET state = 'cancelled', body = NULL, over_at = ? WHERE chat_id = ?"
        " AND state = 'waiting' AND (body LIKE ? OR body LIKE ? OR body LIKE ?)",
        clock.now().timestamp(),
        old,
        *_NAMING_MESSAGES,
    )
    await tx.raw("UPDATE outbox SET chat_id = ?, retry_at = 0 WHERE chat_id = ?", new, old)


async def _merged(tx: Tx, post: Edit, row: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The row, held until its pause is over; None: a waiting edit of the same message took this
    newer one over."""
    if post.pause is None:
        return None if await _took_over(tx, post) else row
    now, pause = clock.now().timestamp(), post.pause.total_seconds()
    place = (post.to, _edit_of(post))
    lately = await tx.raw(_EDITS_LATELY, *place, *place, now - pause)
    if any(state == "waiting" for state, _ in lately) and await _took_over(tx, post):
        return None
    ends = [(now if over_at is None else over_at) + pause for _, over_at in lately]
    return (*row[:_DUE_AT], max(row[_DUE_AT], *ends), *row[_DUE_AT + 1 :]) if ends else row


async def _took_over(tx: Tx, post: Edit) -> bool:
    return bool(
        await tx.raw(
            "UPDATE outbox SET body = ?, expires_at = ?, receipt = ?, ref = ?, person_id = ?,"  # noqa: S608
            f" {_MORE_URGENT} WHERE {_WAITING_EDIT} RETURNING id",
            messages.encode(post).decode(),
            post.expires_at.timestamp() if post.expires_at else None,
            post.receipt,
            post.ref,
            post.person_id,
            *_lane_twice(post),
            post.to,
            _edit_of(post),
        )
    )


def _lane_twice(post: Message) -> tuple[int, int]:
    return LANES[post.lane], LANES[post.lane]


def _edit_of(post: Message) -> str | None:
    if not isinstance(post, Edit):
        return None
    return post.slot or str(post.message_id)


def _fills(post: Message) -> str | None:
    """The slot that remembers this message. Edit, Delete and Pin only look theirs up: counted as
    coming, one whose message never arrives would wait for itself for ever, and hold up its chat."""
    return post.slot if isinstance(post, Outgoing | Copy | File | Location | MakeTopic) else None


def _row(post: Message) -> tuple[Any, ...]:
    created = clock.now().timestamp()
    due = post.hold_until.timestamp() if post.hold_until else 0.0
    return (
        post.to,
        LANES[post.lane],
        post.key,
        _edit_of(post),
        _fills(post),
        messages.encode(post).decode(),
        due or created,
        post.expires_at.timestamp() if post.expires_at else None,
        post.receipt,
        post.ref,
        post.person_id,
        created,
    )


def _in_parts(posts: Sequence[Message]) -> Iterable[Message]:
    for post in posts:
        if isinstance(post, Outgoing) and post.entities is None:
            yield from _split(post)
        elif isinstance(post, Delete):
            yield from _batches(post)
        else:
            yield post


def _batches(post: Delete) -> Iterable[Delete]:
    size = messages.DELETED_AT_ONCE - bool(post.slot)
    while len(post.message_ids) > size:
        first, rest = post.message_ids[:size], post.message_ids[size:]
        silent = msgspec.structs.replace(post, key=None, slot=None, receipt=None, ref=None)
        yield msgspec.structs.replace(silent, message_ids=first)
        post = msgspec.structs.replace(post, message_ids=rest)
    yield post


def _split(post: Outgoing) -> Iterable[Outgoing]:
    """Parts of one text; slot, receipt, key and buttons stay with the last. A picture comes first,
    alone where the text is no caption."""
    *before, last = splitting.split(post.text)
    if post.picture and splitting.visible_length(post.text) > messages.CAPTION_LIMIT:
        before = ["", *before]
    names = _names(post.key)[1:] if post.key else [None] * len(before)
    for name, text in zip_longest(names[: len(before)], before):
        yield msgspec.structs.replace(
            post,
            text=text,
            picture="" if text else post.picture,
            buttons=(),
            keyboard=None,
            slot=None,
            receipt=None,
            ref=None,
            key=name,
        )
    yield msgspec.structs.replace(post, text=last, picture="") if before else post


def _names(key: str) -> list[str]:
    """The key of a message and those of the parts before it, where its text was split."""
    return [key, *(f"{key}#{number}" for number in range(1, _PARTS))]
