"""Coordinators fill a shift: who fits best is ticked and asked, and the answers are seen live.

First come, first served: whoever says yes has a place as long as there is one, else the waitlist.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from bot.delivery import outbox
from bot.delivery.messages import Edit, Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import SHIFT, Event, ParticipantId, Place
from bot.events.domain import refusals as refused
from bot.events.service import listing, participants, places
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import matching
from bot.volunteering.domain.fitting import Candidate
from bot.volunteering.domain.inviting import (
    AT_ONCE,
    Board,
    FitsNoMore,
    NotAsked,
    NothingPicked,
    Open,
    Sent,
    TooMany,
)
from bot.volunteering.service import enrolling, fitting, indexing, offices
from bot.volunteering.wording import inviting as wording

PAGE: Final = 6  # shifts on a page

_PICKS_KEPT = timedelta(days=2)
_PAUSE = timedelta(seconds=3)  # between two changes of a board: fifty may answer at once

_events, _registrations, _picks = events_tables.events, events_tables.registrations, tables.picks


async def open_ones(tx: Tx, person: Person, *, page: int, now: datetime) -> tuple[list[Open], bool]:
    """A page of the shifts ahead that have room, soonest first; and whether there are more."""
    require(person, Role.COORDINATOR)
    has_room = or_(_events.c.capacity.is_(None), _events.c.taken < _events.c.capacity)
    hosts, shifts, asked_for = tables.organisations, tables.shifts, tables.assignments
    silent = (
        select(func.count())
        .where(_registrations.c.event_id == _events.c.id, _registrations.c.state == Place.ASKED)
        .scalar_subquery()
        .label("silent")
    )
    found = await tx.all(
        select(_events.c.id, hosts.c.name, silent)
        .join(shifts, shifts.c.event_id == _events.c.id)
        .join(asked_for, asked_for.c.id == shifts.c.assignment_id)
        .join(hosts, hosts.c.id == asked_for.c.organisation_id)
        .where(_events.c.kind == SHIFT, _events.c.starts_at > now, has_room)
        .where(_events.c.cancelled_at.is_(None), _events.c.is_open)
        .where(
            _events.c.office.is_(None) | _events.c.office.not_in(await offices.others(tx, person))
        )
        .order_by(_events.c.starts_at, _events.c.id)
        .offset(page * PAGE)
        .limit(PAGE + 1)
    )
    known = await listing.of_all(tx, [row["id"] for row in found[:PAGE]])
    shown = [Open(known[row["id"]], row["name"], row["silent"]) for row in found[:PAGE]]
    return shown, len(found) > PAGE


async def board(tx: Tx, person: Person, event_id: int) -> Board:
    """How a shift fills. Raises StaffOnly, NotYourOffice, Outdated."""
    shown = await _board(tx, event_id)
    await _require(tx, person, shown.event)
    return shown


async def candidates(
    desk: VolunteeringDesk, tx: Tx, person: Person, event_id: int, *, now: datetime
) -> tuple[Event, list[Candidate], frozenset[int]]:
    """Who fits best, and who of them is ticked. Raises StaffOnly, Outdated, Over, Cancelled."""
    event = await _ahead(tx, event_id, now=now)
    await _require(tx, person, event)
    found = await fitting.candidates(desk, tx, event_id, now=now)
    known = {one.id for one in found}
    return event, found, frozenset(await _picked(tx, person, event_id)) & known


async def pick(
    tx: Tx, person: Person, event_id: int, volunteers: Sequence[int], *, now: datetime
) -> None:
    """Tick these. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    if volunteers:
        values = [
            {"person_id": person.id, "event_id": event_id, "volunteer_id": one, "at": now}
            for one in volunteers
        ]
        await tx.execute(tx.insert(_picks).values(values).on_conflict_do_nothing())


async def toggle(tx: Tx, person: Person, event_id: int, volunteer: int, *, now: datetime) -> None:
    """Tick somebody, or take the tick away. Raises StaffOnly, Outdated."""
    require(person, Role.COORDINATOR)
    gone = await tx.execute(
        delete(_picks).where(_own(person, event_id), _picks.c.volunteer_id == volunteer)
    )
    if not gone.rowcount:
        await pick(tx, person, event_id, [await _known(tx, volunteer)], now=now)


async def forget_picks(tx: Tx, *, now: datetime) -> None:
    """Ticks of a list that nobody went on with."""
    await tx.execute(delete(_picks).where(_picks.c.at < now - _PICKS_KEPT))


async def _known(tx: Tx, volunteer: int) -> int:
    if await indexing.seeker(tx, volunteer) is None:
        raise Outdated
    return volunteer


async def invite(
    desk: VolunteeringDesk, tx: Tx, person: Person, event_id: int, *, now: datetime
) -> Sent:
    """Ask everybody who is ticked, best first; who answered meanwhile is left alone.

    Raises StaffOnly, Outdated, NothingPicked, TooMany, Over, Cancelled.
    """
    event = await _ahead(tx, event_id, now=now)
    await _require(tx, person, event)
    picked = await _picked(tx, person, event_id)
    files = await fitting.files(tx, picked)
    wanted = [ParticipantId(one) for one in picked if one in files]
    if not wanted:
        raise NothingPicked
    if len(wanted) > AT_ONCE:
        raise TooMany
    asked = await places.ask(tx, wanted, event_id, now=now)
    await tx.execute(delete(_picks).where(_own(person, event_id)))
    reached = await _write_to(desk, tx, event, asked, now=now)
    await people.record(
        tx,
        at=now,
        actor=person.id,
        action="shift.invited",
        subject=f"event:{event_id}",
        detail={"participants": [int(one) for one in asked]},
    )
    await refresh_boards(desk, tx, event_id, but=person.telegram_id)
    return Sent(written=reached, to_call=len(asked) - reached)


async def require_asked(tx: Tx, person: Person, event_id: int) -> None:
    """May this volunteer say yes to an invitation? Raises NotAsked, FitsNoMore."""
    await _require_asked(tx, await participants.known(tx, person.id), event_id)


async def decline(
    desk: VolunteeringDesk, tx: Tx, person: Person, event_id: int, *, now: datetime
) -> Event:
    """The volunteer's no, remembered for this shift. Raises NotAsked."""
    mine = await participants.known(tx, person.id)
    if mine is None:
        raise NotAsked
    await _answered(tx, mine, event_id, is_yes=False, now=now)
    await refresh_boards(desk, tx, event_id)
    return await listing.get(tx, event_id)


async def called(
    desk: VolunteeringDesk, tx: Tx, person: Person, whom: tuple[int, int], *, is_yes: bool,
    now: datetime,
) -> Board:  # fmt: skip
    """Somebody without Telegram was called: (event, volunteer), and what they said.

    Raises StaffOnly, NotAgreed, NotAsked, FitsNoMore, and whatever `places.take` raises.
    """
    event_id, volunteer = whom
    await _require(tx, person, await listing.get(tx, event_id))
    if is_yes:
        await enrolling.require_agreed(tx, volunteer)
    await _answered(tx, ParticipantId(volunteer), event_id, is_yes=is_yes, now=now)
    await people.record(
        tx,
        at=now,
        actor=person.id,
        action="place.called",
        subject=f"event:{event_id}",
        detail={"participant": volunteer, "answer": "yes" if is_yes else "no"},
    )
    await refresh_boards(desk, tx, event_id, but=person.telegram_id)
    return await _board(tx, event_id)


async def refresh_boards(
    desk: VolunteeringDesk, tx: Tx, event_id: int, *, but: int | None = None
) -> None:
    """Whoever looks at how this shift fills sees it as it is now, in their own language."""
    slots = [one for one in await outbox.slots_of(tx, wording.slot(event_id)) if one.chat_id != but]
    if not slots:
        return
    shown = await _board(tx, event_id)
    for one in slots:
        _ = desk.catalogs.words(await people.language_of(tx, one.chat_id))
        text, buttons = wording.board(_, shown)
        post = Edit(
            to=one.chat_id, lane="update", slot=one.name, text=text, buttons=buttons,
            or_send=False, pause=_PAUSE,
        )  # fmt: skip
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def _answered(
    tx: Tx, who: ParticipantId, event_id: int, *, is_yes: bool, now: datetime
) -> Place:
    own = await listing.of(tx, event_id, who)
    if own is None:
        raise NotAsked
    if not is_yes:
        if own.state is not Place.ASKED and own.state is not Place.DECLINED:
            raise NotAsked
        await places.decline(tx, who, event_id, now=now)
        return Place.DECLINED
    await _require_asked(tx, who, event_id)
    return await places.take(tx, who, event_id, now=now)


async def _require_asked(tx: Tx, who: ParticipantId | None, event_id: int) -> None:
    own = None if who is None else await listing.of(tx, event_id, who)
    if who is None or own is None or own.state not in (Place.ASKED, Place.DECLINED):
        raise NotAsked
    seeker = await indexing.seeker(tx, who)
    opening = await indexing.opening(tx, event_id)
    if seeker is None or opening is None or matching.obstacle(seeker, opening) is not None:
        raise FitsNoMore


async def _write_to(
    desk: VolunteeringDesk, tx: Tx, event: Event, asked: Sequence[ParticipantId], *, now: datetime
) -> int:
    """In the language of each; how many can be written to."""
    known = await participants.people_of(tx, asked)
    until = timing.considerate(now, happens_at=event.starts_at)
    for one, person in known.items():
        _ = desk.catalogs.words(person.language)
        text, buttons = wording.invitation(_, event)
        post = Outgoing(
            to=person.telegram_id,
            lane="notice",
            key=f"invite:{event.id}:{one}",
            text=text,
            buttons=buttons,
            hold_until=until,
            expires_at=event.starts_at,
            person_id=person.id,
        )
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
    return len(known)


async def _board(tx: Tx, event_id: int) -> Board:
    event = await listing.get(tx, event_id)
    hosts, shifts, asked_for = tables.organisations, tables.shifts, tables.assignments
    name = await tx.scalar(
        select(hosts.c.name)
        .join(asked_for, asked_for.c.organisation_id == hosts.c.id)
        .join(shifts, shifts.c.assignment_id == asked_for.c.id)
        .where(shifts.c.event_id == event_id)
    )
    if name is None:
        raise Outdated
    return Board(event, name, tuple(await listing.on_the_list(tx, event_id)))


async def _ahead(tx: Tx, event_id: int, *, now: datetime) -> Event:
    event = await listing.get(tx, event_id)
    if event.kind != SHIFT:
        raise Outdated
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.has_begun(now):
        raise refused.Over
    return event


async def _require(tx: Tx, person: Person, event: Event) -> None:
    """Raises StaffOnly, NotYourOffice."""
    require(person, Role.COORDINATOR)
    if event.draft.office is not None:
        await offices.require_office(tx, person, event.draft.office)


async def _picked(tx: Tx, person: Person, event_id: int) -> list[int]:
    rows = await tx.all(
        select(_picks.c.volunteer_id)
        .where(_own(person, event_id))
        .order_by(_picks.c.at, _picks.c.volunteer_id)
    )
    return [row["volunteer_id"] for row in rows]


def _own(person: Person, event_id: int) -> ColumnElement[bool]:
    return and_(_picks.c.person_id == person.id, _picks.c.event_id == event_id)


async def listed(tx: Tx, event_id: int) -> tuple[Board, dict[int, dict[str, int]]]:
    """Everybody on the list of a shift, and what they speak, for the organiser's file."""
    shown = await _board(tx, event_id)
    table = tables.volunteers
    ids = [one.participant for one in shown.listed]
    rows = await tx.all(select(table.c.id, table.c.languages).where(table.c.id.in_(ids)))
    return shown, {row["id"]: row["languages"] for row in rows}
