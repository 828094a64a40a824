"""The messages of a case: written down, found again by where somebody sees them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from bot.delivery.incoming import Album, Edited, Said, SentMedia, Shared, Tapped
from bot.handover.domain import Asked, Case, CaseId, Piece, Ready
from bot.handover.tables import a_piece, case_copies, case_messages
from bot.storage.transaction import Tx

Message = Said | SentMedia | Album | Shared

_SPREAD = 50  # an album has ten parts; what others write meanwhile may stand between them


def text_of(incoming: Message | Edited) -> str:
    """The words in it: text or caption."""
    match incoming:
        case Said(text=text) | Edited(text=text):
            return text
        case SentMedia(caption=caption):
            return caption
        case Album(parts=parts):
            return "\n".join(part.caption for part in parts if part.caption)
        case Shared():
            return ""


def media_of(incoming: Message) -> str | None:
    """What kind of media; None for plain text."""
    match incoming:
        case Said():
            return None
        case SentMedia(media=media):
            return media
        case Album():
            return "album"
        case Shared(what=what):
            return what


def ids_of(incoming: Message) -> tuple[int, ...]:
    """Its message ids; an album has several."""
    if isinstance(incoming, Album):
        return tuple(part.message_id or 0 for part in incoming.parts)
    return (incoming.message_id or 0,)


async def write(
    tx: Tx,
    case: Case,
    incoming: Message,
    *,
    direction: str,
    author_id: int | None,
    state: str,
    is_relayed: bool = False,
    is_unsorted: bool = False,
) -> Piece:
    """Write one message down."""
    ids = ids_of(incoming)
    row = await tx.one(
        insert(case_messages)
        .values(
            case_id=case.id,
            direction=direction,
            author_id=author_id,
            chat_id=incoming.chat_id,
            message_id=ids[0],
            message_ids=list(ids),
            media=media_of(incoming),
            text=text_of(incoming),
            state=state,
            is_relayed=is_relayed,
            is_unsorted=is_unsorted,
            at=incoming.at,
        )
        .returning(case_messages)
    )
    assert row is not None, "just written"
    return a_piece(row)


async def write_ready(
    tx: Tx, case: Case, tap: Tapped, ready: Ready, *, author_id: int, state: str
) -> Piece:
    """Write words down that were ready before; the menu under which Send was tapped is their
    message in the group."""
    row = await tx.one(
        insert(case_messages)
        .values(
            case_id=case.id,
            direction="out",
            author_id=author_id,
            chat_id=tap.chat_id,
            message_id=tap.message_id,
            message_ids=[tap.message_id],
            text=ready.text,
            state=state,
            moves=ready.moves,
            showed=ready.showed,
            at=tap.at,
        )
        .returning(case_messages)
    )
    assert row is not None, "just written"
    return a_piece(row)


async def write_asked(
    tx: Tx, case: Case, asked: Sequence[Asked], *, chat_id: int, at: datetime
) -> None:
    """Write down what the person had said before they wanted a colleague."""
    rows = [
        {
            "case_id": case.id,
            "direction": "in",
            "author_id": case.person_id,
            "chat_id": chat_id,
            "message_id": one.message_id,
            "message_ids": [one.message_id],
            "media": one.media,
            "text": one.text,
            "state": "received",
            "at": at,
        }
        for one in asked
    ]
    if rows:
        await tx.execute(insert(case_messages), rows)


async def of(
    tx: Tx, case_id: int, *, direction: str | None = "in", with_unsorted: bool = False
) -> list[Piece]:
    """The messages of a case in order; unsorted ones may belong to another question."""
    wanted = select(case_messages).where(case_messages.c.case_id == case_id)
    if not with_unsorted:
        wanted = wanted.where(case_messages.c.is_unsorted.is_(False))
    if direction is not None:
        wanted = wanted.where(case_messages.c.direction == direction)
    return [a_piece(row) for row in await tx.all(wanted.order_by(case_messages.c.id))]


async def unrelayed(tx: Tx, case_id: int) -> list[Piece]:
    """The person's messages that no colleague has in a topic yet."""
    mine = case_messages.c
    rows = await tx.all(
        select(case_messages)
        .where(
            mine.case_id == case_id,
            mine.direction == "in",
            mine.is_relayed.is_(False),
            mine.is_unsorted.is_(False),
        )
        .order_by(mine.id)
    )
    return [a_piece(row) for row in rows]


async def find(tx: Tx, piece_id: int) -> Piece | None:
    """One message."""
    row = await tx.one(select(case_messages).where(case_messages.c.id == piece_id))
    return None if row is None else a_piece(row)


async def original(tx: Tx, chat_id: int, message_id: int | None) -> Piece | None:
    """The message that was written there; also by the id of a later picture of its album."""
    if message_id is None:
        return None
    mine = case_messages.c
    is_near = (mine.media == "album") & mine.message_id.between(message_id - _SPREAD, message_id)
    rows = await tx.all(
        select(case_messages)
        .where(mine.chat_id == chat_id, (mine.message_id == message_id) | is_near)
        .order_by(mine.id.desc())
    )
    return next((one for row in rows if message_id in (one := a_piece(row)).message_ids), None)


async def copied(tx: Tx, chat_id: int, message_id: int | None) -> Piece | None:
    """The message whose copy stands there."""
    row = await tx.one(
        select(case_messages)
        .join(case_copies, case_copies.c.piece_id == case_messages.c.id)
        .where(case_copies.c.chat_id == chat_id, case_copies.c.message_id == message_id)
    )
    return None if row is None else a_piece(row)


async def newest(
    tx: Tx, case_id: int, *, states: Sequence[str], author_id: int, limit: int = 1
) -> list[Piece]:
    """The newest outgoing messages of an author in one of these states."""
    mine = case_messages.c
    rows = await tx.all(
        select(case_messages)
        .where(mine.case_id == case_id, mine.state.in_(states), mine.author_id == author_id)
        .order_by(mine.id.desc())
        .limit(limit)
    )
    return [a_piece(row) for row in rows]


async def held(tx: Tx, case_id: int) -> list[Piece]:
    """The colleague's messages of which nobody has said yet that they arrived."""
    mine = case_messages.c
    rows = await tx.all(select(case_messages).where(mine.case_id == case_id, mine.state == "held"))
    return [a_piece(row) for row in rows]


async def checking(tx: Tx, case_id: int) -> list[Piece]:
    """The trainee's messages that no mentor has read yet."""
    mine = case_messages.c
    wanted = select(case_messages).where(mine.case_id == case_id, mine.state == "checking")
    return [a_piece(row) for row in await tx.all(wanted.order_by(mine.id))]


async def came_since(tx: Tx, case_id: int, moment: datetime) -> bool:
    """Has the person said something since then?"""
    mine = case_messages.c
    wanted = select(mine.id).where(
        mine.case_id == case_id,
        mine.direction == "in",
        mine.is_unsorted.is_(False),
        mine.at >= moment,
    )
    return await tx.one(wanted.limit(1)) is not None


async def last_words(tx: Tx, case_ids: Sequence[int]) -> dict[CaseId, datetime]:
    """When a colleague last wrote to the person, by question; nothing that was taken back."""
    mine = case_messages.c
    wanted = (
        select(mine.case_id, func.max(mine.at, type_=mine.at.type).label("at"))
        .where(
            mine.case_id.in_(case_ids),
            mine.direction == "out",
            mine.state.not_in(("stopped", "undone")),
        )
        .group_by(mine.case_id)
    )
    return {CaseId(row["case_id"]): row["at"] for row in await tx.all(wanted)}


async def change(tx: Tx, piece_id: int, **values: Any) -> None:
    """Change facts of a message."""
    await tx.execute(update(case_messages).where(case_messages.c.id == piece_id).values(**values))


def edited_text(piece: Piece, edited: Edited) -> str:
    """The text after an edit. Of an album we do not know which picture had which words, so those
    of a later one come below: better twice than lost."""
    is_first = edited.message_id == piece.message_ids[0]
    return edited.text if is_first or not piece.text else f"{piece.text}\n{edited.text}"


async def change_text(tx: Tx, piece: Piece, text: str) -> None:
    """A new text; the first one is kept."""
    mine = case_messages.c
    await tx.execute(
        update(case_messages)
        .where(mine.id == piece.id, mine.original_text.is_(None))
        .values(original_text=mine.text)
    )
    await change(tx, piece.id, text=text)


async def mark_relayed(
    tx: Tx, ids: Iterable[int], *, is_relayed: bool = True, of_case: int | None = None
) -> None:
    """These are on their way into the topic (or have to go there again).

    `of_case`: only those that still belong to it.
    """
    marked = update(case_messages).where(case_messages.c.id.in_(list(ids)))
    if of_case is not None:
        marked = marked.where(case_messages.c.case_id == of_case)
    await tx.execute(marked.values(is_relayed=is_relayed))


async def remember_copies(tx: Tx, chat_id: int, copies: Sequence[tuple[int, int]]) -> None:
    """(piece id, message id) pairs: where the other side sees a message."""
    if not copies:
        return
    statement = tx.insert(case_copies).on_conflict_do_nothing()
    rows = [
        {"chat_id": chat_id, "message_id": message_id, "piece_id": piece_id}
        for piece_id, message_id in copies
    ]
    await tx.execute(statement, rows)


async def copies_of(tx: Tx, piece_id: int) -> list[tuple[int, int]]:
    """(chat id, message id) of everything the other side sees of a message."""
    rows = await tx.all(select(case_copies).where(case_copies.c.piece_id == piece_id))
    return [(row["chat_id"], row["message_id"]) for row in rows]


async def forget_copies(tx: Tx, case_id: CaseId, chat_id: int) -> None:
    """What stood in that group stands there no more, as far as this case is concerned."""
    mine = select(case_messages.c.id).where(
        case_messages.c.case_id == case_id, case_messages.c.direction == "in"
    )
    here = case_copies.c.chat_id == chat_id
    await tx.execute(delete(case_copies).where(here, case_copies.c.piece_id.in_(mine)))


async def group_copies(tx: Tx, case_id: CaseId, chat_id: int) -> list[int]:
    """Message ids of every copy of this case in a chat."""
    rows = await tx.all(
        select(case_copies.c.message_id)
        .join(case_messages, case_messages.c.id == case_copies.c.piece_id)
        .where(case_messages.c.case_id == case_id, case_copies.c.chat_id == chat_id)
    )
    return [row["message_id"] for row in rows]
