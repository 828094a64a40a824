"""A colleague changes what they wrote: before it goes out, and in the person's chat afterwards."""

from datetime import datetime

from bot.delivery import outbox
from bot.delivery.incoming import Edited
from bot.delivery.messages import Edit
from bot.delivery.outcomes import Receipt
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Piece
from bot.handover.service import answering, cases, checking, pieces, topics
from bot.handover.wording import answer as wording
from bot.handover.wording import newcomer
from bot.people.domain import Person
from bot.storage.transaction import Tx

EDIT_RECEIPT = "handover.edited"


async def edit(desk: HandoverDesk, tx: Tx, person: Person, edited: Edited) -> bool | None:
    """A colleague changed a message. None: not one that went out; False: it stays as it was."""
    piece = await pieces.original(tx, edited.chat_id, edited.message_id)
    if piece is None or piece.direction != "out" or piece.author_id != person.id:
        return None
    if piece.state not in (*answering.WAITS, "sent"):
        return None
    is_note = edited.text.startswith(domain.NOTE)
    if piece.state in answering.WAITS and is_note and await answering.hold_back(tx, piece):
        return True
    case = await cases.hold(tx, piece.case_id)
    asked = await cases.person_of(tx, case)
    if asked is None or domain.Party.CLAIMANT not in domain.parties(case, person):
        return False
    if is_note:
        await answering.take_back(tx, case, piece, person, now=edited.at)
        return True
    if not await _is_read_again(desk, tx, case, piece, person, edited=edited):
        return False
    await _carry_over(desk, tx, case, piece, asked, edited=edited)
    await pieces.change_text(tx, piece, pieces.edited_text(piece, edited))
    return True


async def _is_read_again(
    desk: HandoverDesk, tx: Tx, case: Case, piece: Piece, author: Person, *, edited: Edited
) -> bool:
    """Nothing of a trainee goes out unread: a mentor looks at it again, if it has not left."""
    if answering.first_state(case, author) == "held" and piece.state != "checking":
        return True
    changed = domain.with_text(piece, pieces.edited_text(piece, edited))
    if piece.state == "checking":
        await checking.look_again(desk, tx, case, changed, author)
        return True
    return piece.state == "held" and await checking.wait_again(desk, tx, case, changed, author)


async def _carry_over(
    desk: HandoverDesk, tx: Tx, case: Case, piece: Piece, asked: Person, *, edited: Edited
) -> None:
    changed = domain.with_text(piece, edited.text)
    posts = answering.posts_of(desk, case, changed, asked, entities=edited.entities)
    # A copy shows the newest text by itself when it is made; a text is replaced.
    if piece.state in answering.WAITS and await outbox.replace(
        tx, answering.key_of(piece), posts[-1]
    ):
        return
    _ = desk.catalogs.words(asked.language)
    body = wording.marked(_, desk.organisation, edited.text, edited.entities)
    has_caption = piece.media in wording.WITH_CAPTION
    if piece.media == "album":
        await _edit_part(tx, piece, asked, edited)
    if piece.media is not None and not has_caption:
        return
    await outbox.put(
        tx,
        Edit(
            to=asked.telegram_id,
            slot=answering.slot_of(case, piece),
            text=body[0],
            entities=body[1],
            buttons=newcomer.answer_buttons(_, case),
            is_caption=has_caption,
            or_send=False,
            receipt=EDIT_RECEIPT,
            ref=str(piece.id),
            person_id=asked.id,
        ),
    )


async def _edit_part(tx: Tx, piece: Piece, asked: Person, edited: Edited) -> None:
    """The caption of one picture of an album; the mark is a line of its own above it."""
    copies = sorted(id_ for _, id_ in await pieces.copies_of(tx, piece.id))
    ids = sorted(piece.message_ids)
    if len(copies) != len(ids):
        return  # in the air: the copy shows the newest caption by itself
    change = Edit(
        to=asked.telegram_id,
        message_id=copies[ids.index(edited.message_id or 0)],
        text=edited.text,
        entities=edited.entities,
        is_caption=True,
        or_send=False,
        receipt=EDIT_RECEIPT,
        ref=str(piece.id),
        person_id=asked.id,
    )
    await outbox.put(tx, change)


async def edited(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """A correction that did not reach the person must not pass for one that did."""
    piece = await pieces.find(tx, int(receipt.ref))
    if piece is None or piece.state != "sent" or receipt.state == "sent":
        return
    case = await cases.find(tx, piece.case_id)
    text = answering.why_not(desk, receipt)
    await topics.say(desk, tx, case, text, reply_to=piece.message_ids[0])
