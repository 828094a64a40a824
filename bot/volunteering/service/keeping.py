"""A volunteer's file: what to hand over, what goes when they are forgotten, what stays a count."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Select, Table, case, delete, exists, func, or_, select, update

from bot.events import tables as events
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.placing import BEGUN, LEFT
from bot.volunteering.service import contacts, ending, partners

FILE_KEPT = timedelta(days=730)  # after the last activity
WISHES_KEPT = timedelta(days=365)  # of who would like a buddy, after they said it last
CODES_KEPT = timedelta(days=30)  # after they ended
_AT_ONCE = 200  # files a night: a long look back is spread over several

# What a file keeps of somebody who is forgotten, until the year is closed: no way back to them.
_STAYS = frozenset(
    {"id", "office", "project", "state", "source", "enrolled_at", "decided_at", "stripped_at"}
    | {"touched_at"}  # says only that the row changed
    | {"lives_outside"}  # yes or no
)
# Erased with the file; hours, trajectories and that somebody was asked how it was stay, as numbers
# without anybody.
_GOES = (
    tables.consents,
    tables.link_codes,
    tables.checklist_items,
    tables.notes,
    tables.follow_ups,
    tables.referrals,
)
_TOLD = (*_GOES, tables.evaluation_requests, tables.hours, tables.trajectories)
_UNTOLD = frozenset(
    {"code_hash", "link_hash", "content", "author_id", "by", "decided_by", "coordinator_id"}
    | {"proposed_by"}
)


async def export(tx: Tx, person_id: int) -> dict[str, object]:
    """Everything in the person's file, and what is known of a contact person."""
    volunteer = await participants.known(tx, person_id)
    if volunteer is None:  # perhaps a contact person all the same
        found: Mapping[str, list[dict[str, object]]] = await _as_contact(tx, person_id)
        return {name: rows for name, rows in found.items() if rows}
    file = await _rows(tx, tables.volunteers, "id", volunteer)
    further = {table.name: await _rows(tx, table, "volunteer_id", volunteer) for table in _TOLD}
    further |= await _pairs(tx, volunteer)
    letters = {"letters": await _rows(tx, tables.letters, "volunteer_id", volunteer)}
    called = [{"called": await participants.name_of(tx, volunteer)}] if file else []
    whole = {"volunteer": [*file, *called], **further, **letters}
    whole |= await _as_contact(tx, person_id)
    return {name: rows for name, rows in whole.items() if rows}


async def forget(
    tx: Tx, person_id: int, *, now: datetime, office_towns: Collection[str] = ()
) -> None:
    """Strip the person's file; a contact person of an organisation goes as a whole."""
    await contacts.leave_all(tx, person_id)
    for theirs in (tables.organisation_contacts, tables.office_coordinators, tables.picks):
        await tx.execute(delete(theirs).where(theirs.c.person_id == person_id))
    volunteer = await participants.known(tx, person_id)
    if volunteer is not None:
        await strip(tx, volunteer, now=now, office_towns=office_towns)


async def reduce(tx: Tx, *, now: datetime, office_towns: Collection[str] = ()) -> None:
    """At night: files of who did nothing for two years, and codes that ended."""
    codes = tables.link_codes
    await tx.execute(delete(codes).where(codes.c.expires_at < now - CODES_KEPT))
    await partners.forget_old(tx, before=now - WISHES_KEPT)
    for row in await tx.all(_silent_since(now - FILE_KEPT)):
        volunteer = ParticipantId(row["id"])
        await strip(tx, volunteer, now=now, office_towns=office_towns)
        await participants.unlink(tx, volunteer)


def _silent_since(moment: datetime) -> Select[tuple[int]]:
    """Nobody wrote in the file, and they worked nowhere, took no place and have no lasting one."""
    file, hours, places = tables.volunteers, tables.hours, tables.placements
    taken = events.registrations
    last = func.coalesce(file.c.seen_at, file.c.decided_at, file.c.enrolled_at)
    worked = exists().where(hours.c.volunteer_id == file.c.id, hours.c.changed_at >= moment)
    came = exists().where(taken.c.participant_id == file.c.id, taken.c.changed_at >= moment)
    stays = exists().where(places.c.volunteer_id == file.c.id, places.c.state.in_(BEGUN))
    is_silent = (last < moment) & ~or_(worked, came, stays)
    silent = select(file.c.id).where(file.c.stripped_at.is_(None), is_silent)
    return silent.order_by(file.c.id).limit(_AT_ONCE)


async def strip(
    tx: Tx, volunteer: ParticipantId, *, now: datetime, office_towns: Collection[str] = ()
) -> None:
    """Take out of a file whatever says who somebody is or what they are like.

    office_towns  postcodes of municipalities with an office; () leaves unknown who lived there
    """
    await ending.of_participant(tx, volunteer, LEFT, now=now)
    await partners.forget(tx, volunteer)
    await _keep_what_is_counted(tx, volunteer, office_towns)
    for table in (*_GOES, tables.picks):
        await tx.execute(delete(table).where(table.c.volunteer_id == volunteer))
    pairs = tables.doubles.c
    either = (pairs.volunteer_id == volunteer) | (pairs.other_id == volunteer)
    await tx.execute(delete(tables.doubles).where(either))
    letters, trajectories = tables.letters, tables.trajectories
    await tx.execute(
        update(letters)
        .where(letters.c.volunteer_id == volunteer)
        .values(volunteer_id=None, facts={}, content=None)
    )
    await tx.execute(
        update(trajectories)
        .where(trajectories.c.volunteer_id == volunteer)
        .values(referrer=None, report_back_at=None)
    )
    file = tables.volunteers
    values = {one.name: _emptied(one.name) for one in file.c if one.name not in _STAYS}
    await tx.execute(
        update(file).where(file.c.id == volunteer).values({**values, "stripped_at": now})
    )


async def _keep_what_is_counted(
    tx: Tx, volunteer: ParticipantId, office_towns: Collection[str]
) -> None:
    """What this year's figures need of a file, before it goes: nothing that leads to anybody."""
    file, letters = tables.volunteers, tables.letters
    project = select(file.c.project).where(file.c.id == volunteer).scalar_subquery()
    own = letters.c.volunteer_id == volunteer
    await tx.execute(update(letters).where(own).values(project=project))
    if office_towns:
        outside = file.c.postcode.not_in(sorted(office_towns))
        kept = case((file.c.postcode.is_not(None), outside), else_=file.c.lives_outside)
        of_file = update(file).where(file.c.id == volunteer)
        await tx.execute(of_file.values(lives_outside=kept))


def _emptied(column: str) -> object:
    empty: dict[str, object] = {
        "languages": {},
        "sectors": [],
        "talents": [],
        "wishes": [],
        "availability": 0,
        "has_licence": False,
        "brings_children": False,
    }
    return empty.get(column)


async def _rows(tx: Tx, table: Table, column: str, value: int) -> list[dict[str, object]]:
    rows = await tx.all(select(table).where(table.c[column] == value))
    return [{key: one for key, one in row.items() if key not in _UNTOLD} for row in rows]


async def _pairs(tx: Tx, participant: int) -> dict[str, list[dict[str, object]]]:
    """Their places on either side, without what the other side said; and the wish for a buddy."""
    places = tables.placements
    told = []
    for side, other in (("volunteer", "partner"), ("partner", "volunteer")):
        for row in await _rows(tx, places, f"{side}_id", participant):
            hidden = {f"{other}_contact", f"{other}_at"}
            hidden |= set() if row["ended_by"] in (None, side) else {"ended_reason"}
            told.append({name: one for name, one in row.items() if name not in hidden})
    wish = await _rows(tx, tables.partners, "participant_id", participant)
    return {"placements": told, "partners": wish}


async def _as_contact(tx: Tx, person_id: int) -> dict[str, list[dict[str, object]]]:
    return {"contact_of": await _rows(tx, tables.organisation_contacts, "person_id", person_id)}
