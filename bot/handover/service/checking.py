"""A trainee's words wait for a mentor: any colleague of the staff but who wrote them.

They wait in the outbox, ready to leave, so that ✓ sends exactly what the mentor has read: a button
names the text it stands under, and an edit makes another button.
"""

import zlib
from datetime import datetime

from bot.delivery import outbox
from bot.delivery.incoming import Tapped
from bot.delivery.messages import Delete, Edit, Message, Outgoing
from bot.errors import number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Party, Piece
from bot.handover.service import answering, cases, pieces, topics
from bot.handover.wording import checking as wording
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


def version(piece: Piece) -> str:
    """A mark of the text, for the button below it."""
    return f"{zlib.crc32(piece.text.encode()):08x}"


def prompt(desk: HandoverDesk, piece: Piece, author: Person) -> Outgoing:
    """Under the trainee's message: may this go out?"""
    text, buttons = wording.may_it_go(desk.staff_words, author.first_name, piece.id, version(piece))
    return Outgoing(
        slot=_slot(piece.case_id, piece.id),
        text=text,
        buttons=buttons,
        reply_to=piece.message_ids[0],
    )


def _slot(case_id: int, piece_id: int) -> str:
    return domain.slot(case_id, f"check:{piece_id}")


async def approve(
    desk: HandoverDesk, tx: Tx, mentor: Person, piece_id: int, seen: str, *, now: datetime
) -> None:
    """✓: from now on it is held and sent like a colleague's. `seen`: the text that was read.

    Raises NotForTrainees, NotYourOwn, CheckedAlready, ChangedMeanwhile.
    """
    case, piece = await _waiting(tx, mentor, piece_id)
    if case.claimed_by != piece.author_id or not case.is_with_a_colleague:
        raise domain.CheckedAlready
    if seen != version(piece):
        raise domain.ChangedMeanwhile
    if not await outbox.hold_until(tx, answering.keys_of(piece), now + desk.hold):
        raise domain.CheckedAlready
    await pieces.change(tx, piece.id, state="held", checked_by=mentor.id, at=now)
    await cases.record(tx, "check", case.id, actor=mentor, now=now, message=piece.id)


async def refuse(
    desk: HandoverDesk, tx: Tx, mentor: Person, piece_id: int, *, now: datetime
) -> None:
    """✗: it stays in, and the trainee hears it under the message. Raises as `approve`."""
    case, piece = await _waiting(tx, mentor, piece_id)
    await answering.hold_back(tx, piece)
    await pieces.change(tx, piece.id, checked_by=mentor.id)
    await cases.record(tx, "refuse", case.id, actor=mentor, now=now, message=piece.id)
    author = await cases.name_of(tx, piece.author_id)
    text = wording.not_like_this(desk.staff_words, mentor.first_name, author)
    await topics.say(desk, tx, case, text, reply_to=piece.message_ids[0])


async def _waiting(tx: Tx, mentor: Person, piece_id: int) -> tuple[Case, Piece]:
    require(mentor)
    if Party.STAFF not in domain.kinds(mentor):
        raise domain.NotForTrainees
    case = await cases.hold_of(tx, piece_id)
    piece = await pieces.find(tx, piece_id)
    if piece is None or piece.state != "checking":
        raise domain.CheckedAlready
    if piece.author_id == mentor.id:
        raise domain.NotYourOwn
    return case, piece


async def look_again(desk: HandoverDesk, tx: Tx, case: Case, piece: Piece, author: Person) -> None:
    """The trainee has changed it: the button below it is for the new text."""
    place = await outbox.slot(tx, _slot(case.id, piece.id))
    if place is None:
        return
    text, buttons = wording.may_it_go(desk.staff_words, author.first_name, piece.id, version(piece))
    edit = Edit(to=place.chat_id, message_id=place.id, text=text, buttons=buttons, or_send=False)
    await outbox.put(tx, edit)


async def wait_again(desk: HandoverDesk, tx: Tx, case: Case, piece: Piece, author: Person) -> bool:
    """A trainee changes what a mentor has let go, in the seconds before it leaves: it waits again.
    False when it has left."""
    until = piece.at + domain.UNCHECKED_KEPT
    if not await outbox.hold_until(tx, answering.keys_of(piece), until):
        return False
    await pieces.change(tx, piece.id, state="checking", checked_by=None)
    await look_again(desk, tx, case, piece, author)
    return True


async def keep_in(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """The question left its trainee: what nobody has checked stays in, and that is said."""
    kept = [piece for piece in await pieces.checking(tx, case.id) if await stop(tx, case, piece)]
    if kept:
        text = wording.stayed_in(desk.staff_words, len(kept))
        await topics.say(desk, tx, case, text, reply_to=kept[-1].message_ids[0])


async def stop(tx: Tx, case: Case, piece: Piece) -> bool:
    """Keep it in, and take the buttons away. False when it is too late."""
    if not await answering.hold_back(tx, piece):
        return False
    await outbox.put(tx, *await buttons_gone(tx, case, piece.id))
    return True


async def buttons_gone(tx: Tx, case: Case, piece_id: int) -> list[Message]:
    """The question under a trainee's message is answered."""
    place = await outbox.slot(tx, _slot(case.id, piece_id))
    if place is None:
        return []
    await outbox.forget_slots(tx, place.name)
    return [Delete(to=place.chat_id, lane="update", message_ids=(place.id,))]


def parts(tap: Tapped) -> tuple[int, str]:
    """The message and the mark of its text, from a button."""
    number, _, seen = tap.argument.partition(":")
    return number_in(number), seen
