"""Whatever people do with shifts, in any order: nobody is lost, nobody is in two places at once,
never more are placed than there are places, and a free place never waits beside who waits."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from bot.app import schema
from bot.delivery.tables import outbox
from bot.errors import Refused
from bot.events.desk import EventsDesk
from bot.events.domain import TAKES_A_PLACE, EventId, ParticipantId, Place
from bot.events.service import listing, places, planning
from bot.events.tables import events, participants, registrations
from bot.language.catalog import Catalogs
from bot.people.tables import people as people_
from bot.schedule.tables import due
from bot.storage.engine import Database
from tests.support.event_makers import DAY, HOUR, NOW, a_desk, an_event, by_name, passes, somebody

T = TypeVar("T")

people = st.integers(0, 4)
shifts = st.integers(0, 2)
_HOLDS = (Place.PLACED, Place.OFFERED)
_USED = (people_, participants, events, registrations, due, outbox)


class Shifts(RuleBasedStateMachine):
    """The model: what each person was last told that they have. 0 and 1 overlap, 2 stands apart."""

    loop: asyncio.AbstractEventLoop
    database: Database
    catalogs: Catalogs

    def __init__(self) -> None:
        super().__init__()
        self.desk: EventsDesk = a_desk(self.catalogs)
        self.now = NOW
        self.told: dict[tuple[int, int], Place] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize(capacities=st.tuples(*[st.integers(1, 2)] * 3))
    def starts(self, capacities: tuple[int, int, int]) -> None:
        self.run(self._start(capacities))

    async def _start(self, capacities: tuple[int, int, int]) -> None:
        async with self.database.writing() as tx:
            for table in reversed(_USED):
                await tx.execute(delete(table))
            moments = (NOW + 4 * DAY, NOW + 4 * DAY + 2 * HOUR, NOW + 6 * DAY)
            self.events: list[EventId] = [
                await an_event(tx, starts_at=at, capacity=capacity)
                for at, capacity in zip(moments, capacities, strict=True)
            ]
            self.people: list[ParticipantId] = await by_name(tx, 3)
            self.people += [(await somebody(tx, n))[1] for n in range(2)]

    def _does(self, who: int, what: int, work: Any) -> None:
        async def does() -> None:
            try:
                async with self.database.writing() as tx:
                    await work(tx, self.people[who], self.events[what], now=self.now)
            except Refused:
                return
            async with self.database.reading() as tx:
                mine = await listing.of(tx, self.events[what], self.people[who])
            if mine is not None:
                self.told[who, what] = mine.state

        self.run(does())

    @rule(who=people, what=shifts)
    def takes(self, who: int, what: int) -> None:
        self._does(who, what, places.take)

    @rule(who=people, what=shifts)
    def gives_back(self, who: int, what: int) -> None:
        self._does(who, what, places.give_back)

    @rule(who=people, what=shifts)
    def accepts(self, who: int, what: int) -> None:
        self._does(who, what, places.accept_offer)

    @rule(who=people, what=shifts)
    def declines(self, who: int, what: int) -> None:
        self._does(who, what, places.decline)

    @rule(who=people, what=shifts)
    def is_asked(self, who: int, what: int) -> None:
        async def ask(tx: Any, person: ParticipantId, event: EventId, *, now: Any) -> None:
            await places.ask(tx, [person], event, now=now)

        self._does(who, what, ask)

    @rule(what=shifts, capacity=st.integers(1, 3))
    def capacity_changes(self, what: int, capacity: int) -> None:
        async def change() -> None:
            try:
                async with self.database.writing() as tx:
                    event = await listing.get(tx, self.events[what])
                    draft = replace(event.draft, capacity=capacity)
                    await planning.change(tx, event.id, draft, now=self.now)
            except Refused:
                return

        self.run(change())

    @rule(what=shifts)
    def is_cancelled(self, what: int) -> None:
        async def cancel() -> None:
            try:
                async with self.database.writing() as tx:
                    await planning.cancel(tx, self.events[what], now=self.now)
            except Refused:
                return

        if what == 2:
            self.run(cancel())

    @rule(minutes=st.sampled_from([0, 10, 90, 600, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.run(passes(self.database, self.desk, self.now))
        self.run(self._no_place_waits_beside_who_waits())
        self.run(self._follows())

    async def _follows(self) -> None:
        """What becomes of people by itself: a place is offered, an offer lapses. Nothing else."""
        may_become = {
            Place.WAITING: {Place.WAITING, Place.OFFERED, Place.LAPSED},
            Place.OFFERED: {Place.OFFERED, Place.LAPSED},
        }
        async with self.database.reading() as tx:
            for (who, what), before in self.told.items():
                mine = await listing.of(tx, self.events[what], self.people[who])
                assert mine is not None, "nobody is lost"
                assert mine.state in may_become.get(before, {before})
                self.told[who, what] = mine.state

    async def _no_place_waits_beside_who_waits(self) -> None:
        async with self.database.reading() as tx:
            for number in self.events:
                event = await listing.get(tx, number)
                if event.cancelled_at or event.has_begun(self.now) or not event.has_room():
                    continue
                if event.first_tap_wins(self.now):
                    continue
                for one in await places.on_the_list(tx, number):
                    if one.state is Place.WAITING:
                        assert await places.busy(tx, event, [one.participant])

    @invariant()
    def places_and_people_are_as_they_were_told(self) -> None:
        if hasattr(self, "people"):
            self.run(self._look())

    async def _look(self) -> None:
        async with self.database.reading() as tx:
            found = await tx.all(select(registrations))
            counts = await tx.all(select(events.c.id, events.c.taken, events.c.capacity))
        sizes: Counter[int] = Counter()
        held: Counter[int] = Counter()
        for row in found:
            sizes[row["event_id"]] += row["state"] in TAKES_A_PLACE
            is_at_that_time = row["event_id"] in self.events[:2]
            held[row["participant_id"]] += row["state"] in _HOLDS and is_at_that_time
        for row in counts:
            assert row["taken"] == sizes[row["id"]] <= row["capacity"], "never too many"
        assert all(count < 2 for count in held.values()), "nobody is in two places at once"
        states = {(row["participant_id"], row["event_id"]): Place(row["state"]) for row in found}
        for (who, what), state in self.told.items():
            assert states[self.people[who], self.events[what]] is state, "nobody is lost"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with every table, for a loop of its own."""
    if request.param == "postgres":
        return str(request.getfixturevalue("fresh_postgres_address"))
    return f"sqlite:///{tmp_path / 'shifts.sqlite'}"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nobody_is_lost_and_no_place_is_given_twice(address: str, catalogs: Catalogs) -> None:
    loop, database = asyncio.new_event_loop(), Database(address)
    loop.run_until_complete(_made(database))
    here = {"loop": loop, "database": database, "catalogs": catalogs}
    try:
        run_state_machine_as_test(
            type("Here", (Shifts,), here),
            settings=settings(
                max_examples=20 if database.is_sqlite else 10,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        loop.run_until_complete(database.close())
        loop.close()


async def _made(database: Database) -> None:
    """Every table, once: emptying the few that are used is faster than a database for each."""
    async with database.engine.begin() as connection:
        await connection.run_sync(schema.everything().create_all)
