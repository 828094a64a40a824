"""Intake talks: coordinators offer moments at an office, people choose one. Each is an event with
one place, so that places, conflicts and reminders are those of events.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import TALK, Draft, Event, ParticipantId, Place
from bot.events.domain.refusals import Conflict
from bot.events.service import listing, participants, places, planning
from bot.language.catalog import Words
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import Busy, NotSignedUp, SignUp, Volunteer
from bot.volunteering.service import cards, hour_rows, offices, volunteers
from bot.volunteering.wording import talks as wording

OFFERED = 6  # moments that somebody chooses from
LENGTH = timedelta(minutes=30)
_SHOWN = 50
_AHEAD = timedelta(hours=3)  # nobody comes at once
INTAKE = "intake"
_SLOT = "slot"

_events, _talks = events_tables.events, tables.talks


async def offer(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    office: str,
    starts: Sequence[datetime],
    *,
    now: datetime,
) -> None:
    """These moments can be chosen from now on. Raises OtherOffice."""
    await offices.require_office(tx, person, office)
    where = desk.offices.get(office)
    town = desk.whereabouts(where) if where else None
    titles = {words.code: wording.title(words) for words in desk.catalogs}
    for starts_at in starts:
        draft = Draft(
            kind=TALK,
            titles=titles,
            starts_at=starts_at,
            ends_at=starts_at + LENGTH,
            place=where.address if where else "",
            town=where.name if where else "",
            latitude=town.latitude if town else None,
            longitude=town.longitude if town else None,
            capacity=1,
            has_waitlist=False,
            contact=person.first_name,
            office=office,
        )
        event_id = await planning.create(tx, draft, now=now)
        values = {"event_id": event_id, "coordinator_id": person.id, "about": INTAKE}
        await tx.execute(insert(_talks).values(values))
    subject = f"office:{office}"
    await people.record(tx, at=now, actor=person.id, action="talks.offered", subject=subject)


async def free(tx: Tx, office: str, *, now: datetime) -> list[Event]:
    """The next moments at this office that nobody has chosen."""
    wanted = (
        select(_events.c.id)
        .join(_talks, _talks.c.event_id == _events.c.id)
        .where(_events.c.kind == TALK, _talks.c.about == INTAKE, _events.c.office == office)
        .where(_events.c.starts_at > now + _AHEAD, _events.c.cancelled_at.is_(None))
        .where(_events.c.taken < 1, _events.c.is_open)
        .order_by(_events.c.starts_at, _events.c.id)
        .limit(OFFERED)
    )
    ids = [row["id"] for row in await tx.all(wanted)]
    found = await listing.of_all(tx, ids)
    return [found[one] for one in ids]


async def free_labels(tx: Tx, office: str, _: Words, *, now: datetime) -> list[tuple[str, str]]:
    """The same as choices of a dialog: "slot12", and when."""
    found = await free(tx, office, now=now)
    return [(f"{_SLOT}{one.id}", wording.moment(_, one)) for one in found]


def with_talk(said: SignUp, chosen: str) -> SignUp:
    """What somebody chose of them, or of the other ways to talk."""
    if not chosen.startswith(_SLOT):
        return replace(said, talk=chosen)
    return replace(said, talk="office", slot=int(chosen.removeprefix(_SLOT)))


async def choose(
    desk: VolunteeringDesk, tx: Tx, person: Person, event_id: int, *, now: datetime
) -> Event:
    """This moment is theirs, and an earlier choice is free again. Raises NotSignedUp, Outdated,
    and what `places.take` refuses."""
    one = await _waiting(tx, person)
    event = await listing.find(tx, event_id)
    if event is None or event.kind != TALK or event.draft.office != one.office:
        raise Outdated
    known = ParticipantId(one.id)
    for other, _mine in await listing.ahead(tx, known, now=now, kinds=(TALK,)):
        if other.id != event.id:
            await places.give_back(tx, known, other.id, now=now)
    await take(tx, known, event.id, now=now)
    await volunteers.change(tx, one.id, now=now, talk="office")
    await cards.update(desk, tx, one.id)
    return event


async def take(tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime) -> None:
    """The place of a talk. Raises Busy, Full …"""
    try:
        await places.take(tx, participant, event_id, now=now)
    except Conflict:
        raise Busy from None


async def moments(tx: Tx, person: Person, *, now: datetime) -> list[Event]:
    """What somebody who signed up may choose from. Raises NotSignedUp."""
    one = await _waiting(tx, person)
    return await free(tx, one.office, now=now)


async def planned(tx: Tx, person: Person, *, now: datetime) -> list[tuple[Event, str]]:
    """The talks that were chosen, of this coordinator's offices: with whom. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    elsewhere = await offices.others(tx, person)
    registrations, file = events_tables.registrations, tables.volunteers
    chosen = (
        select(_events.c.id, registrations.c.participant_id)
        .join(registrations, registrations.c.event_id == _events.c.id)
        .join(file, file.c.id == registrations.c.participant_id)
        .where(_events.c.kind == TALK, _events.c.ends_at > now, _events.c.cancelled_at.is_(None))
        .where(registrations.c.state == Place.PLACED, file.c.stripped_at.is_(None))
        .where(file.c.office.not_in(elsewhere))
        .order_by(_events.c.starts_at, _events.c.id)
        .limit(_SHOWN)
    )
    rows = await tx.all(chosen)
    events = await listing.of_all(tx, [row["id"] for row in rows])
    names = await hour_rows.names(tx, [row["participant_id"] for row in rows]) if rows else {}
    return [(events[row["id"]], names[row["participant_id"]]) for row in rows]


async def _waiting(tx: Tx, person: Person) -> Volunteer:
    known = await participants.known(tx, person.id)
    one = None if known is None else await volunteers.get(tx, known)
    if one is None:
        raise NotSignedUp
    return one
