"""The end of a talk, its rating, and taking it up again."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from bot.delivery import outbox
from bot.delivery.messages import Message, Outgoing, in_reading_order
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, State
from bot.handover.service import (
    cases,
    checking,
    deadlines,
    headers,
    inbox,
    planning,
    sweeping,
    topics,
    unsorted,
)
from bot.handover.tables import a_case, ratings
from bot.handover.tables import cases as rows
from bot.handover.wording import newcomer, topic
from bot.language import formats
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


async def close(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """A colleague ends it; the person is told and may rate it."""
    require(person)
    case = await cases.move(
        tx, "close", case_id, actor=person, now=now, closed_at=now, live_until=None
    )
    await checking.keep_in(desk, tx, case)
    await topics.bring_waiting(desk, tx, case, now=now)
    posts = [
        *await _farewell(desk, tx, case, now=now),
        *topics.shut_posts(desk, case),
    ]
    await outbox.put(tx, *posts)
    await headers.follow(desk, tx, case, now=now)
    await sweeping.put_away(desk, tx, case, name=person.first_name, now=now)
    return case


async def _farewell(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> list[Message]:
    asked = await cases.person_of(tx, case)
    if asked is None:
        return []
    _ = desk.catalogs.words(asked.language)
    text, buttons = newcomer.closed(_, case)
    farewell = Outgoing(
        to=asked.telegram_id,
        slot=case.slot("closed"),
        key=_farewell_key(case),
        text=text,
        buttons=buttons,
        hold_until=now + desk.hold,  # the last words may still be held; they come first
        person_id=asked.id,
    )
    return in_reading_order([farewell], is_rtl=_.is_rtl)


def _farewell_key(case: Case) -> str:
    return f"closed:{case.id}:{case.closed_at}"


async def solve(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """The person ends it."""
    await cases.own(tx, person.id, case_id)
    case = await cases.move(
        tx, "solve", case_id, actor=person, now=now, closed_at=now, live_until=None
    )
    await checking.keep_in(desk, tx, case)
    name = await cases.name_of(tx, case.claimed_by)
    await topics.bring_waiting(desk, tx, case, now=now)
    posts = [
        *topics.said(desk, case, topic.solved(desk.staff_words)),
        *topics.shut_posts(desk, case),
    ]
    await outbox.put(tx, *posts)
    await headers.follow(desk, tx, case, now=now)
    await sweeping.put_away(desk, tx, case, name=name, now=now)
    if case.claimed_by is None:
        await inbox.plan_list(desk, tx, await inbox.of(tx, case.inbox), now=now)
    return case


async def rate(tx: Tx, person: Person, case_id: int, score: int, *, now: datetime) -> Case:
    """One smiley, once, as a count without person or case. Raises Outdated."""
    if score not in domain.SCORES:
        raise Outdated
    await cases.own(tx, person.id, case_id)
    once = (
        update(rows)
        .where(
            rows.c.id == case_id,
            rows.c.person_id == person.id,
            rows.c.state == State.CLOSED,
            rows.c.is_rated.is_(False),
        )
        .values(is_rated=True)
        .returning(rows)
    )
    row = await tx.one(once)
    if row is None:
        raise Outdated
    case = a_case(row)
    await _count(tx, case, score, now=now)
    return case


async def _count(tx: Tx, case: Case, score: int, *, now: datetime) -> None:
    statement = tx.insert(ratings).values(
        on=formats.day_of(now),
        language=case.language,
        category=case.category or "",
        score=score,
        count=1,
    )
    keys = ["on", "language", "category", "score"]
    counted = {"count": ratings.c.count + 1}
    await tx.execute(statement.on_conflict_do_update(index_elements=keys, set_=counted))


async def go_on(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """The person has one more question on this: what they write now belongs to it."""
    case = await cases.own(tx, person.id, case_id)
    if case.state is not State.CLOSED and case.state not in domain.OPEN:
        raise Outdated
    await unsorted.remember(tx, person.id, case.id, now=now)
    if case.state is State.CLOSED:
        return await reopen(desk, tx, person, case, now=now)
    kept = await cases.note(tx, case.id, live_until=now + domain.TALK)
    return kept or case


async def reopen(desk: HandoverDesk, tx: Tx, actor: Person, case: Case, *, now: datetime) -> Case:
    """The same talk in the same topic; in the queue when its colleague is gone."""
    is_asker = actor.id == case.person_id
    if is_asker and case.state is State.CLOSED and not case.may_be_reopened(now):
        raise domain.TooLateToReopen
    if not is_asker:
        require(actor)
    opened = await _opened(tx, actor, case, now=now)
    await outbox.cancel(tx, _farewell_key(case))
    said = topic.reopened(desk.staff_words, by_person=is_asker, name=actor.first_name)
    posts = [*topics.reopen_posts(desk, opened), *topics.said(desk, opened, said)]
    if not opened.is_queued:
        await planning.plan(desk, tx, opened, now=now)
    if not opened.is_queued and await sweeping.is_line(tx, case, now=now):
        name = await cases.name_of(tx, opened.claimed_by)
        posts += inbox.state_posts(desk, opened, name=name)
    await outbox.put(tx, *posts)
    await headers.show(desk, tx, opened, now=now)
    await deadlines.plan(desk, tx, opened, now=now)
    if opened.is_queued:
        await inbox.post_card(desk, tx, opened, now=now)
    return opened


async def _opened(tx: Tx, actor: Person, case: Case, *, now: datetime) -> Case:
    """With the colleague who had it, else in the queue."""
    live: dict[str, Any] = {"closed_at": None, "live_until": now + domain.TALK}
    if not await cases.is_with_us(tx, case.claimed_by):
        live = cases.back_in_queue() | live
        return await cases.move(tx, "requeue", case.id, actor=actor, now=now, **live)
    return await cases.move(tx, "reopen", case.id, actor=actor, now=now, **live)


async def reopen_by_id(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Case:
    """A colleague opens it again."""
    require(person)
    case = await cases.hold(tx, case_id)
    if case.person_id is None:
        raise domain.NoSuchQuestion
    return await reopen(desk, tx, person, case, now=now)
