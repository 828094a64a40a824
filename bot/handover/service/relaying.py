"""The person speaks in a talk: to the colleague, into the waiting question, or as a new one."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, literal, or_

from bot.delivery import outbox
from bot.delivery.incoming import Edited
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Draft, Heard, Piece, State, Unsorted
from bot.handover.service import (
    answering,
    bundling,
    cases,
    closing,
    drafting,
    edits,
    escalating,
    inbox,
    muting,
    pieces,
    planning,
    slowing,
    taking_back,
    topics,
    unsorted,
)
from bot.handover.tables import a_case, case_messages
from bot.handover.tables import cases as rows
from bot.handover.wording import topic
from bot.people.domain import Person
from bot.storage.prepared import Prepared
from bot.storage.transaction import Tx

# Every message of a newcomer runs it.
_MINE = Prepared(
    cases.holding(
        rows.c.person_id == bindparam("person_id"),
        or_(
            rows.c.state.in_([literal(state) for state in (State.DRAFT, *domain.OPEN)]),
            (rows.c.state == State.CLOSED) & (rows.c.closed_at >= bindparam("since")),
        ),
    ).add_columns(
        muting.runs_for(rows.c.person_id).label("is_muted"),
        unsorted.waits_for(rows.c.person_id).label("has_unsorted"),
    )
)


async def hear(
    desk: HandoverDesk, tx: Tx, person: Person, message: pieces.Message, *, is_danger: bool = False
) -> Draft | Heard | Unsorted | None:
    """Give a message its place: a reply decides, then an open draft, then the live talk.

    `is_danger`: it names danger, and makes urgent what it belongs to.
    None: it belongs to none of these and is somebody else's to answer.
    """
    found = await tx.all(_MINE, _now(person, message.at))
    mine = [a_case(row) for row in found]
    if not mine or (found[0]["is_muted"] and await _is_hushed(desk, tx, person, mine, message)):
        return None
    if message.reply_to is not None:
        answered = await _answered(tx, message, mine)
        if answered is not None and answered.state is not State.DRAFT:
            return await _replied(
                desk, tx, person, answered, message, mine=mine, is_danger=is_danger
            )
    draft = next((case for case in mine if case.state is State.DRAFT), None)
    if draft is not None:
        return await drafting.add(tx, draft, person, message, is_danger=is_danger)
    return await _placed(
        desk, tx, person, mine, message, is_danger=is_danger, is_asked=found[0]["has_unsorted"]
    )


async def _placed(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    mine: list[Case],
    message: pieces.Message,
    *,
    is_danger: bool,
    is_asked: bool,
) -> Heard | Unsorted | None:
    """Into the only talk, or the one they chose; else they are asked. Danger waits for nothing.

    `is_asked`: something waits for their choice already, and nothing may overtake it.
    """
    live = await talks_of(tx, person, mine, now=message.at)
    case = unsorted.chosen(live, message.at)
    if case is None and not is_danger and (len(live) > 1 or is_asked):
        return await unsorted.keep(tx, person, mine, live, message)
    if not live:
        return None
    if case is None:
        case = unsorted.newest(live)
        if is_asked:  # what was said just before belongs to the danger
            found = await unsorted.of_person(tx, person.id)
            await unsorted.move(tx, found, case)
            await unsorted.hide_screen(tx, person, found)
    heard = await _join(desk, tx, person, case, message, is_danger=is_danger)
    return replace(heard, is_one_of_several=len(live) > 1)


async def _replied(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    case: Case,
    message: pieces.Message,
    *,
    mine: list[Case],
    is_danger: bool,
) -> Heard:
    """A reply decides by itself; among several talks it also chooses for what comes next."""
    heard = await _join(desk, tx, person, case, message, is_danger=is_danger)
    others = any(one.id != case.id and _is_live(one, message.at) for one in mine)
    if others:
        await unsorted.remember(tx, person.id, case.id, now=message.at)
    return replace(heard, is_one_of_several=others)


async def _is_hushed(
    desk: HandoverDesk, tx: Tx, person: Person, mine: list[Case], message: pieces.Message
) -> bool:
    """Muted people are told so where a colleague would have heard them; the bot answers on."""
    mute = await muting.current(tx, person.id, now=message.at)
    if mute is None:
        return False
    is_draft = any(case.state is State.DRAFT for case in mine)
    is_reply = message.reply_to is not None and await _answered(tx, message, mine) is not None
    if is_draft or is_reply or await talks_of(tx, person, mine, now=message.at):
        await muting.answer(desk, tx, person, mute, now=message.at)
    return True


async def talks_of(tx: Tx, person: Person, mine: list[Case], *, now: datetime) -> list[Case]:
    """The talks that go on. Who answers at once may be here before the receipt of what they read:
    an answer that has left counts; one whose receipt came meanwhile is found by looking again."""
    live = [case for case in mine if _is_live(case, now)]
    waiting = [case for case in mine if case.is_with_a_colleague]
    if live or not waiting:
        return live
    arrived = [case for case in waiting if await answering.may_have_arrived(tx, case)]
    return arrived or [case for case in await held(tx, person, now=now) if _is_live(case, now)]


def _is_live(case: Case, now: datetime) -> bool:
    is_invited = case.is_queued and case.live_until is not None and now < case.live_until
    return is_invited or case.is_live(now)


async def held(tx: Tx, person: Person, *, now: datetime) -> list[Case]:
    """The person's draft, open questions and those closed lately, in one order, held."""
    return await cases.found(tx, _MINE, _now(person, now))


def _now(person: Person, now: datetime) -> dict[str, Any]:
    return {"person_id": person.id, "since": now - domain.REOPENED_WITHIN, "now": now}


async def _answered(tx: Tx, message: pieces.Message, mine: list[Case]) -> Case | None:
    """Which own case is the answered message of?"""
    chat, id_ = message.chat_id, message.reply_to
    piece = await pieces.copied(tx, chat, id_) or await pieces.original(tx, chat, id_)
    case_id = piece.case_id if piece is not None and not piece.is_unsorted else None
    if piece is None:
        found = await cases.at_slot(tx, chat, id_)
        case_id = None if found is None else found.id
    return next((case for case in mine if case.id == case_id), None)


async def _join(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    case: Case,
    message: pieces.Message,
    *,
    is_danger: bool,
) -> Heard:
    became_urgent = is_danger and not case.is_urgent
    now, was_closed = message.at, case.state is State.CLOSED
    if was_closed:
        case = await closing.reopen(desk, tx, person, case, now=now)
    haste = slowing.CALM
    if case.has_place and not became_urgent:
        haste = await slowing.haste(tx, case, now=now)
    is_first = case.state not in domain.OURS or now - case.touched_at > domain.BURST
    with_colleague = case.is_with_a_colleague
    piece = await _write(desk, tx, case, message, haste=haste, is_danger=is_danger)
    case = await _noted(desk, tx, case, person, is_danger=is_danger, now=now)
    if not with_colleague:
        await inbox.show_text(desk, tx, case, became_urgent=became_urgent)
    return Heard(case, piece.id, is_first or was_closed, was_closed, haste.is_flood)


async def bring(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    case: Case,
    found: list[Piece],
    *,
    now: datetime,
    is_danger: bool = False,
) -> Case:
    """What waited for a place gets this one, and reaches its colleague in order."""
    became_urgent = is_danger and not case.is_urgent
    if case.state is State.CLOSED:
        case = await closing.reopen(desk, tx, person, case, now=now)
    await unsorted.move(tx, found, case)
    with_colleague = case.is_with_a_colleague
    case = await _noted(desk, tx, case, person, is_danger=is_danger, now=now)
    await topics.bring_waiting(desk, tx, case, now=now)
    if not with_colleague:
        await inbox.show_text(desk, tx, case, became_urgent=became_urgent)
    return case


async def _noted(
    desk: HandoverDesk, tx: Tx, case: Case, person: Person, *, is_danger: bool, now: datetime
) -> Case:
    """The person spoke: whose turn it is now, and how long for."""
    alarm: dict[str, Any] = {}
    if is_danger and not case.is_urgent:
        alarm = {"alarm_at": now, "alarms": 0}
    facts: dict[str, Any] = {"touched_at": now, **domain.urgency(is_danger=is_danger), **alarm}
    if case.is_with_a_colleague:
        facts["live_until"] = now + domain.TALK
    # What this reads back is the newest: the receipt of an answer may just have been written.
    case = await cases.note(tx, case.id, **facts) or case
    if case.state in domain.THEIRS:
        case = await cases.move(tx, "write", case.id, actor=person, now=now, **alarm)
        await planning.plan(desk, tx, case, now=now)
    if alarm:
        await escalating.became_urgent(desk, tx, case, person, now=now)
    return case


async def _write(
    desk: HandoverDesk,
    tx: Tx,
    case: Case,
    message: pieces.Message,
    *,
    haste: slowing.Haste,
    is_danger: bool,
) -> Piece:
    """Write it down, and see that it comes to the topic: at once when it names danger or is a
    reply, which must be a call of its own; else with what the person writes in the next moments.
    The first one waits too: often more follows, and nobody answers within two seconds."""
    has_topic = case.has_place and desk.group_of(case) is not None
    reply_to = await _answered_inside(desk, tx, case, message) if has_topic else None
    is_alone = is_danger or reply_to is not None or not desk.bundle
    goes_now = has_topic and is_alone and not haste.is_flood
    if goes_now and (is_danger or haste.is_waiting):
        await topics.bring_waiting(desk, tx, case, now=message.at)  # none overtakes another
    piece = await pieces.write(
        tx,
        case,
        message,
        direction="in",
        author_id=case.person_id,
        state="received",
        is_relayed=goes_now,
    )
    if goes_now:
        await outbox.put(tx, topics.copy_of(desk, case, [piece], reply_to=reply_to))
    elif haste.is_flood:
        await slowing.bring_later(tx, case, now=message.at)
    elif has_topic:
        await bundling.plan(tx, case, at=message.at + desk.bundle)
    return piece


async def _answered_inside(
    desk: HandoverDesk, tx: Tx, case: Case, message: pieces.Message
) -> str | int | None:
    """A reply stays a reply: the colleague's own message, or the copy of an earlier one."""
    if message.reply_to is None:
        return None
    answer = await pieces.copied(tx, message.chat_id, message.reply_to)
    if answer is not None and answer.case_id == case.id:
        return answer.message_ids[0] if answer.chat_id == desk.group_of(case) else None
    own = await pieces.original(tx, message.chat_id, message.reply_to)
    copies = await pieces.copies_of(tx, own.id) if own and own.case_id == case.id else []
    return copies[0][1] if copies else None


async def edit(
    desk: HandoverDesk, tx: Tx, person: Person, edited: Edited, *, is_danger: bool = False
) -> bool:
    """The person changed a message of a case: colleagues see the new text, the old is kept."""
    piece = await pieces.original(tx, edited.chat_id, edited.message_id)
    if piece is None or piece.direction != "in" or piece.author_id != person.id:
        return False
    if piece.is_unsorted:
        mine = await held(tx, person, now=edited.at)
        piece = await pieces.find(tx, piece.id) or piece  # a place may just have been found
        if piece.is_unsorted:
            return await _edit_unsorted(
                desk, tx, person, piece, edited, mine=mine, is_danger=is_danger
            )
    return await _edit_placed(desk, tx, person, piece, edited, is_danger=is_danger)


async def _edit_placed(
    desk: HandoverDesk, tx: Tx, person: Person, piece: Piece, edited: Edited, *, is_danger: bool
) -> bool:
    case = await cases.hold(tx, piece.case_id)
    if case.state not in (State.DRAFT, *domain.OPEN):
        return False
    if (mute := await muting.current(tx, person.id, now=edited.at)) is not None:
        await muting.answer(desk, tx, person, mute, now=edited.at)
        return True
    await pieces.change_text(tx, piece, pieces.edited_text(piece, edited))
    became_urgent = is_danger and not case.is_urgent
    if became_urgent:
        facts = {"is_urgent": True, "touched_at": edited.at, "alarm_at": edited.at, "alarms": 0}
        case = await cases.note(tx, case.id, **facts) or case
        if case.is_open:
            await escalating.became_urgent(desk, tx, case, person, now=edited.at)
    if case.is_queued:
        await inbox.show_text(desk, tx, case, became_urgent=became_urgent)
    if case.state is not State.DRAFT and case.has_place and piece.is_relayed:
        changed = domain.with_text(piece, edited.text)
        await edits.tell(desk, tx, case, changed, now=edited.at, is_danger=became_urgent)
    return True


async def _edit_unsorted(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    piece: Piece,
    edited: Edited,
    *,
    mine: list[Case],
    is_danger: bool,
) -> bool:
    """No colleague has it yet. When it names danger now, it waits for no choice any more."""
    if (mute := await muting.current(tx, person.id, now=edited.at)) is not None:
        await muting.answer(desk, tx, person, mute, now=edited.at)
        return True
    await pieces.change_text(tx, piece, pieces.edited_text(piece, edited))
    live = await talks_of(tx, person, mine, now=edited.at) if is_danger else []
    if live:
        case = unsorted.chosen(live, edited.at) or unsorted.newest(live)
        found = await unsorted.of_person(tx, person.id)
        await bring(desk, tx, person, case, found, now=edited.at, is_danger=True)
        await unsorted.hide_screen(tx, person, found)
    return True


async def take_out(
    desk: HandoverDesk, tx: Tx, person: Person, piece_id: int, *, now: datetime
) -> str:
    """ "No, a new question": what was said since goes out of the talk again. Returns its text."""
    piece = await pieces.find(tx, piece_id)
    if piece is None or piece.direction != "in" or piece.is_unsorted:
        raise Outdated
    case = await cases.own(tx, person.id, piece.case_id)
    if case.state not in domain.OPEN:
        raise Outdated
    later = [one for one in await pieces.of(tx, case.id) if one.id >= piece_id]
    if not await taking_back.taken_back(tx, case, later):
        await topics.say(desk, tx, case, topic.withdrawn(desk.staff_words))
    ids = [one.id for one in later]
    await tx.execute(delete(case_messages).where(case_messages.c.id.in_(ids)))
    case = await cases.note(tx, case.id, live_until=None) or case
    await taking_back.as_before(desk, tx, case, now=now)
    if case.is_queued:
        await inbox.show_text(desk, tx, case, is_taken_back=True)
    await cases.record(tx, "take_out", case.id, actor=person, now=now)
    return "\n".join(one.text for one in later if one.text)
