"""How was the cooperation? Asked of an organisation after a shift and at an assignment's end, by
taps where a contact person has Telegram, else by a signed page. Nobody is graded; what they write
goes to the coordinators of the office and to nobody else."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import insert, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events.domain import EventId
from bot.events.service import listing
from bot.language import formats
from bot.language.catalog import Words
from bot.people import service as people
from bot.people.domain import Person, Role, is_at_least
from bot.schedule import timing
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.domain.evaluations import Request
from bot.volunteering.domain.organisations import NotAContact
from bot.volunteering.service import assignments, contacts, evaluations, links, offices
from bot.volunteering.service.offices import require_office
from bot.volunteering.wording import feedback as wording

_MANY = 50  # asked in one night
_table = tables.organisation_requests


async def offer(
    tx: Tx, assignment_id: int, event_id: int | None, *, now: datetime
) -> Request | None:
    """Ask the organisation of this assignment: after a shift, at the end without one. None when it
    was asked of this assignment lately: shifts of every week would make it a burden."""
    own = _table.c.assignment_id == assignment_id
    lately = _table.c.asked_at > now - domain.ASKED_APART
    if await tx.one(select(_table.c.id).where(own, lately).limit(1)) is not None:
        return None
    values = {
        "assignment_id": assignment_id,
        "about": domain.END if event_id is None else domain.SHIFT,
        "ref": "" if event_id is None else str(event_id),
        "asked_at": now,
    }
    made = tx.insert(_table).values(values).on_conflict_do_nothing().returning(_table)
    row = await tx.one(made)
    return None if row is None else await _request(tx, row)


async def waiting(tx: Tx, event_id: int, *, now: datetime) -> int | None:
    """The question about a shift that can still be answered; None: there is none."""
    about = _table.c.about == domain.SHIFT, _table.c.ref == str(event_id)
    still = _table.c.answered_at.is_(None), _table.c.asked_at >= now - domain.ANSWERED_WITHIN
    found = await tx.scalar(select(_table.c.id).where(*about, *still))
    return None if found is None else int(found)


async def get(tx: Tx, request: int) -> Request:
    """What was asked. Raises Outdated when it is gone."""
    row = await tx.one(select(_table).where(_table.c.id == request))
    if row is None:
        raise Outdated
    return await _request(tx, row)


async def seen(tx: Tx, person: Person, request: int, *, now: datetime) -> Request:
    """The same, for who may answer it: a contact person of the organisation, or a coordinator of
    its office who asked them by telephone. Raises Outdated, NotAContact, NotYourOffice, Answered,
    TooLateToAnswer."""
    found = await get(tx, request)
    theirs = await contacts.of_person(tx, person.id)
    owner = found.assignment.organisation_id
    if not any(one.organisation_id == owner for one in theirs):
        if not is_at_least(person.role, Role.COORDINATOR):
            raise NotAContact
        await require_office(tx, person, found.assignment.office)
    _require_open(found, now)
    return found


async def by_link(desk: VolunteeringDesk, tx: Tx, token: str) -> Request | None:
    """What stands behind the link of a page; None for a forged one."""
    request = links.request_of(desk, token)
    if request is None:
        return None
    try:
        return await get(tx, request)
    except Outdated:
        return None


async def answer(
    desk: VolunteeringDesk,
    tx: Tx,
    found: Request,
    said: Mapping[str, Any],
    comment: str,
    *,
    now: datetime,
) -> None:
    """Keep what an organisation says, once. Of the day only the month is kept: the shift would say
    who was there. Raises Answered, TooLateToAnswer, Unanswered."""
    _require_open(found, now)
    answers = domain.fitting(found.about, said)
    if answers is None:
        raise domain.Unanswered
    month = formats.day_of(now).replace(day=1)
    noted = datetime.combine(month, time(), formats.BRUSSELS)
    own = _table.c.id == found.id, _table.c.answered_at.is_(None)
    if (await tx.execute(update(_table).where(*own).values(answered_at=noted))).rowcount != 1:
        raise domain.Answered
    words = comment.strip()[: domain.COMMENT_LENGTH]
    values = {
        "about": domain.BY_ORGANISATION,
        "office": found.assignment.office,
        "project": found.assignment.project,
        "assignment_id": found.assignment.id,
        "answers": answers,
        "comment": words or None,
        "answered_on": month,
    }
    await tx.execute(insert(tables.evaluations).values(values))
    if words:
        await _tell(desk, tx, found, words, now=now)


async def ask_at_end(desk: VolunteeringDesk, tx: Tx, *, now: datetime) -> None:
    """Every night: organisations whose assignment ended lately, if somebody volunteered there."""
    for row in await tx.all(_ended(now)):
        made = await offer(tx, row["id"], None, now=now)
        if made is not None:
            await _ask(desk, tx, made, now=now)


def _ended(now: datetime) -> Any:
    """Assignments that were closed or ran out, worked at, and not asked about lately."""
    today = formats.day_of(now)
    own, hours = tables.assignments.c, tables.hours.c
    worked = select(hours.assignment_id).where(hours.worked_on >= today - domain.WORKED_LATELY)
    asked = select(_table.c.assignment_id).where(
        (_table.c.about == domain.END) | (_table.c.asked_at > now - domain.ASKED_APART)
    )
    wanted = select(own.id).where(
        evaluations.ended_lately(now), own.id.in_(worked), own.id.not_in(asked)
    )
    return wanted.order_by(own.id).limit(_MANY)


async def _ask(desk: VolunteeringDesk, tx: Tx, found: Request, *, now: datetime) -> None:
    """The contact persons in Telegram; where there is none, the coordinators have the page."""
    if readers := await _in_telegram(tx, found):
        key = f"feedback:{found.id}"
        await _post(desk, tx, readers, key, lambda _: wording.ask(_, found), now=now)
        return
    link = links.evaluation_url(desk, found.id)
    theirs = await offices.coordinators(tx, found.assignment.office)
    key = f"feedback:{found.id}:page"
    await _post(desk, tx, theirs, key, lambda _: wording.pass_on(_, found, link), now=now)


async def _in_telegram(tx: Tx, found: Request) -> Sequence[Person]:
    """The contact person of the assignment, else all of the organisation who can be written to."""
    known = await contacts.of_organisation(tx, found.assignment.organisation_id)
    own = [one for one in known if one.id == found.assignment.contact_id and one.person_id]
    ids = [one.person_id for one in own or known if one.person_id is not None]
    return list((await people.reachable(tx, ids)).values())


async def _tell(
    desk: VolunteeringDesk, tx: Tx, found: Request, words: str, *, now: datetime
) -> None:
    theirs = await offices.coordinators(tx, found.assignment.office)
    key = f"feedback:{found.id}:words"
    await _post(desk, tx, theirs, key, lambda _: wording.told(_, found, words), now=now)


async def _post(
    desk: VolunteeringDesk,
    tx: Tx,
    readers: Sequence[Person],
    key: str,
    saying: Callable[[Words], wording.Screen],
    *,
    now: datetime,
) -> None:
    """By day, to each in their own language."""
    for person in readers:
        _ = desk.catalogs.words(person.language)
        text, buttons = saying(_)
        post = Outgoing(
            to=person.telegram_id,
            lane="notice",
            key=f"{key}:{person.id}",
            text=text,
            buttons=buttons,
            hold_until=timing.considerate(now),
            person_id=person.id,
        )
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


def _require_open(found: Request, now: datetime) -> None:
    if found.is_answered:
        raise domain.Answered
    if found.is_over(now):
        raise domain.TooLateToAnswer


async def _request(tx: Tx, row: Row) -> Request:
    event = None
    if row["about"] == domain.SHIFT:
        number = EventId(int(row["ref"]))
        event = (await listing.of_all(tx, [number])).get(number)
    return Request(
        id=row["id"],
        about=row["about"],
        assignment=await assignments.get(tx, row["assignment_id"]),
        asked_at=row["asked_at"],
        event=event,
        is_answered=row["answered_at"] is not None,
    )
