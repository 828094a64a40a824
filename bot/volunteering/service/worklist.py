"""Whom a coordinator should look at today, of their own offices."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from bot.events import tables as events_tables
from bot.events.domain import SHIFT, Place
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import State
from bot.volunteering.domain.guiding import (
    PAGE,
    TO_DO,
    Card,
    Listed,
    Pile,
    unanswered_before,
)
from bot.volunteering.domain.placing import LIVE
from bot.volunteering.service import enrolling
from bot.volunteering.service.offices import others

FOUND: Final = 12

_file, _who = tables.volunteers.c, events_tables.participants.c
_event, _place = events_tables.events.c, events_tables.registrations.c
_due, _said = tables.follow_ups.c, tables.consents.c

# A place that somebody has, had, or waits for.
_TAKEN = (Place.PLACED, Place.OFFERED, Place.WAITING, Place.ATTENDED)


async def counts(tx: Tx, person: Person, *, now: datetime) -> dict[Pile, int]:
    """How many there are in each pile of this coordinator. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    elsewhere, versions = await others(tx, person), await enrolling.versions(tx)
    counted = [
        _pile(pile, person, elsewhere, versions, now)
        .with_only_columns(func.count())
        .scalar_subquery()
        for pile in TO_DO
    ]
    row = await tx.one(select(*(one.label(pile) for pile, one in zip(TO_DO, counted, strict=True))))
    assert row is not None
    return {pile: row[pile] for pile in TO_DO}


async def listed(tx: Tx, person: Person, pile: Pile, *, page: int, now: datetime) -> Listed:
    """A page of one pile, who waits longest first. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    elsewhere, versions = await others(tx, person), await enrolling.versions(tx)
    found = _pile(pile, person, elsewhere, versions, now).order_by(*_order(pile))
    rows = await tx.all(found.offset(page * PAGE).limit(PAGE + 1))
    cards = tuple(await _cards(tx, rows[:PAGE]))
    return Listed(pile=pile, cards=cards, page=page, has_more=len(rows) > PAGE)


async def named(tx: Tx, person: Person, name: str) -> Sequence[Card]:
    """Volunteers of this coordinator whose name or town holds these letters. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    wanted = _files(await others(tx, person), _SINCE_ENROLLED).where(
        or_(*(one.icontains(name, autoescape=True) for one in (_who.name, _file.town)))
    )
    rows = await tx.all(wanted.order_by(func.lower(_who.name), _file.id).limit(FOUND))
    return await _cards(tx, rows)


async def agreed_to_older(tx: Tx, person: Person) -> tuple[Sequence[int], Sequence[Card]]:
    """Everybody of this coordinator whose documents have a newer version: the files of who can be
    written to, and who has no Telegram. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    elsewhere, versions = await others(tx, person), await enrolling.versions(tx)
    wanted = _files(elsewhere, _SINCE_ENROLLED).where(*_agreed_to_older(versions))
    rows = await tx.all(wanted.order_by(*_order(Pile.OLD)))
    by_hand = [row for row in rows if row["person_id"] is None]
    return [row["id"] for row in rows if row["person_id"]], await _cards(tx, by_hand)


def _pile(
    pile: Pile, person: Person, elsewhere: set[str], versions: Mapping[str, str], now: datetime
) -> Select[Any]:
    if pile is Pile.FOLLOW_UPS:
        return _follow_ups(person, elsewhere, formats.day_of(now))
    if pile is Pile.OLD:
        return _files(elsewhere, _SINCE_ENROLLED).where(*_agreed_to_older(versions))
    wanted = _files(elsewhere, _first_shift() if pile is Pile.FIRST else _SINCE_ENROLLED)
    return wanted.where(*_which(pile, now))


def _which(pile: Pile, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if pile is Pile.SIGN_UPS:
        return _file.state == State.ENROLLED, _file.enrolled_at < unanswered_before(now)
    if pile is Pile.UNPLACED:
        return _file.state == State.ACTIVE, ~_has_a_shift(_TAKEN), ~_has_a_placement()
    if pile is Pile.FIRST:
        uncalled = _file.first_shift_called_at.is_(None)
        return _file.state == State.ACTIVE, uncalled, _has_a_shift((Place.ATTENDED,))
    return (_file.state.in_((State.ENROLLED, State.ACTIVE, State.PAUSED)),)


def _agreed_to_older(versions: Mapping[str, str]) -> tuple[ColumnElement[bool], ...]:
    """Who volunteers, said yes to some document, and not to it as it is now."""
    own = _said.volunteer_id == _file.id, _said.withdrawn_at.is_(None)
    older = [
        and_(
            exists().where(*own, _said.document == document),
            ~exists().where(*own, _said.document == document, _said.version == version),
        )
        for document, version in versions.items()
    ]
    return _file.state.in_((State.ACTIVE, State.PAUSED)), or_(*older)


_SINCE_ENROLLED: ColumnElement[Any] = _file.enrolled_at


def _files(elsewhere: set[str], since: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            *(_file.id, _file.town, _file.state, _who.name, _who.person_id), since.label("since")
        )
        .join(events_tables.participants, _who.id == _file.id)
        .where(_file.stripped_at.is_(None), _file.office.not_in(elsewhere))
    )


def _follow_ups(person: Person, elsewhere: set[str], today: date) -> Select[Any]:
    """Own ones, and those that are nobody's in particular."""
    mine = or_(_due.coordinator_id == person.id, _due.coordinator_id.is_(None))
    return (
        _files(elsewhere, _due.due_on)
        .add_columns(_due.what)
        .join(tables.follow_ups, _due.volunteer_id == _file.id)
        .where(mine, _due.done_at.is_(None), _due.due_on <= today)
    )


def _shifts_of_theirs(states: Sequence[Place]) -> ColumnElement[bool]:
    return and_(
        _place.participant_id == _file.id,
        _place.state.in_(states),
        _event.id == _place.event_id,
        _event.kind == SHIFT,
    )


def _has_a_shift(states: Sequence[Place]) -> ColumnElement[bool]:
    return exists(select(_place.id).where(_shifts_of_theirs(states)).correlate(tables.volunteers))


def _has_a_placement() -> ColumnElement[bool]:
    placed = tables.placements.c
    return exists().where(placed.volunteer_id == _file.id, placed.state.in_(LIVE))


def _first_shift() -> ColumnElement[Any]:
    first = select(func.min(_event.ends_at)).where(_shifts_of_theirs((Place.ATTENDED,)))
    return first.correlate(tables.volunteers).scalar_subquery()


def _order(pile: Pile) -> tuple[Any, ...]:
    if pile is Pile.ALL:
        return func.lower(_who.name), _file.id
    if pile is Pile.FOLLOW_UPS:
        return _due.due_on, _due.id
    return (_first_shift() if pile is Pile.FIRST else _file.enrolled_at), _file.id


async def _cards(tx: Tx, rows: Sequence[Row]) -> list[Card]:
    """Who gave no name is called as in Telegram."""
    nameless = [row["person_id"] for row in rows if row["person_id"] and not row["name"]]
    first_names = await people.staff_names(tx, nameless) if nameless else {}
    return [_card(row, first_names.get(row["person_id"], "—")) for row in rows]


def _card(row: Row, first_name: str) -> Card:
    since = row["since"]
    return Card(
        id=row["id"],
        name=row["name"] or first_name,
        town=row["town"] or "",
        state=State(row["state"]),
        since=formats.day_of(since) if isinstance(since, datetime) else since,
        what=row.get("what", ""),
    )
