"""Assignments: written, translated, opened, closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select, update

from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import Kind
from bot.volunteering.domain.assignments import (
    FLAGS,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Assignment,
    AssignmentId,
    Stage,
    fitted,
)
from bot.volunteering.domain.organisations import (
    ContactId,
    CriteriaMissing,
    NothingToOpen,
    Organisation,
    OrganisationId,
)
from bot.volunteering.service import organisations
from bot.volunteering.service.offices import require_office

_table, _owners = tables.assignments, tables.organisations


class Draft(NamedTuple):
    """What a new assignment says; place and office come from its organisation unless given."""

    kind: Kind
    title: str
    text: str
    written_in: str
    more: Mapping[str, Any] = {}


async def add(
    tx: Tx, person: Person, organisation_id: int, draft: Draft, *, now: datetime
) -> Assignment:
    """A new assignment, not open yet. Raises StaffOnly, NotYourOffice, EmptyText, TooLong."""
    owner = await organisations.get(tx, organisation_id)
    values = _inherited(owner) | dict(draft.more)
    await require_office(tx, person, values["office"])
    values |= {
        "organisation_id": organisation_id,
        "kind": draft.kind,
        "state": Stage.DRAFT,
        "titles": {draft.written_in: fitted(draft.title, TITLE_LENGTH)},
        "texts": {draft.written_in: fitted(draft.text, TEXT_LENGTH)},
        "written_in": draft.written_in,
        "created_at": now,
        "created_by": person.id or None,
    }
    new = await tx.scalar(tx.insert(_table).values(values).returning(_table.c.id))
    await note(tx, "assignment.added", new, actor=person, now=now)
    return await get(tx, new)


async def get(tx: Tx, assignment_id: int) -> Assignment:
    """One of them. Raises Outdated when it is gone."""
    row = await tx.one(selected().where(_table.c.id == assignment_id))
    if row is None:
        raise Outdated
    return assignment(row)


async def availability(tx: Tx, assignment_id: int) -> int:
    """When one that lasts is done: bit = weekday * 3 + part of the day; 0: not said."""
    own = select(_table.c.availability).where(_table.c.id == assignment_id)
    return int(await tx.scalar(own) or 0)


async def seen(tx: Tx, person: Person, assignment_id: int) -> Assignment:
    """One of them, for a coordinator of its office. Raises StaffOnly, NotYourOffice, Outdated."""
    found = await get(tx, assignment_id)
    await require_office(tx, person, found.office)
    return found


async def of_organisation(tx: Tx, organisation_id: int) -> Sequence[Assignment]:
    """Its assignments: open ones first, the newest first."""
    found = selected().where(_table.c.organisation_id == organisation_id)
    order = [Stage.OPEN, Stage.DRAFT, Stage.CLOSED]
    rows = [assignment(row) for row in await tx.all(found.order_by(_table.c.id.desc()))]
    return sorted(rows, key=lambda one: order.index(one.stage))


async def open_(tx: Tx, person: Person, assignment_id: int, *, now: datetime) -> Assignment:
    """From now on volunteers see it. Raises CriteriaMissing, NothingToOpen."""
    before = await seen(tx, person, assignment_id)
    owner = await organisations.get(tx, before.organisation_id)
    require_ready(owner, before.titles, before.texts)
    return await _stage(tx, person, before, Stage.OPEN, now=now)


def require_ready(owner: Organisation, titles: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Raises CriteriaMissing, NothingToOpen."""
    if owner.lacks or not owner.is_active:
        raise CriteriaMissing(organisation=owner.name)
    if not any(titles.values()) or not any(texts.values()):
        raise NothingToOpen


async def close(tx: Tx, person: Person, assignment_id: int, *, now: datetime) -> Assignment:
    """Nobody new. What is ahead ends with `shutting.close`."""
    before = await seen(tx, person, assignment_id)
    return await _stage(tx, person, before, Stage.CLOSED, now=now)


async def set_flag(
    tx: Tx, person: Person, assignment_id: int, flag: str, *, is_on: bool, now: datetime
) -> Assignment:
    """A tick of the coordinator: counts for the trajectory, needs a licence or a record extract."""
    if flag not in FLAGS:
        raise Outdated
    return await change(tx, person, assignment_id, {FLAGS[flag]: is_on}, now=now)


def flagged(ticked: Sequence[str]) -> dict[str, bool]:
    """The columns behind all flags, of those that are ticked."""
    return {column: flag in ticked for flag, column in FLAGS.items()}


async def change(
    tx: Tx, person: Person, assignment_id: int, values: Mapping[str, Any], *, now: datetime
) -> Assignment:
    """Other facts, by column."""
    await seen(tx, person, assignment_id)
    await _write(tx, assignment_id, values, now=now)
    detail = {"columns": sorted(values)}
    await note(tx, "assignment.changed", assignment_id, actor=person, now=now, detail=detail)
    return await get(tx, assignment_id)


async def translate(
    tx: Tx,
    person: Person,
    assignment_id: int,
    language: str,
    *,
    title: str,
    text: str,
    now: datetime,
) -> Assignment:
    """The words of one language, also those it was written in. Raises EmptyText, TooLong."""
    before = await seen(tx, person, assignment_id)
    titles = {**before.titles, language: fitted(title, TITLE_LENGTH)}
    texts = {**before.texts, language: fitted(text, TEXT_LENGTH)}
    await _write(tx, assignment_id, {"titles": titles, "texts": texts}, now=now)
    detail = {"language": language}
    await note(tx, "assignment.translated", assignment_id, actor=person, now=now, detail=detail)
    return await get(tx, assignment_id)


async def _stage(
    tx: Tx, person: Person, before: Assignment, stage: Stage, *, now: datetime
) -> Assignment:
    await _write(tx, before.id, {"state": stage}, now=now)
    await note(tx, f"assignment.{stage}", before.id, actor=person, now=now)
    return await get(tx, before.id)


async def _write(tx: Tx, assignment_id: int, values: Mapping[str, Any], *, now: datetime) -> None:
    own = _table.c.id == assignment_id
    await tx.execute(update(_table).where(own).values(**values, changed_at=now))


def _inherited(owner: Organisation) -> dict[str, Any]:
    return {
        "office": owner.office,
        "sector": owner.sector,
        "town": owner.town,
        "postcode": owner.postcode,
        "latitude": owner.latitude,
        "longitude": owner.longitude,
    }


async def note(
    tx: Tx,
    action: str,
    assignment_id: int,
    *,
    actor: Person | None,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """A line in the audit log."""
    who = None if actor is None else actor.id
    subject = f"assignment:{assignment_id}"
    await people.record(tx, at=now, actor=who, action=action, subject=subject, detail=detail)


def selected() -> Select[Any]:
    """Assignments with their organisation's name, as `assignment` reads them."""
    return select(_table, _owners.c.name.label("organisation")).join(
        _owners, _owners.c.id == _table.c.organisation_id
    )


def assignment(row: Row) -> Assignment:
    """A row, with its organisation's name, as a value."""
    same = (
        *("organisation", "office", "project", "sector", "titles", "texts", "written_in"),
        *("place", "town", "postcode", "latitude", "longitude", "languages", "needs_licence"),
        *("needs_record_extract", "least_age", "counts_as_dutch", "counts_as_social", "wanted"),
        *("starts_on", "ends_on"),
    )
    contact = row["contact_id"]
    return Assignment(
        id=AssignmentId(row["id"]),
        organisation_id=OrganisationId(row["organisation_id"]),
        contact_id=None if contact is None else ContactId(contact),
        kind=Kind(row["kind"]),
        stage=Stage(row["state"]),
        talents=tuple(row["talents"]),
        **{name: row[name] for name in same},
    )
