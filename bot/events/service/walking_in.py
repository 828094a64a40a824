"""Bring a list of walkers in who registered elsewhere: all of it, or nothing.

A walker is known again by team and name: a second list with the same people doubles nobody, and
two of the same name in one team are two. Teams are known by their names.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import NamedTuple

from bot.errors import Outdated, Refused
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Kind
from bot.events.domain.files import (
    Fault,
    IsKnown,
    NoSlot,
    OtherSlot,
    WalkerFile,
    WalkerLine,
)
from bot.events.domain.teams import LARGEST, SlotRoom, Team, TeamFull
from bot.events.service import leading, rows, team_lists, team_rows, teams, walkers
from bot.events.service.bulk import Skipped
from bot.language.formats import BRUSSELS
from bot.people import service as people
from bot.people.domain import Person
from bot.people.domain.team import folded
from bot.storage.transaction import Tx


class Added(NamedTuple):
    """A walker who is new; `is_waiting`: on the waitlist."""

    line: WalkerLine
    is_waiting: bool


class Walked(NamedTuple):
    """What a list does, line by line, and what is wrong with it."""

    added: Sequence[Added]
    new_teams: int
    skipped: Sequence[Skipped]
    faults: Sequence[Fault]


class _Undo(Exception):
    """Leaves the savepoint with nothing written."""


async def preview(
    desk: EventsDesk,
    tx: Tx,
    person: Person | None,
    event_id: int,
    file: WalkerFile,
    *,
    now: datetime,
) -> Walked:
    """What would happen; nothing is written. Raises StaffOnly, NotYourOffice, Outdated."""
    event = await _walk(desk, tx, person, event_id)
    found = Walked((), 0, (), file.faults)
    try:
        async with tx.savepoint():
            found = await _bring_in(tx, event, file, now=now)
            raise _Undo
    except _Undo:
        return found


async def bring_in(
    desk: EventsDesk,
    tx: Tx,
    person: Person | None,
    event_id: int,
    file: WalkerFile,
    *,
    now: datetime,
) -> Walked:
    """Write the whole list; with one fault nothing is written. Raises as `preview`."""
    event = await _walk(desk, tx, person, event_id)
    found = Walked((), 0, (), file.faults)
    try:
        async with tx.savepoint():
            found = await _bring_in(tx, event, file, now=now)
            if found.faults:
                raise _Undo
    except _Undo:
        return found
    if found.added:
        await people.record(
            tx,
            at=now,
            actor=None if person is None else person.id,
            action="walkers.imported",
            subject=f"event:{event.id}",
            detail={"walkers": len(found.added), "teams": found.new_teams},
        )
    return found


async def _walk(desk: EventsDesk, tx: Tx, person: Person | None, event_id: int) -> Event:
    event = await rows.get(tx, event_id)
    if event.kind != Kind.WALK:
        raise Outdated
    if person is not None:
        await desk.require_office(tx, person, event.draft.office or "")
    return event


async def _bring_in(tx: Tx, event: Event, file: WalkerFile, *, now: datetime) -> Walked:
    work = _Work(tx, event, now, faults=list(file.faults))
    await work.learn(file)
    for line in sorted(file.lines, key=lambda one: (not one.is_captain, one.at)):
        try:
            await work.take(line)
        except IsKnown as why:
            work.skipped.append(Skipped(line.at, line.name, why))
        except Refused as refusal:
            work.faults.append(Fault(line.at, refusal))
    return Walked(
        sorted(work.added, key=lambda one: one.line.at),
        work.new_teams,
        sorted(work.skipped, key=lambda one: one.at),
        sorted(work.faults, key=lambda one: one.at),
    )


@dataclass
class _Work:
    """What is known of the walk, while lines are taken one by one.

    here   how often a name stands in a team already
    sizes  how many of the file walk with each team
    """

    tx: Tx
    event: Event
    now: datetime
    faults: list[Fault]
    added: list[Added] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    new_teams: int = 0
    here: Counter[tuple[str, str]] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    starts: dict[str, time] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    rooms: Sequence[SlotRoom] = ()

    async def learn(self, file: WalkerFile) -> None:
        """The walk as it is, in few statements."""
        found = await team_lists.of_walk(self.tx, self.event)
        self.rooms = found.slots
        for roll in found.rolls:
            name = folded(roll.team.name)
            if roll.team.cancelled_at is None:
                self.teams[name] = roll.team
            self.here.update((name, folded(one.name)) for one in roll.members)
        self.here.update(("", folded(one.name)) for one in found.alone)
        for line in file.lines:
            name = folded(line.team)
            self.sizes[name] += 1
            if name and line.starts is not None:
                self.starts.setdefault(name, line.starts)

    async def take(self, line: WalkerLine) -> None:
        """One walker. Raises IsKnown where nothing is new, Refused where it is wrong."""
        team_name = folded(line.team)
        key = team_name, folded(line.name)
        if self.here[key]:
            self.here[key] -= 1
            raise IsKnown
        team = await self._team(line) if team_name else None
        slot = None if team_name or line.starts is None else self._slot(line.starts)
        held = await walkers.add_walker(
            self.tx,
            self.event.id,
            line.name,
            now=self.now,
            team_id=None if team is None else team.id,
            slot_id=slot,
        )
        self.added.append(Added(line, not walkers.is_placed(held)))

    async def _team(self, line: WalkerLine) -> Team:
        """The team of this name, made or made larger where that is needed."""
        name = folded(line.team)
        known = self.teams.get(name)
        starts = self.starts.get(name)
        if line.starts is not None and line.starts != starts and starts is not None:
            raise OtherSlot(team=line.team, hour=f"{starts:%H:%M}")
        if known is None:
            slot = None if starts is None else self._slot(starts)
            size = min(self.sizes[name], LARGEST)
            known = await teams.create_listed(
                self.tx, self.event.id, line.team, size=size, slot_id=slot, now=self.now
            )
            self.teams[name] = known
            self.new_teams += 1
            return known
        self._check_start(line, known)
        known = await team_rows.find(self.tx, known.id) or known
        if known.free < 1 and known.size >= LARGEST:
            raise TeamFull(known.size)
        if known.free < 1:
            known = await leading.resize(self.tx, None, known.id, known.size + 1, now=self.now)
        return known

    def _check_start(self, line: WalkerLine, known: Team) -> None:
        if line.starts is None or known.starts_at is None:
            return
        hour = _hour(known.starts_at)
        if hour != line.starts:
            raise OtherSlot(team=line.team, hour=f"{hour:%H:%M}")

    def _slot(self, starts: time) -> int:
        """The slot at which the clock shows this."""
        for room in self.rooms:
            if _hour(room.slot.starts_at) == starts:
                return room.slot.id
        known = ", ".join(f"{_hour(room.slot.starts_at):%H:%M}" for room in self.rooms)
        raise NoSlot(hour=f"{starts:%H:%M}", known=known or "–")


def _hour(at: datetime) -> time:
    return at.astimezone(BRUSSELS).time().replace(second=0, microsecond=0)
