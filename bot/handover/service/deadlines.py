"""The last day that a letter names: kept, shown, and told to colleagues in time."""

from datetime import date, datetime
from functools import partial
from typing import Any

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import cases, headers, inbox, topics
from bot.handover.tables import cases as rows
from bot.handover.wording import deadlines as wording
from bot.language import formats
from bot.people.domain import Person, require
from bot.people.service import recognition
from bot.schedule import due
from bot.storage.transaction import Tx

KIND = "handover.deadline"
_MENTIONED = 5  # colleagues on duty that one message names


async def set_own(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, day: date, *, now: datetime
) -> Case:
    """The person names the last day on their letter. Raises DateIsPast, Outdated."""
    if not (await cases.own(tx, person.id, case_id)).is_open:
        raise Outdated
    return await _keep(desk, tx, person, case_id, day, now=now)


async def set_by_staff(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, day: date | None, *, now: datetime
) -> Case:
    """A colleague read it on the letter; None takes it away. Raises DateIsPast, QuestionIsOver."""
    require(person)
    await cases.hold(tx, case_id)
    return await _keep(desk, tx, person, case_id, day, now=now)


async def _keep(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, day: date | None, *, now: datetime
) -> Case:
    today, case = formats.day_of(now), await cases.find(tx, case_id)
    if not case.is_open:
        raise domain.QuestionIsOver
    facts: dict[str, Any] = {"deadline": day}
    if day is not None:
        if day < today:
            raise domain.DateIsPast
        if _left(desk, case, day, today) <= domain.URGENT:
            facts["is_urgent"] = True
    case = await cases.note(tx, case_id, **facts) or case
    named = "none" if day is None else day.isoformat()
    await cases.record(tx, "deadline", case_id, actor=person, now=now, day=named)
    await _show(desk, tx, case, now=now)
    is_from_person = person.id == case.person_id
    await _post(desk, tx, case, is_news=True, is_from_person=is_from_person, now=now)
    await plan(desk, tx, case, now=now)
    return case


async def plan(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """Have colleagues told on the next morning that asks for it."""
    if case.deadline is None or not case.is_open:
        await due.cancel(tx, _key(case))
        return
    at = domain.next_ping(now, case.deadline, partial(_is_closed, desk, case))
    if at is None:
        await due.cancel(tx, _key(case))
    else:
        await due.plan(tx, key=_key(case), kind=KIND, ref=str(case.id), at=at)


async def ping(desk: HandoverDesk, tx: Tx, case_id: int, *, now: datetime) -> None:
    """A few working days are left: say so to who has it, or to who is on duty."""
    case = next(iter(await cases.find_all(tx, rows.c.id == case_id)), None)
    if case is None or case.deadline is None or not case.is_open:
        return  # taken up again later: `plan` is asked again then
    today = formats.day_of(now)
    if case.deadline < today:
        return
    if not case.is_urgent and _left(desk, case, case.deadline, today) <= domain.URGENT:
        case = await cases.note(tx, case.id, is_urgent=True) or case
        await cases.record(tx, "urgent", case.id, actor=None, now=now)
    await _show(desk, tx, case, now=now)
    await _post(desk, tx, case, now=now)
    await plan(desk, tx, case, now=now)


async def refresh_all(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """Every night: what is left is a day less, on cards and headers; nothing planned is lost."""
    last = formats.day_of(now)
    found = await cases.find_all(
        tx, rows.c.state.in_(domain.OPEN), rows.c.deadline.is_not(None), rows.c.deadline >= last
    )
    for case in found:
        await _show(desk, tx, case, now=now)
        await plan(desk, tx, case, now=now)


def _key(case: Case) -> str:
    return f"deadline:{case.id}"


def _left(desk: HandoverDesk, case: Case, last: date, today: date) -> int:
    return domain.working_days_left(today, last, partial(_is_closed, desk, case))


def _is_closed(desk: HandoverDesk, case: Case, day: date) -> bool:
    return desk.timetable.is_closed(case.desk, case.language, day)


async def _show(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """On the card while it waits, in the list, and in the header of its topic."""
    if case.is_queued:
        await inbox.show_text(desk, tx, case, now=now, became_urgent=True)
    elif case.is_with_a_colleague:
        await headers.show(desk, tx, case, now=now)


async def _post(
    desk: HandoverDesk,
    tx: Tx,
    case: Case,
    *,
    is_news: bool = False,
    is_from_person: bool = False,
    now: datetime,
) -> None:
    """One message to the colleagues; a card that shows a new day says enough when time is left."""
    left = None if case.deadline is None else _left(desk, case, case.deadline, formats.day_of(now))
    is_soon = left is not None and left < domain.AT_ONCE
    if is_news and case.is_queued and not is_soon:
        return
    called = await _called(desk, tx, case, now=now) if is_soon or not is_news else []
    news = wording.News(case, left, tuple(called), is_from_person=is_from_person)
    text = wording.told(desk.staff_words, news, today=formats.day_of(now))
    if case.is_with_a_colleague:
        await topics.say(desk, tx, case, text)
    elif (group := desk.group_of(case)) is not None:
        home = await inbox.of(tx, case.inbox)
        post = Outgoing(
            to=group,
            lane="urgent" if case.is_urgent else "notice",
            in_topic=home.slot("topic") if home.made_at else None,
            reply_to=case.slot("card"),
            text=text,
        )
        await outbox.put(tx, post)


async def _called(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> list[Person]:
    """Whom the message names: who has the question, else who is on duty for it."""
    ids: tuple[int, ...] = desk.timetable.on_duty(case.desk, case.language, now)
    if case.claimed_by is not None:
        ids = (case.claimed_by,)
    found = [await recognition.find_person(tx, id_) for id_ in ids[:_MENTIONED]]
    return [one for one in found if one is not None and one.role is not None]
