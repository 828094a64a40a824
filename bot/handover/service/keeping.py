"""How long things are kept, what a person gets to see of it, and that it can be erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from bot.delivery import outbox
from bot.delivery.messages import ChangeTopic, Delete
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, State
from bot.handover.service import (
    cases,
    checking,
    drafting,
    headers,
    inbox,
    leaving,
    pieces,
    proposing,
    rating,
    referring,
    signals,
    topics,
)
from bot.handover.tables import case_messages
from bot.handover.tables import cases as rows
from bot.handover.wording import topic
from bot.schedule import due
from bot.storage.transaction import Tx

_AT_ONCE = 200  # a night; the rest goes the next one
_OVER = (State.CLOSED, State.DROPPED, State.DELETED)


async def reduce_old(desk: HandoverDesk, tx: Tx, *, now: datetime) -> int:
    """Closed long ago: texts, media and the staff topic go, a row without a person stays."""
    old = await cases.find_all(
        tx,
        rows.c.state.in_(_OVER),
        rows.c.closed_at < now - desk.retention,
        rows.c.is_reduced.is_(False),
    )
    for case in old[:_AT_ONCE]:
        await reduce(tx, case)
    return len(old[:_AT_ONCE])


async def reduce(tx: Tx, case: Case, **values: Any) -> None:
    """Take everything personal out of a case, also in the staff group."""
    await _erase_in_group(tx, case)
    await referring.erase(tx, case)
    await proposing.forget_case(tx, case)
    await signals.part_from(tx, case)
    await outbox.forget_slots(tx, f"case:{case.id}:")
    await tx.execute(delete(case_messages).where(case_messages.c.case_id == case.id))
    await cases.note(
        tx,
        case.id,
        person_id=None,
        claimed_by=None,
        shown=[],
        no_help=[],
        told_inside=[],
        live_until=None,
        handed_to=None,
        note="",
        rating_words="",
        deadline=None,
        phone=None,
        referred_at=None,
        visit_at=None,
        chosen_until=None,
        office=None,
        about=None,
        is_reduced=True,
        **values,
    )


async def _erase_in_group(tx: Tx, case: Case) -> None:
    await leaving.erase(tx, case)
    await rating.erase(tx, case)
    place = await outbox.slot(tx, case.slot("topic"))
    if place is not None:
        change = ChangeTopic(to=place.chat_id, lane="update", in_topic=place.id, change="delete")
        await outbox.put(tx, change)
        return
    header = await outbox.slot(tx, case.slot("header"))
    if header is None:
        return
    copies = [header.id, *await pieces.group_copies(tx, case.id, header.chat_id)]
    await outbox.put(tx, Delete(to=header.chat_id, lane="update", message_ids=tuple(copies)))


async def export(tx: Tx, person_id: int) -> dict[str, Any]:
    """A person's own questions, for /mydata."""
    mine = await cases.find_all(tx, rows.c.person_id == person_id)
    return {"questions": [await _exported(tx, case) for case in mine]}


async def _exported(tx: Tx, case: Case) -> dict[str, Any]:
    said = await pieces.of(tx, case.id, direction=None, with_unsorted=True)
    return {
        "number": case.number,
        "language": case.language,
        "category": case.category,
        "state": str(case.state),
        "sent_at": case.opened_at.isoformat() if case.opened_at else None,
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "note": case.note,
        "why_you_rated_so": await cases.rating_words(tx, case.id),
        "did_not_help": list(case.no_help),
        "deadline": case.deadline.isoformat() if case.deadline else None,
        "phone": case.phone,
        "office": case.office,
        "about": case.about,
        "legal_helpdesk": case.visit_at.isoformat() if case.visit_at else None,
        "messages": [
            {
                "from": "you" if piece.direction == "in" else "a colleague",
                "at": piece.at.isoformat(),
                "text": piece.text,
                "media": piece.media,
            }
            for piece in said
            if piece.state in ("received", "sent")
        ],
    }


async def forget(desk: HandoverDesk, tx: Tx, person_id: int, *, now: datetime) -> None:
    """The person deletes their data: colleagues see "deleted by the person", nothing else stays."""
    for case in await cases.find_all(tx, rows.c.person_id == person_id):
        if case.state is State.DRAFT:
            await drafting.discard(tx, case)
        elif case.state is not State.DELETED:
            await _forget_case(desk, tx, case, now=now)
    await give_back(desk, tx, person_id, now=now)
    mine = case_messages.c.author_id == person_id
    await tx.execute(update(case_messages).where(mine).values(author_id=None))


async def _forget_case(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    for piece in await pieces.of(tx, case.id, direction=None, with_unsorted=True):
        await _cancel_posts(tx, case, piece.id)
    await outbox.cancel(tx, f"card:{case.id}:{case.cards_made}")
    await outbox.cancel(tx, leaving.topic_key(case))
    case = await cases.move(tx, "forget", case.id, actor=None, now=now, closed_at=now)
    await inbox.delete_card(desk, tx, case)
    for plan in (f"draft:{case.id}", f"deadline:{case.id}", case.slot("which")):
        await due.cancel(tx, plan)
    await reduce(tx, case)
    await inbox.plan_list(desk, tx, await inbox.of(tx, case.inbox), now=now)


async def _cancel_posts(tx: Tx, case: Case, piece_id: int) -> None:
    keys = [f"answer:{piece_id}", f"answer:{piece_id}:mark", leaving.relay_key(case, piece_id)]
    for key in keys:
        await outbox.cancel(tx, key)


async def give_back_orphans(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """Colleagues left the team: nobody would read what the people they talked with write now."""
    taken = await cases.find_all(
        tx, rows.c.claimed_by.is_not(None), rows.c.state.in_(domain.WITH_A_COLLEAGUE)
    )
    for staff_id in {case.claimed_by for case in taken}:
        if staff_id is not None and not await cases.is_with_us(tx, staff_id):
            await give_back(desk, tx, staff_id, now=now)


async def mirror(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """The database is the truth: what never came to the group, because there was none yet or the
    bot could not write in it, is brought there."""
    await _leave_old_groups(desk, tx)
    for case in await cases.find_all(tx, rows.c.state.in_(domain.OPEN)):
        if desk.group_of(case) is None:
            continue
        if case.is_queued:
            await inbox.catch_up(desk, tx, case, now=now)
        else:
            await topics.catch_up(desk, tx, case)


async def _leave_old_groups(desk: HandoverDesk, tx: Tx) -> None:
    """The operator has named another group: what stands in the old one counts no more, so that it
    is made anew where the team is now."""
    for case in await cases.find_all(tx, rows.c.state.in_(domain.OPEN)):
        await _leave(tx, case.slot(""), desk.group_of(case))
    for home in await inbox.every(tx):
        if await _leave(tx, home.slot(""), desk.group_at(home)):
            await inbox.keep(tx, home.name, made_at=None, listed_at=None, has_topics=True)


async def _leave(tx: Tx, prefix: str, group: int | None) -> bool:
    """Forget what stands in another group than this; True when there was something."""
    found = await outbox.slots_of(tx, prefix)
    old = {one.chat_id for one in found if one.chat_id < 0 and one.chat_id != group}
    for chat_id in old if group is not None else ():
        await outbox.forget_slots(tx, prefix, chat_id=chat_id)
    return bool(old) and group is not None


async def give_back(desk: HandoverDesk, tx: Tx, staff_id: int, *, now: datetime) -> Sequence[Case]:
    """A colleague is gone: what they had goes back into the queue."""
    with_them = cases.holding(  # the person may end one at the same moment
        rows.c.claimed_by == staff_id, rows.c.state.in_(domain.WITH_A_COLLEAGUE)
    )
    held = await cases.found(tx, with_them)
    for case in held:
        freed = await cases.move(
            tx, "release", case.id, actor=None, now=now, **cases.back_in_queue()
        )
        await checking.keep_in(desk, tx, freed)
        await topics.say(desk, tx, freed, topic.released(desk.staff_words, "—"))
        await headers.follow(desk, tx, freed, now=now)
        await inbox.post_card(desk, tx, freed, now=now)
    return held
