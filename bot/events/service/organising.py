"""Coordinators plan events for their offices: who may do what is judged here, and noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, func, select

from bot.errors import Outdated
from bot.events import tables
from bot.events.desk import EventsDesk
from bot.events.domain import Draft, Event, EventId, Kind, Place, Taken, repeating
from bot.events.domain import refusals as refused
from bot.events.service import listing, planning, rows
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx

A_PAGE: Final = 8
KINDS: Final = tuple(str(kind) for kind in Kind)
_CONCERNED: Final = (Place.PLACED, Place.OFFERED, Place.WAITING)
_BY_LANGUAGE: Final = ("titles", "texts")

events, registrations = tables.events, tables.registrations


class Page(NamedTuple):
    """Some of many."""

    events: Sequence[Event]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often, until which day, and whether public holidays are left out."""

    rhythm: str
    until: date
    skips_holidays: bool = True


@dataclass(frozen=True, slots=True)
class Changes:
    """What a coordinator wants to be otherwise.

    values  fields of a draft, by name; titles and texts only in the languages that are new
    by      so much later on the wall
    length  how long it lasts from now on; None: as before
    """

    values: Mapping[str, Any]
    by: timedelta = timedelta()
    length: timedelta | None = None

    def of(self, draft: Draft) -> Draft:
        """A draft with them."""
        written = {
            name: {**getattr(draft, name), **self.values[name]}
            for name in _BY_LANGUAGE
            if name in self.values
        }
        return replace(planning.moved(draft, self.by, self.length), **{**self.values, **written})


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as its coordinator sees it.

    waiting    how many stand on the waitlist
    following  how many come after it in its series
    """

    event: Event
    waiting: int = 0
    following: int = 0


async def listed(
    desk: EventsDesk, tx: Tx, person: Person, *, is_past: bool, page: int, now: datetime
) -> Page:
    """Events of their offices, coming or past. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    others = await desk.not_theirs(tx, person)
    column = events.c
    wanted = select(events).where(column.kind.in_(KINDS))
    if others:
        wanted = wanted.where(column.office.is_(None) | column.office.not_in(others))
    if is_past:
        wanted = wanted.where(column.ends_at <= now).order_by(column.starts_at.desc(), column.id)
    else:
        wanted = wanted.where(column.ends_at > now).order_by(column.starts_at, column.id)
    found = await tx.all(wanted.limit(A_PAGE + 1).offset(page * A_PAGE))
    return Page([rows.event(row) for row in found[:A_PAGE]], has_more=len(found) > A_PAGE)


async def get(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> Event:
    """One event that they look after. Raises StaffOnly, NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    found = await rows.get(tx, event_id)
    await _require(desk, tx, person, found.draft)
    return found


async def seen(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> Seen:
    """The same with what stands on its screen."""
    return await look(tx, await get(desk, tx, person, event_id))


async def look(tx: Tx, event: Event) -> Seen:
    """What stands on the screen of an event that they may see."""
    waiting = registrations.c.event_id == event.id, registrations.c.state == Place.WAITING
    count = await tx.scalar(select(func.count()).where(*waiting))
    return Seen(event, waiting=count, following=len(await planning.following(tx, event)))


async def create(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    draft: Draft,
    *,
    repeats: Repeats | None = None,
    is_open: bool = True,
    now: datetime,
) -> list[EventId]:
    """One event, or a series. Raises StaffOnly, NotYourOffice, EndsBeforeItBegins, Over, TooMany,
    BadRule."""
    await _require(desk, tx, person, draft)
    if draft.ends_at <= now:
        raise refused.Over
    if repeats is not None and repeats.until < formats.on_the_wall(draft.starts_at).date():
        raise refused.EndsBeforeItBegins
    if repeats is None:
        made = [await planning.create(tx, draft, now=now, is_open=is_open)]
    else:
        made = await planning.make_series(
            tx,
            repeating.rule(repeats.rhythm, formats.on_the_wall(draft.starts_at)),
            draft,
            now=now,
            until=repeats.until,
            skips_holidays=repeats.skips_holidays,
            is_open=is_open,
        )
    await _note(tx, person, "created", made[0], now=now, count=len(made))
    return made


async def change(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    event_id: int,
    changes: Changes,
    *,
    with_following: bool = False,
    now: datetime,
) -> int:
    """What is other from now on, also of those that follow in its series; how many changed. Who
    registered hears of it. Raises StaffOnly, NotYourOffice, Over, Cancelled, TooFewPlaces,
    EndsBeforeItBegins, Outdated."""
    found = await get(desk, tx, person, event_id)
    if found.ends_at <= now:
        raise refused.Over
    all_ = [found, *(await planning.following(tx, found) if with_following else ())]
    for one in all_:
        changed = changes.of(one.draft)
        if changed.office != one.draft.office:
            await _require(desk, tx, person, changed)
        await planning.change(tx, one.id, changed, now=now)
    await _note(tx, person, "changed", found.id, now=now, count=len(all_))
    return len(all_)


async def translate(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    event_id: int,
    language: str,
    *,
    title: str,
    text: str,
    now: datetime,
) -> int:
    """Its words in one language more, also for all of its series that say the same; how many.
    That rings nobody. Raises StaffOnly, NotYourOffice, Cancelled, Outdated."""
    found = await get(desk, tx, person, event_id)
    said = Changes({"titles": {language: title}, "texts": {language: text} if text else {}})
    alike = [one for one in await _series(tx, found) if _says(one) == _says(found)]
    for one in alike:
        await planning.change(tx, one.id, said.of(one.draft), now=now)
    await _note(tx, person, "translated", found.id, now=now, count=len(alike))
    return len(alike)


async def cancel(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    event_id: int,
    *,
    why: str,
    words: str = "",
    with_following: bool = False,
    now: datetime,
) -> int:
    """It does not take place, nor do those that follow it; how many. Who registered is told.
    Raises StaffOnly, NotYourOffice, Over, Cancelled, Outdated."""
    found = await get(desk, tx, person, event_id)
    all_ = [found, *(await planning.following(tx, found) if with_following else ())]
    for one in all_:
        await planning.cancel(tx, one.id, now=now, why=why, words=words)
    await _note(tx, person, "cancelled", found.id, now=now, count=len(all_))
    return len(all_)


async def set_open(
    desk: EventsDesk, tx: Tx, person: Person, event_id: int, *, is_open: bool, now: datetime
) -> Event:
    """May people register? Raises StaffOnly, NotYourOffice, Over, Cancelled, Outdated."""
    found = await get(desk, tx, person, event_id)
    if found.has_begun(now):
        raise refused.Over
    await _note(tx, person, "opened" if is_open else "closed", found.id, now=now)
    return await planning.set_open(tx, found.id, is_open=is_open)


async def concerned(tx: Tx, event: Event, *, with_following: bool) -> int:
    """How many people have a place, an offer or wait: they are told."""
    after = await planning.following(tx, event) if with_following else ()
    ids = [event.id, *(one.id for one in after)]
    return int(await tx.scalar(select(func.count()).where(_at(ids))))


class Guests(NamedTuple):
    """Who is on the list of an event.

    reads  language by person; who is missing there cannot be written to
    """

    event: Event
    people: Sequence[Taken]
    reads: Mapping[int, str | None]


async def guests(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> Guests:
    """Who comes and who waits. Raises StaffOnly, NotYourOffice, Outdated."""
    found = await get(desk, tx, person, event_id)
    theirs = await listing.on_the_list(tx, found.id)
    ids = [one.person_id for one in theirs if one.person_id is not None]
    known = await people.reachable(tx, ids) if ids else {}
    return Guests(found, theirs, {int(id_): one.language for id_, one in known.items()})


def _at(ids: Sequence[EventId]) -> ColumnElement[bool]:
    return registrations.c.event_id.in_(ids) & registrations.c.state.in_(_CONCERNED)


def _says(event: Event) -> tuple[Mapping[str, str], Mapping[str, str]]:
    return event.draft.titles, event.draft.texts


async def _series(tx: Tx, event: Event) -> Sequence[Event]:
    """All of its series that take place, itself among them."""
    if event.series_id is None:
        return [event]
    own = events.c.series_id == event.series_id
    found = await tx.all(select(events).where(own, events.c.cancelled_at.is_(None)))
    return [rows.event(row) for row in found]


async def _require(desk: EventsDesk, tx: Tx, person: Person, draft: Draft) -> None:
    """Shifts and talks have coordinators' screens of their own, which judge otherwise."""
    require(person, Role.COORDINATOR)
    if draft.kind not in KINDS:
        raise Outdated
    if draft.office is not None:
        await desk.require_office(tx, person, draft.office)


async def _note(
    tx: Tx, person: Person, what: str, event_id: EventId, *, now: datetime, count: int = 1
) -> None:
    await people.record(
        tx,
        at=now,
        actor=person.id,
        action=f"event.{what}",
        subject=f"event:{event_id}",
        detail={"count": count},
    )
