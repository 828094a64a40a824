"""How was it? Asked after a first shift, after a place that lasted, and every two years. Answers
are kept without a name and without a day; who was asked stands apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    delete,
    exists,
    insert,
    or_,
    select,
    union,
    update,
)

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import ParticipantId, Place
from bot.events.service import participants
from bot.language import formats
from bot.people.domain import Person, Role, require
from bot.schedule import timing
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.domain.assignments import Stage
from bot.volunteering.domain.evaluations import Result
from bot.volunteering.service import offices, volunteers
from bot.volunteering.wording import evaluations as wording

_MORNING = time(11)
_MANY = 50  # asked in one night
_DAY = timedelta(days=1)
_COMMENTS = 5
_requests, _answers, _files = tables.evaluation_requests, tables.evaluations, tables.volunteers


@dataclass(frozen=True, slots=True)
class Results:
    """What was answered lately, as far as enough did.

    whose  "v": volunteers, "o": organisations
    side   by what the parts are told apart; parts: by its key; names: of organisations
    """

    whose: str
    side: str
    whole: Result | None = None
    parts: Mapping[str, Result] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    comments: Sequence[str] = ()


async def ask_first(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """The day after a shift: everybody for whom it was the first."""
    places = events_tables.registrations.c
    known = select(_requests.c.volunteer_id).where(_requests.c.about == domain.FIRST_SHIFT)
    there = (
        select(_files.c.id)
        .join(events_tables.registrations, places.participant_id == _files.c.id)
        .where(places.event_id == int(ref), places.state == Place.ATTENDED)
        .where(_files.c.stripped_at.is_(None), _files.c.id.not_in(known))
        .where(_files.c.id.not_in(_asked_lately(now)))
    )
    ids = [row["id"] for row in await tx.all(there.order_by(_files.c.id))]
    await _ask(desk, tx, [(one, ref) for one in ids], domain.FIRST_SHIFT, now=now)


async def look(desk: VolunteeringDesk, tx: Tx, *, now: datetime) -> None:
    """Every night: old answers go; what ended lately, and the survey for whom it is time."""
    today = formats.day_of(now)
    await tx.execute(delete(_answers).where(_answers.c.answered_on < today - domain.KEPT))
    await _ask_at_end(desk, tx, now=now)
    long_ago = now - timedelta(days=round(desk.survey_months * 365.25 / 12))
    due = (
        select(_files.c.id)
        .where(_files.c.state == State.ACTIVE, _files.c.stripped_at.is_(None))
        .where(_files.c.enrolled_at <= long_ago, _files.c.id.not_in(_asked_lately(now)))
        .where(_files.c.surveyed_at.is_(None) | (_files.c.surveyed_at <= long_ago))
    )
    ids = [row["id"] for row in await tx.all(due.order_by(_files.c.id).limit(_MANY))]
    await _ask(desk, tx, [(one, f"{today}") for one in ids], domain.SURVEY, now=now)
    if ids:
        await tx.execute(update(_files).where(_files.c.id.in_(ids)).values(surveyed_at=now))


async def _ask_at_end(desk: VolunteeringDesk, tx: Tx, *, now: datetime) -> None:
    """Whose place ended lately, and who worked at an assignment that did; each assignment once."""
    ended = union(_places_over(now), _worked_until(now)).subquery("ended")
    asked_of_it = exists().where(
        _requests.c.volunteer_id == ended.c.volunteer_id,
        _requests.c.about == domain.ASSIGNMENT,
        _requests.c.ref == cast(ended.c.assignment_id, String),
    )
    hosts, own = tables.organisations, tables.assignments.c
    wanted = (
        select(ended.c.volunteer_id, ended.c.assignment_id, hosts.c.name)
        .join(tables.assignments, own.id == ended.c.assignment_id)
        .join(hosts, hosts.c.id == own.organisation_id)
        .where(ended.c.volunteer_id.not_in(_asked_lately(now)), ~asked_of_it)
    )
    found = await tx.all(wanted.order_by(ended.c.volunteer_id, own.id).limit(_MANY))
    pairs = {row["volunteer_id"]: str(row["assignment_id"]) for row in found}
    where = {str(row["assignment_id"]): row["name"] for row in found}
    await _ask(desk, tx, list(pairs.items()), domain.ASSIGNMENT, where, now=now)


def _places_over(now: datetime) -> Select[Any]:
    places, today = tables.placements.c, formats.day_of(now)
    return (
        select(places.volunteer_id, places.assignment_id)
        .where(places.state == "ended", places.until > today - domain.ENDED_LATELY)
        .where(places.until <= today)
    )


def _worked_until(now: datetime) -> Select[Any]:
    """Of an assignment that was closed or ran out. Who stopped long before is not asked."""
    lines, today = tables.hours.c, formats.day_of(now)
    return (
        select(lines.volunteer_id, lines.assignment_id)
        .join(tables.assignments, tables.assignments.c.id == lines.assignment_id)
        .where(ended_lately(now), lines.worked_on > today - domain.WORKED_LATELY)
    )


def ended_lately(now: datetime) -> ColumnElement[bool]:
    """Was an assignment closed, or did it run out, not long ago?"""
    own, since = tables.assignments.c, now - domain.ENDED_LATELY
    ran_out = own.ends_on.between(formats.day_of(since), formats.day_of(now) - _DAY)
    return or_((own.state == Stage.CLOSED) & (own.changed_at >= since), ran_out)


def _asked_lately(now: datetime) -> Select[Any]:
    """Nobody is asked twice in a short time."""
    lately = _requests.c.asked_at > now - domain.ASKED_APART
    return select(_requests.c.volunteer_id).where(lately)


async def _ask(
    desk: VolunteeringDesk,
    tx: Tx,
    pairs: Sequence[tuple[int, str]],
    about: str,
    where: Mapping[str, str] = MappingProxyType({}),
    *,
    now: datetime,
) -> None:
    """Ask each once, by day; who has no Telegram is not asked. where: organisations by `ref`."""
    known = await participants.people_of(tx, [ParticipantId(one) for one, _ref in pairs])
    values = [
        {"volunteer_id": one, "about": about, "ref": ref, "asked_at": now}
        for one, ref in pairs
        if ParticipantId(one) in known
    ]
    if not values:
        return
    made = tx.insert(_requests).values(values).on_conflict_do_nothing()
    made_rows = made.returning(_requests.c.id, _requests.c.volunteer_id, _requests.c.ref)
    for row in (await tx.execute(made_rows)).all():
        person = known[ParticipantId(row.volunteer_id)]
        _ = desk.catalogs.words(person.language)
        text, buttons = wording.ask(_, about, row.id, where.get(row.ref, ""))
        post = Outgoing(
            text=text,
            buttons=buttons,
            to=person.telegram_id,
            lane="broadcast",
            key=f"evaluation:{row.id}",
            hold_until=_by_day(now),
            person_id=person.id,
        )
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def open_one(tx: Tx, person_id: int, request: int, *, now: datetime) -> Row:
    """What somebody was asked and has not answered. Raises Outdated, Answered, TooLateToAnswer."""
    mine = await volunteers.of_person(tx, person_id)
    row = await tx.one(select(_requests).where(_requests.c.id == request))
    if mine is None or row is None or row["volunteer_id"] != mine.id:
        raise Outdated
    if row["answered_at"] is not None:
        raise domain.Answered
    if row["asked_at"] < now - domain.ANSWERED_WITHIN:
        raise domain.TooLateToAnswer
    return row


async def answer(
    tx: Tx, person: Person, request: int, answers: dict[str, Any], comment: str, *, now: datetime
) -> None:
    """Keep the answers without a name. The day is not kept, only the month: with it, one could
    find out who. Raises as `open_one`."""
    row = await open_one(tx, person.id, request, now=now)
    own = _requests.c.id == request, _requests.c.answered_at.is_(None)
    month = formats.day_of(now).replace(day=1)
    noted = datetime.combine(month, time(), formats.BRUSSELS)
    done = await tx.execute(update(_requests).where(*own).values(answered_at=noted))
    if done.rowcount != 1:
        raise domain.Answered
    wanted = select(_files.c.office, _files.c.project).where(_files.c.id == row["volunteer_id"])
    file = await tx.one(wanted)
    values = {
        "about": row["about"],
        "office": file["office"] if file else None,
        "project": file["project"] if file else None,
        "assignment_id": await _assignment(tx, row),
        "language": person.language,
        "answers": answers,
        "comment": comment or None,
        "answered_on": month,
    }
    await tx.execute(insert(_answers).values(values))


async def results(
    tx: Tx, person: Person, whose: str = domain.VOLUNTEERS, side: str = "", *, now: datetime
) -> Results:
    """Of the last two years, of this coordinator's offices. Raises StaffOnly, Outdated."""
    require(person, Role.COORDINATOR)
    if side not in ("", *domain.SIDES.get(whose, ())) or whose not in domain.SIDES:
        raise Outdated
    side = side or domain.SIDES[whose][0]
    rows = await _answered(tx, person, whose, since=formats.day_of(now) - domain.KEPT)
    questions = domain.QUESTIONS[whose]
    whole = domain.result([row["answers"] for row in rows], questions)
    if whole is None:
        return Results(whose, side)
    groups = [(str(row[side] or domain.OTHERS), row["answers"]) for row in rows]
    said = sorted(row["comment"] for row in rows if row["comment"])
    is_first = side == domain.SIDES[whose][0]
    return Results(
        whose,
        side,
        whole=whole,
        parts=domain.parts(groups, questions),
        names={str(row["organisation"]): row["name"] for row in rows if row["name"]},
        comments=said[-_COMMENTS:] if is_first and len(said) >= domain.LEAST else (),
    )


async def _answered(tx: Tx, person: Person, whose: str, *, since: date) -> Sequence[Row]:
    """The answers, with the kind of their assignment and its organisation."""
    theirs = await offices.others(tx, person)
    table, own, hosts = _answers.c, tables.assignments.c, tables.organisations.c
    about = domain.BY_VOLUNTEERS if whose == domain.VOLUNTEERS else (domain.BY_ORGANISATION,)
    told = table.about, table.office, table.project, table.language, table.answers, table.comment
    wanted = (
        select(*told, own.kind, hosts.id.label("organisation"), hosts.name)
        .select_from(_answers)
        .outerjoin(tables.assignments, own.id == table.assignment_id)
        .outerjoin(tables.organisations, hosts.id == own.organisation_id)
        .where(table.answered_on >= since, table.about.in_(about))
    )
    if theirs:
        wanted = wanted.where(table.office.not_in(theirs))
    return await tx.all(wanted)


async def _assignment(tx: Tx, row: Row) -> int | None:
    if row["about"] == domain.ASSIGNMENT:
        own = tables.assignments.c.id
        return await tx.scalar(select(own).where(own == int(row["ref"])))  # type: ignore[no-any-return]
    if row["about"] == domain.FIRST_SHIFT:
        shift = tables.shifts.c
        wanted = select(shift.assignment_id).where(shift.event_id == int(row["ref"]))
        return await tx.scalar(wanted)  # type: ignore[no-any-return]
    return None


def _by_day(now: datetime) -> datetime:
    """At eleven in the morning, when that is still ahead today; else when it may ring."""
    local = now.astimezone(formats.BRUSSELS)
    morning = datetime.combine(local.date(), _MORNING, formats.BRUSSELS)
    return max(timing.considerate(now), morning)
