"""A colleague speaks: only the claimant's words go out, each held so that it can be stopped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.delivery import outbox
from bot.delivery.incoming import Edited, Entity, Incoming, Reacted, Said, SentMedia
from bot.delivery.messages import Copy, Delete, Message, Outgoing, React
from bot.delivery.outcomes import Receipt
from bot.errors import Refused, number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Kept, Piece, Stopped
from bot.handover.service import cases, pieces, topics
from bot.handover.wording import answer as wording
from bot.handover.wording import newcomer, topic
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx

ANSWER_RECEIPT = "handover.answered"
UNDO_RECEIPT = "handover.undone"
DELIVERED = "👌"
DISLIKE = "👎"
WAITS = ("checking", "held")  # has not left yet


async def locate(tx: Tx, incoming: Incoming) -> Case | None:
    """The case of the topic something was said in, or of the card it replies to."""
    if incoming.thread_id is not None:
        case = await cases.at_slot(tx, incoming.chat_id, incoming.thread_id)
        if case is not None:
            return case
    if incoming.reply_to is None:
        return None
    case = await cases.at_slot(tx, incoming.chat_id, incoming.reply_to)
    if case is not None:
        return case
    piece = await pieces.copied(tx, incoming.chat_id, incoming.reply_to) or await pieces.original(
        tx, incoming.chat_id, incoming.reply_to
    )
    return None if piece is None else await cases.find(tx, piece.case_id)


async def located(tx: Tx, incoming: Incoming) -> Case:
    """The same for what makes sense nowhere else. Raises NotInATopic."""
    case = await locate(tx, incoming)
    if case is None:
        raise domain.NotInATopic
    return case


async def named(tx: Tx, said: Said) -> Case:
    """The case that a command names by its number ("/tag 12"), else the one it is said at. Raises
    NotInATopic, Outdated for what is no number, NoSuchQuestion."""
    number = said.argument.lstrip("#")
    found = await cases.numbered(tx, number_in(number)) if number else None
    return found or await located(tx, said)


async def asked(tx: Tx, incoming: Incoming) -> tuple[Case, str] | None:
    """The prompt of the bot that this replies to: its case, and what was asked."""
    if incoming.reply_to is None or incoming.reply_to == incoming.thread_id:
        return None
    name = await outbox.slot_at(tx, incoming.chat_id, incoming.reply_to, "case:")
    if name is None or not (what := domain.what_of_slot(name)).startswith("ask:"):
        return None
    return await cases.find(tx, domain.case_of_slot(name)), what.removeprefix("ask:")


async def speak(
    desk: HandoverDesk, tx: Tx, person: Person, message: pieces.Message
) -> Kept | Piece | None:
    """Hold the claimant's message for the person; anything else stays inside. None: no case."""
    found = await locate(tx, message)
    if found is None:
        return None
    case = await cases.hold(tx, found.id)
    reason = _why_inside(case, person, pieces.text_of(message))
    asked = await cases.person_of(tx, case)
    if asked is None:
        reason = "over"
    if reason is not None or asked is None:
        return await _keep(tx, case, person, reason or "over")
    piece = await pieces.write(
        tx, case, message, direction="out", author_id=person.id, state=first_state(case, person)
    )
    reply_to = await _answered(tx, case, message)
    posts = posts_of(desk, case, piece, asked, entities=_entities(message), reply_to=reply_to)
    await outbox.put(tx, *posts)
    return piece


def _why_inside(case: Case, person: Person, text: str) -> str | None:
    if person.is_anonymous:
        return "anonymous"
    if text.startswith(domain.NOTE):
        return "note"
    if text.startswith("/"):
        return "command"
    if case.is_queued:
        return "unclaimed"
    if not case.is_with_a_colleague:
        return "over"
    return None if domain.Party.CLAIMANT in domain.parties(case, person) else "other"


def first_state(case: Case, claimant: Person) -> str:
    """Held for the seconds in which it may be stopped; a trainee's until a mentor has read it."""
    return "held" if domain.Party.STAFF in domain.parties(case, claimant) else "checking"


async def _keep(tx: Tx, case: Case, person: Person, reason: str) -> Kept:
    """It stays inside; each author hears so once a claim, except that nothing goes out any more.

    That a note stays inside says nothing of the next message, so it counts apart.
    """
    always = reason in ("over", "command")
    told = -person.id if reason == "note" else person.id
    is_news = told not in case.told_inside
    if is_news and not always:
        await cases.note(tx, case.id, told_inside=[*case.told_inside, told])
    claimant = await cases.name_of(tx, case.claimed_by) if reason == "other" else ""
    return Kept(case, reason, is_news or always, claimant)


async def _answered(tx: Tx, case: Case, message: pieces.Message) -> str | int | None:
    """A reply stays a reply: the person's message, or an own one in their chat."""
    if message.reply_to is None or message.reply_to == message.thread_id:
        return None
    copied = await pieces.copied(tx, message.chat_id, message.reply_to)
    if copied is not None and copied.case_id == case.id:
        return copied.message_ids[0]
    own = await pieces.original(tx, message.chat_id, message.reply_to)
    if own is not None and own.case_id == case.id:
        return slot_of(case, own)
    return None


def slot_of(case: Case, piece: Piece) -> str:
    """Where the person sees it."""
    return case.slot(f"out:{piece.id}")


def _entities(message: Incoming) -> tuple[Entity, ...]:
    return message.entities if isinstance(message, Said | SentMedia | Edited) else ()


def posts_of(
    desk: HandoverDesk,
    case: Case,
    piece: Piece,
    asked: Person,
    *,
    entities: tuple[Entity, ...],
    reply_to: str | int | None = None,
) -> list[Message]:
    """What the person gets: one marked text or file, or a mark and a plain copy."""
    _ = desk.catalogs.words(asked.language)
    hold = leaves_at(desk, piece)
    if piece.media is None and wording.fits(_, desk.organisation, piece.text):
        text, moved = wording.marked(_, desk.organisation, piece.text, entities)
        return [
            Outgoing(
                to=asked.telegram_id,
                key=key_of(piece),
                slot=slot_of(case, piece),
                text=text,
                entities=moved,
                buttons=newcomer.answer_buttons(_, case),
                hold_until=hold,
                reply_to=reply_to,
                receipt=ANSWER_RECEIPT,
                ref=str(piece.id),
                person_id=asked.id,
            )
        ]
    caption = wording.caption(_, desk.organisation, piece.media, piece.text, entities)
    copy = Copy(
        to=asked.telegram_id,
        key=key_of(piece),
        slot=slot_of(case, piece),
        from_chat=piece.chat_id,
        message_ids=piece.message_ids,
        caption=caption,
        buttons=() if len(piece.message_ids) > 1 else newcomer.answer_buttons(_, case),
        hold_until=hold,
        reply_to=reply_to,
        receipt=ANSWER_RECEIPT,
        ref=str(piece.id),
        person_id=asked.id,
    )
    return [copy] if caption is not None else [_mark(desk, _, piece, asked), copy]


def _mark(desk: HandoverDesk, _: Words, piece: Piece, asked: Person) -> Message:
    """A line of its own for what can carry none: an album, a sticker, a very long text."""
    return Outgoing(
        to=asked.telegram_id,
        key=f"{key_of(piece)}:mark",
        text=wording.mark(_, desk.organisation),
        entities=(),
        hold_until=leaves_at(desk, piece),
        person_id=asked.id,
    )


def leaves_at(desk: HandoverDesk, piece: Piece) -> datetime:
    """Until then it may be stopped; a trainee's waits until somebody lets it go."""
    return piece.at + (domain.UNCHECKED_KEPT if piece.state == "checking" else desk.hold)


def key_of(piece: Piece) -> str:
    """The key under which it waits."""
    return f"answer:{piece.id}"


def keys_of(piece: Piece) -> list[str]:
    """The same with that of its mark, where that is a line of its own; the message is the last."""
    return [f"{key_of(piece)}:mark", key_of(piece)]


async def may_have_arrived(tx: Tx, case: Case) -> bool:
    """Can the person see an answer of which the receipt is not written down yet?"""
    held = await pieces.held(tx, case.id)
    return await outbox.may_have_arrived(tx, [key_of(piece) for piece in held])


async def stop(tx: Tx, person: Person, incoming: Incoming) -> Stopped:
    """/stop: keep in what still waits. Raises NothingToStop."""
    piece = await _meant(tx, person, incoming, "checking", "held")
    if piece is None or not await hold_back(tx, piece):
        raise domain.NothingToStop
    return Stopped(was_sent=False)


async def dislike(desk: HandoverDesk, tx: Tx, person: Person, reacted: Reacted) -> None:
    """The author put a 👎 on an own message: kept in, if it has not gone out."""
    if DISLIKE not in reacted.emojis:
        return
    piece = await pieces.original(tx, reacted.chat_id, reacted.message_id)
    if piece is None or piece.author_id != person.id or piece.state not in WAITS:
        return
    if await hold_back(tx, piece):
        case = await cases.find(tx, piece.case_id)
        text = topic.stopped(desk.staff_words)
        await topics.say(desk, tx, case, text, reply_to=reacted.message_id)


async def hold_back(tx: Tx, piece: Piece) -> bool:
    """Keep in what still waits; False when it is too late."""
    if not await outbox.cancel(tx, key_of(piece)):
        return False
    await outbox.cancel(tx, f"{key_of(piece)}:mark")
    await pieces.change(tx, piece.id, state="stopped")
    return True


async def undo(tx: Tx, person: Person, incoming: Incoming, *, now: datetime) -> Stopped:
    """/undo: stop what waits, delete what went out. Raises NothingToUndo."""
    held = await _meant(tx, person, incoming, "checking", "held")
    if held is not None and await hold_back(tx, held):
        return Stopped(was_sent=False)
    piece = held or await _meant(tx, person, incoming, "sent")
    if piece is None:
        raise domain.NothingToUndo
    case = await cases.hold(tx, piece.case_id)
    await take_back(tx, case, piece, person, now=now)
    return Stopped(was_sent=True)


async def take_back(tx: Tx, case: Case, piece: Piece, person: Person, *, now: datetime) -> None:
    """Delete it in the person's chat; one that is in the air now, as soon as it has landed."""
    newest = await pieces.find(tx, piece.id)  # it may have landed before we held the case
    copies = await pieces.copies_of(tx, piece.id)
    if newest is None or newest.state not in ("held", "sent"):
        raise domain.NothingToUndo
    if newest.state == "sent" and not copies:
        raise domain.NothingToUndo
    await _delete(tx, piece, copies)
    await pieces.change(tx, piece.id, state="undone")
    await cases.record(tx, "undo", case.id, actor=person, now=now, message=piece.id)


async def _delete(tx: Tx, piece: Piece, copies: Sequence[tuple[int, int]]) -> None:
    if not copies:
        return
    ids = tuple(id_ for _, id_ in copies)
    delete = Delete(to=copies[0][0], message_ids=ids, receipt=UNDO_RECEIPT, ref=str(piece.id))
    await outbox.put(tx, delete)


async def _meant(tx: Tx, person: Person, incoming: Incoming, *states: str) -> Piece | None:
    """The own message a command is about: the one it replies to, else the newest."""
    if incoming.reply_to is not None:
        piece = await pieces.original(tx, incoming.chat_id, incoming.reply_to)
        if piece is not None and piece.direction == "out":
            return piece if piece.author_id == person.id and piece.state in states else None
    case = await located(tx, incoming)
    found = await pieces.newest(tx, case.id, states=states, author_id=person.id)
    return found[0] if found else None


async def delivered(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """An answer went out, or did not: the mark on it, or the reason in the topic."""
    try:
        case = await cases.hold_of(tx, int(receipt.ref))
    except domain.NoSuchQuestion:
        return  # erased meanwhile
    piece = await pieces.find(tx, int(receipt.ref))
    if piece is not None and piece.state == "undone" and receipt.state == "sent":
        await _delete(tx, piece, [(receipt.chat_id, id_) for id_ in receipt.ids])
    if piece is None or piece.state not in ("held", "sent"):
        return
    if receipt.state == "sent":
        await _arrived(desk, tx, case, piece, receipt, now=now)
        return
    is_unsure = receipt.state == "uncertain"
    await pieces.change(tx, piece.id, state="sent" if is_unsure else "failed")
    text = why_not(desk, receipt)
    await topics.say(desk, tx, case, text, reply_to=piece.message_ids[0])


def why_not(desk: HandoverDesk, receipt: Receipt) -> str:
    """Why something did not reach the person, in words for the colleague."""
    _ = desk.staff_words
    if receipt.state == "uncertain":
        return topic.unsure(_)
    if receipt.state == "unreachable":
        return topic.blocked(_)
    return topic.failed(_, receipt)


async def _arrived(
    desk: HandoverDesk, tx: Tx, case: Case, piece: Piece, receipt: Receipt, *, now: datetime
) -> None:
    await pieces.change(tx, piece.id, state="sent")
    await pieces.remember_copies(tx, receipt.chat_id, [(piece.id, id_) for id_ in receipt.ids])
    react = React(
        to=piece.chat_id,
        lane="mark",
        message_id=piece.message_ids[0],
        emoji=DELIVERED,
        expires_at=now + domain.MARK_LASTS,
    )
    await outbox.put(tx, react)
    facts = _learnt(case, piece, now)
    is_last_word = not await pieces.came_since(tx, case.id, piece.at + desk.hold)
    step = domain.TRANSITIONS.get(piece.moves)
    if step is not None and case.state in step.sources and is_last_word:
        await _moved(tx, piece.moves, case, now=now, live_until=now + domain.TALK, **facts)
    elif case.is_with_a_colleague:
        await cases.note(tx, case.id, live_until=now + domain.TALK, **facts)
    elif facts:
        await cases.note(tx, case.id, **facts)


def _learnt(case: Case, piece: Piece, now: datetime) -> dict[str, Any]:
    """What is noted on the question: since when it has an answer, and which topics were shown."""
    facts: dict[str, Any] = {}
    if piece.moves and case.answered_at is None:
        facts["answered_at"] = now
    if piece.showed and piece.showed not in case.shown:
        facts["shown"] = [*case.shown, piece.showed]
    return facts


async def _moved(tx: Tx, step: str, case: Case, *, now: datetime, **facts: Any) -> None:
    try:
        await cases.move(tx, step, case.id, actor=None, now=now, **facts)
    except Refused:
        return  # it was closed or released meanwhile; the answer still arrived


async def taken_back(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """Did Telegram delete the message in the person's chat?"""
    piece = await pieces.find(tx, int(receipt.ref))
    if piece is None:
        return
    case = await cases.find(tx, piece.case_id)
    is_done = receipt.state == "sent"
    if not is_done:
        await pieces.change(tx, piece.id, state="sent")
    _ = desk.staff_words
    text = topic.undone(_) if is_done else topic.not_undone(_)
    await topics.say(desk, tx, case, text, reply_to=piece.message_ids[0])
