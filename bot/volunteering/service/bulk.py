"""Bring a file of organisations, assignments and shifts in: all of it, or nothing.

A preview is the real thing, undone: what it says is what happens. The same file twice changes
nothing the second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, select, update

from bot.duty.domain import BRUSSELS
from bot.errors import Refused
from bot.events import tables as events_tables
from bot.events.domain.files import At, Fault, Twice
from bot.events.service import planning as events
from bot.people import service as people
from bot.people.domain.team import folded
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.assignments import Stage
from bot.volunteering.domain.files import (
    ASSIGNMENTS,
    ORGANISATIONS,
    SHIFTS,
    AssignmentLine,
    Book,
    InThePast,
    NoAssignment,
    NoContact,
    NoOrganisation,
    OrganisationLine,
    ShiftLine,
)
from bot.volunteering.domain.organisations import CRITERIA
from bot.volunteering.service import assignments, organisations, planning
from bot.volunteering.service.whereabouts import nearest_office, town_of

NEW, CHANGED = "new", "changed"


class Change(NamedTuple):
    """What a line does: a new row, or another one changed."""

    at: At
    what: str  # organisations, assignments, shifts
    how: str
    name: str


class Outcome(NamedTuple):
    """What a file does, line by line, and what is wrong with it."""

    changes: Sequence[Change]
    faults: Sequence[Fault]


class _Undo(Exception):
    """Leaves the savepoint with nothing written."""


async def preview(desk: VolunteeringDesk, tx: Tx, book: Book, *, now: datetime) -> Outcome:
    """What would change, and every line that is wrong; nothing is written."""
    outcome = Outcome((), book.faults)
    try:
        async with tx.savepoint():
            outcome = await _bring_in(desk, tx, book, now=now)
            raise _Undo
    except _Undo:
        return outcome


async def bring_in(desk: VolunteeringDesk, tx: Tx, book: Book, *, now: datetime) -> Outcome:
    """Write the whole file; with one fault nothing is written."""
    outcome = Outcome((), book.faults)
    try:
        async with tx.savepoint():
            outcome = await _bring_in(desk, tx, book, now=now)
            if outcome.faults:
                raise _Undo
    except _Undo:
        return outcome
    if outcome.changes:
        counts = {one: sum(change.what == one for change in outcome.changes) for one in _WHAT}
        await people.record(
            tx, at=now, actor=None, action="volunteering.imported", subject="file", detail=counts
        )
    return outcome


_WHAT = (ORGANISATIONS, ASSIGNMENTS, SHIFTS)


async def _bring_in(desk: VolunteeringDesk, tx: Tx, book: Book, *, now: datetime) -> Outcome:
    work = _Work(desk, tx, now, faults=list(book.faults))
    await work.learn()
    lines: Sequence[OrganisationLine | AssignmentLine | ShiftLine] = (
        *book.organisations,
        *book.assignments,
        *book.shifts,
    )
    for line in lines:
        try:
            async with tx.savepoint():
                await work.take(line)
        except Refused as refusal:
            work.faults.append(Fault(line.at, refusal))
    return Outcome(work.changes, sorted(work.faults, key=lambda fault: fault.at))


@dataclass
class _Work:
    """Everything that is known, by the names that files use, while lines are taken one by one."""

    desk: VolunteeringDesk
    tx: Tx
    now: datetime
    faults: list[Fault]
    changes: list[Change] = field(default_factory=list)
    owners: dict[str, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    offers: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    seen: dict[object, At] = field(default_factory=dict)

    async def learn(self) -> None:
        """Read what there is, once."""
        for row in await self.tx.all(select(tables.organisations)):
            self.owners[folded(row["name"])] = dict(row)
        own = tables.organisation_contacts
        for row in await self.tx.all(select(own).where(own.c.is_active)):
            self.contacts[row["organisation_id"], folded(row["name"])] = dict(row)
        for row in await self.tx.all(select(tables.assignments)):
            for title in row["titles"].values():
                self.offers[row["organisation_id"], folded(title)] = dict(row)

    async def take(self, line: OrganisationLine | AssignmentLine | ShiftLine) -> None:
        """One line. Raises Refused, and then it has done nothing."""
        match line:
            case OrganisationLine():
                await self._organisation(line)
            case AssignmentLine():
                await self._assignment(line)
            case ShiftLine():
                await self._shift(line)

    # -- organisations ---------------------------------------------------------------------------

    async def _organisation(self, line: OrganisationLine) -> None:
        self._once(("organisation", folded(line.name), folded(line.contact)), line.at)
        town = town_of(self.desk, line.town)
        known = self.owners.get(folded(line.name))
        wished: dict[str, Any] = {"sector": line.sector, **organisations.placed(town)}
        if line.office is not None or known is None:
            wished["office"] = line.office or nearest_office(self.desk, town)
        if line.criteria is not None:
            wished["criteria"] = list(line.criteria)
            is_whole = len(line.criteria) == len(CRITERIA)
            if known is None or known["criteria"] != wished["criteria"]:
                wished["criteria_at"] = self.now if is_whole else None
        values = {**wished, "name": line.name, "created_at": self.now}
        how, row = await self._written(tables.organisations, known, wished, values)
        self.owners[folded(line.name)] = row
        if organisations.organisation(row).lacks:
            await organisations.withdraw(self.tx, row["id"], now=self.now)
        changed = await self._contact(row["id"], line)
        self._note(line.at, ORGANISATIONS, how or (CHANGED if changed else ""), line.name)

    async def _contact(self, owner: int, line: OrganisationLine) -> bool:
        if not line.contact:
            return False
        known = self.contacts.get((owner, folded(line.contact)))
        given = {"phone": line.phone, "mail": line.mail}
        wished = {column: text for column, text in given.items() if text}
        values = {"organisation_id": owner, "name": line.contact, "created_at": self.now, **wished}
        how, row = await self._written(tables.organisation_contacts, known, wished, values)
        self.contacts[owner, folded(line.contact)] = row
        return bool(how)

    # -- assignments -----------------------------------------------------------------------------

    async def _assignment(self, line: AssignmentLine) -> None:
        owner = self._owner(line.organisation)
        key = owner["id"], folded(line.title)
        self._once(("assignment", *key), line.at)
        known = self.offers.get(key)
        wished = self._wished(line, owner, known)
        as_known = organisations.organisation(owner)
        if wished.get("state", known and known["state"]) == Stage.OPEN:
            assignments.require_ready(as_known, wished["titles"], wished["texts"])
        values = {
            **_of_owner(owner),
            "state": Stage.DRAFT,
            "organisation_id": owner["id"],
            "written_in": line.written_in,
            "created_at": self.now,
            **wished,
        }
        how, row = await self._written(tables.assignments, known, wished, values)
        if how == CHANGED:
            await planning.plan_retitle(self.tx, row["id"], now=self.now)
        for title in row["titles"].values():
            self.offers[owner["id"], folded(title)] = row
        self._note(line.at, ASSIGNMENTS, how, line.title)

    def _wished(
        self, line: AssignmentLine, owner: dict[str, Any], known: dict[str, Any] | None
    ) -> dict[str, Any]:
        before = known or {"titles": {}, "texts": {}}
        wished: dict[str, Any] = {
            "kind": line.kind,
            "titles": {**before["titles"], line.written_in: line.title},
            "texts": {**before["texts"], line.written_in: line.text},
            **{
                name: list(one) if isinstance(one, tuple) else one
                for name, one in line.facts.items()
            },
        }
        if line.town:
            wished |= organisations.placed(town_of(self.desk, line.town))
        if line.contact:
            wished["contact_id"] = self._person(owner, line.contact)
        if line.is_open is not None:
            closed = Stage.CLOSED if known and known["state"] == Stage.OPEN else Stage.DRAFT
            wished["state"] = Stage.OPEN if line.is_open else closed
            if known and known["state"] == Stage.CLOSED and not line.is_open:
                wished["state"] = Stage.CLOSED
        return wished

    # -- shifts ----------------------------------------------------------------------------------

    async def _shift(self, line: ShiftLine) -> None:
        owner = self._owner(line.organisation)
        offer = self.offers.get((owner["id"], folded(line.assignment)))
        if offer is None:
            raise NoAssignment(organisation=owner["name"], title=line.assignment)
        starts_at, ends_at = _moments(line)
        self._once(("shift", offer["id"], starts_at), line.at)
        contact = self._person(owner, line.contact) if line.contact else None
        wanted = planning.Wanted(
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=line.places,
            minimum=line.minimum,
            has_waitlist=line.has_waitlist,
            place=line.place,
            contact_id=contact,
        )
        found = await assignments.get(self.tx, offer["id"])
        draft = await planning.draft(self.tx, found, wanted)
        name = f"{line.assignment}, {line.day} {line.starts:%H:%M}"
        if (known := await self._event(offer["id"], starts_at)) is not None:
            before = await planning.get(self.tx, known)
            if before.event.draft == draft:
                return
            await events.change(self.tx, known, draft, now=self.now)
            await planning.replan(self.tx, before.id, draft.ends_at)
            self._note(line.at, SHIFTS, CHANGED, name)
            return
        if starts_at <= self.now:
            raise InThePast
        event_id = await events.create(self.tx, draft, now=self.now)
        await planning.keep(self.tx, found, [event_id], wanted, ends_at=[ends_at])
        self._note(line.at, SHIFTS, NEW, name)

    async def _event(self, assignment_id: int, starts_at: datetime) -> int | None:
        event, shift = events_tables.events.c, tables.shifts.c
        found: int | None = await self.tx.scalar(
            select(event.id)
            .join(tables.shifts, shift.event_id == event.id)
            .where(shift.assignment_id == assignment_id, event.starts_at == starts_at)
            .where(event.cancelled_at.is_(None))
            .limit(1)
        )
        return found

    # -- all of them -----------------------------------------------------------------------------

    async def _written(
        self,
        table: Table,
        known: dict[str, Any] | None,
        wished: dict[str, Any],
        values: dict[str, Any],
    ) -> tuple[str, dict[str, Any]]:
        """The row as it is now, and how it came so: NEW, CHANGED or "" for not at all."""
        if known is None:
            made = self.tx.insert(table).values(values).returning(table)
            return NEW, dict((await self.tx.execute(made)).mappings().one())
        changed = {name: one for name, one in wished.items() if known[name] != one}
        if not changed:
            return "", known
        if "changed_at" in table.c:
            changed["changed_at"] = self.now
        await self.tx.execute(update(table).where(table.c.id == known["id"]).values(changed))
        return CHANGED, {**known, **changed}

    def _owner(self, name: str) -> dict[str, Any]:
        found = self.owners.get(folded(name))
        if found is None:
            raise NoOrganisation(name=name[:60])
        return found

    def _person(self, owner: dict[str, Any], name: str) -> int:
        found = self.contacts.get((owner["id"], folded(name)))
        if found is None:
            raise NoContact(organisation=owner["name"], name=name[:60])
        return int(found["id"])

    def _once(self, key: object, at: At) -> None:
        if key in self.seen:
            raise Twice(number=self.seen[key].number)
        self.seen[key] = at

    def _note(self, at: At, what: str, how: str, name: str) -> None:
        if how:
            self.changes.append(Change(at, what, how, name))


def _of_owner(owner: Row | dict[str, Any]) -> dict[str, Any]:
    names = ("office", "sector", "town", "postcode", "latitude", "longitude")
    return {name: owner[name] for name in names}


def _moments(line: ShiftLine) -> tuple[datetime, datetime]:
    """From and to in UTC; a shift that ends before it begins ends the next day."""
    ends_on = line.day if line.ends > line.starts else line.day + timedelta(days=1)
    return _moment(line.day, line.starts), _moment(ends_on, line.ends)


def _moment(day: date, clock: Any) -> datetime:
    return datetime.combine(day, clock, BRUSSELS)
