"""Bring a file of events in: all of it, or nothing.

A preview is the real thing, undone: what it says is what happens. The same file twice changes
nothing the second time. Who has a place hears what changed, as when a coordinator changes it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select, update

from bot.errors import NotAllowed, Refused
from bot.events import tables
from bot.events.desk import EventsDesk, Town
from bot.events.domain import Draft, Event, EventId, Kind
from bot.events.domain.files import (
    At,
    EventFile,
    EventLine,
    Fault,
    InThePast,
    IsOff,
    IsOlder,
    IsOver,
    LeftOut,
    NoOffice,
    Twice,
)
from bot.events.service import planning, rows
from bot.people import service as people
from bot.people.domain import Person
from bot.people.domain.team import folded
from bot.storage.transaction import Tx

NEW, CHANGED, CANCELLED = "new", "changed", "cancelled"
_AT_ONCE: Final = 500  # values of one IN
_OURS: Final = re.compile(r"event-(\d{1,18})@wegwijzer")  # in our own calendar files

events, series = tables.events, tables.series


class Change(NamedTuple):
    """What a line does; `fields`: which of an event are new."""

    at: At
    how: str
    title: str
    starts_at: datetime
    fields: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A line that does nothing, and why."""

    at: At
    title: str
    why: LeftOut


class Outcome(NamedTuple):
    """What a file does, line by line, and what is wrong with it."""

    changes: Sequence[Change]
    skipped: Sequence[Skipped]
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who brings what in.

    person  None: the operator, at the server
    office  of events in a file that does not say; None: the only one that this person plans for
    """

    file: EventFile
    person: Person | None = None
    office: str | None = None


class _Undo(Exception):
    """Leaves the savepoint with nothing written."""


async def preview(desk: EventsDesk, tx: Tx, order: Order, *, now: datetime) -> Outcome:
    """What would change, and every line that is wrong; nothing is written."""
    outcome = Outcome((), (), order.file.faults)
    try:
        async with tx.savepoint():
            outcome = await _bring_in(desk, tx, order, now=now)
            raise _Undo
    except _Undo:
        return outcome


async def bring_in(desk: EventsDesk, tx: Tx, order: Order, *, now: datetime) -> Outcome:
    """Write the whole file; with one fault nothing is written."""
    outcome = Outcome((), (), order.file.faults)
    try:
        async with tx.savepoint():
            outcome = await _bring_in(desk, tx, order, now=now)
            if outcome.faults:
                raise _Undo
    except _Undo:
        return outcome
    if outcome.changes:
        counts = {how: sum(one.how == how for one in outcome.changes) for how in _HOW}
        actor = None if order.person is None else order.person.id
        await people.record(
            tx, at=now, actor=actor, action="events.imported", subject="file", detail=counts
        )
    return outcome


_HOW: Final = (NEW, CHANGED, CANCELLED)


async def _bring_in(desk: EventsDesk, tx: Tx, order: Order, *, now: datetime) -> Outcome:
    work = _Work(desk, tx, order, now, faults=list(order.file.faults))
    await work.learn()
    for line in order.file.lines:
        try:
            await work.take(line)
        except LeftOut as why:
            work.skipped.append(Skipped(line.at, line.title, why))
        except Refused as refusal:
            work.faults.append(Fault(line.at, refusal))
    await work.cancel_missing()
    return Outcome(work.changes, work.skipped, sorted(work.faults, key=lambda fault: fault.at))


class _Known(NamedTuple):
    event: Event
    sequence: int


@dataclass
class _Work:
    """What is known by the names that files use, while lines are taken one by one."""

    desk: EventsDesk
    tx: Tx
    order: Order
    now: datetime
    faults: list[Fault]
    changes: list[Change] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    known: dict[str, _Known] = field(default_factory=dict)
    series: dict[str, int] = field(default_factory=dict)
    offices: dict[str, Refused | None] = field(default_factory=dict)
    seen: dict[str, At] = field(default_factory=dict)

    async def learn(self) -> None:
        """Read what is known of these lines, and of their series, in few queries."""
        uids = sorted({line.uid for line in self.order.file.lines})
        ours = {int(found[1]): uid for uid in uids if (found := _OURS.fullmatch(uid))}
        for some in _parts(uids):
            await self._learn(events.c.source.in_(some), {})
        for numbers in _parts(sorted(ours)):
            await self._learn(events.c.id.in_(numbers), ours)
        for name in sorted({line.series for line in self.order.file.lines} - {""}):
            await self._learn(events.c.source.startswith(f"{name}#", autoescape=True), {})

    async def _learn(self, where: Any, ours: Mapping[int, str]) -> None:
        for row in await self.tx.all(select(events).where(where)):
            uid = ours.get(row["id"]) or row["source"]
            self.known[uid] = _Known(rows.event(row), row["source_sequence"])
            name, mark, _ = uid.rpartition("#")
            if mark and row["series_id"] is not None:
                self.series.setdefault(name, row["series_id"])

    async def take(self, line: EventLine) -> None:
        """One line. Raises LeftOut where it does nothing, Refused where it is wrong."""
        if line.uid in self.seen:
            raise Twice(number=self.seen[line.uid].number)
        self.seen[line.uid] = line.at
        known = self.known.get(line.uid)
        if known is None:
            await self._create(line)
            return
        event = known.event
        await self._require(event.draft.office)
        if event.kind not in tuple(Kind):
            raise NotAllowed
        if event.ends_at <= self.now:
            raise IsOver
        if line.sequence < known.sequence:
            raise IsOlder
        if line.is_cancelled:
            await self._cancel(line, event)
        else:
            await self._change(line, event)

    async def _create(self, line: EventLine) -> None:
        if line.is_cancelled:
            raise IsOff
        if line.starts_at <= self.now:
            raise IsOver if self.order.file.forgives_past else InThePast
        office = await self._office(line)
        await self._require(office)
        facts = {**line.facts, **self._where(line.facts), "office": office}
        draft = Draft(
            titles=_filled({}, line.titles),
            texts=_filled({}, line.texts),
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            **facts,  # type: ignore[arg-type]
        )
        event_id = await planning.create(self.tx, draft, now=self.now)
        values: dict[str, Any] = {"source": line.uid, "source_sequence": line.sequence}
        if line.series:
            values["series_id"] = await self._series(line)
        await self.tx.execute(update(events).where(events.c.id == event_id).values(values))
        self._note(line, NEW)

    async def _series(self, line: EventLine) -> int:
        if line.series not in self.series:
            values = {"rule": line.rule[:200] or "RDATE", "skips_holidays": False}
            made = self.tx.insert(series).values(values).returning(series.c.id)
            self.series[line.series] = int(await self.tx.scalar(made))
        return self.series[line.series]

    async def _change(self, line: EventLine, event: Event) -> None:
        if event.cancelled_at is not None:
            raise IsOff
        before = event.draft
        if (office := line.facts.get("office")) is not None:
            await self._require(str(office))
        draft = replace(
            before,
            titles=_filled(before.titles, line.titles),
            texts=_filled(before.texts, line.texts),
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            **{**line.facts, **self._where(line.facts)},  # type: ignore[arg-type]
        )
        await self._keep_sequence(event.id, line)
        if draft == before:
            return
        await planning.change(self.tx, event.id, draft, now=self.now)
        fields = (one for one in rows.PLANNED if getattr(draft, one) != getattr(before, one))
        self._note(line, CHANGED, tuple(fields))

    async def _cancel(self, line: EventLine, event: Event) -> None:
        await self._keep_sequence(event.id, line)
        if event.cancelled_at is None:
            await planning.cancel(self.tx, event.id, now=self.now)
            self._note(replace(line, title=event.title(None)), CANCELLED)

    async def _keep_sequence(self, event_id: EventId, line: EventLine) -> None:
        if line.sequence > self.known[line.uid].sequence:
            values = {"source_sequence": line.sequence}
            await self.tx.execute(update(events).where(events.c.id == event_id).values(values))

    async def cancel_missing(self) -> None:
        """Of a series that the file holds, what it does not name any more does not take place."""
        last = {line.series: line for line in self.order.file.lines if line.series}
        for uid, known in sorted(self.known.items()):
            line = last.get(uid.rpartition("#")[0])
            event = known.event
            is_gone = line is not None and uid not in self.seen and event.cancelled_at is None
            if line is None or not is_gone or event.starts_at <= self.now:
                continue
            if line.sequence >= known.sequence:
                await planning.cancel(self.tx, event.id, now=self.now)
                gone = replace(line, title=event.title(None), starts_at=event.starts_at)
                self._note(gone, CANCELLED)

    # -- whose, and where ------------------------------------------------------------------------

    async def _office(self, line: EventLine) -> str:
        said = line.facts.get("office") or self.order.office
        if said is not None:
            return str(said)
        theirs = [one for one in self.desk.offices if await self._may(one) is None]
        if len(theirs) != 1:
            raise NoOffice(known=", ".join(theirs or self.desk.offices))
        return theirs[0]

    async def _require(self, office: str | None) -> None:
        refusal = await self._may(office or "")
        if refusal is not None:
            raise refusal

    async def _may(self, office: str) -> Refused | None:
        """Why this person may not plan for an office; asked once for each."""
        if self.order.person is None:
            return None
        if office not in self.offices:
            try:
                await self.desk.require_office(self.tx, self.order.person, office)
            except Refused as refusal:
                self.offices[office] = refusal
            else:
                self.offices[office] = None
        return self.offices[office]

    def _where(self, facts: Mapping[str, object]) -> dict[str, object]:
        """The town that a file names, also at the end of an address; with its spot on the map.
        Raises NoSuchTown for a column that names none."""
        if facts.get("town"):
            town = self.desk.town_of(str(facts["town"]))
            place: dict[str, object] = {}
        else:
            *first, last = [part.strip() for part in str(facts.get("place", "")).split(",")]
            named = self._named(last)
            if named is None:
                return {}
            town, place = named, {"place": ", ".join(first)}
        found = {"town": town.name, "latitude": town.latitude, "longitude": town.longitude}
        return {**found, **place, **{one: facts[one] for one in _SPOT if one in facts}}

    def _named(self, part: str) -> Town | None:
        """The town that this says and nothing else: a hall may be called nearly like a town."""
        try:
            town = self.desk.town_of(part)
        except Refused:
            return None
        said = folded(part)
        return town if said in (folded(f"{town.postcode} {town.name}"), folded(town.name)) else None

    def _note(self, line: EventLine, how: str, fields: tuple[str, ...] = ()) -> None:
        self.changes.append(Change(line.at, how, line.title, line.starts_at, fields))


_SPOT: Final = ("latitude", "longitude")


def _filled(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Texts by language: the file's in its order, then others that it does not speak of."""
    whole = {**given, **{code: text for code, text in before.items() if code not in given}}
    return {code: text for code, text in whole.items() if text}


def _parts(found: Sequence[Any]) -> list[Sequence[Any]]:
    return [found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE)]
