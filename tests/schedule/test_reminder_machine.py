"""Whatever is moved, given back, wished for, broken or slept through, in any order: a reminder
comes once, by day, before it begins, only for what is still so; what did not come is explained."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime
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
from bot.delivery.messages import LANES
from bot.delivery.tables import outbox
from bot.errors import Refused
from bot.events import jobs
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Place
from bot.events.service import listing, places, planned, planning
from bot.events.tables import events, participants, registrations
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.tables import people as people_
from bot.schedule import due
from bot.schedule.reminders import BEFORE
from bot.schedule.tables import due as due_
from bot.schedule.tables import reminders as fates
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import HOUR, MINUTE, NOW, a_desk, an_event, somebody
from tests.support.reminder_year import is_quiet, moments

T = TypeVar("T")
WISHES: list[tuple[str, ...] | None] = [None, (), ("day",), ("days", "hours"), tuple(BEFORE)]
_USED = (people_, participants, events, registrations, due_, outbox, fates)


class Reminders(RuleBasedStateMachine):
    """The model: each moment at which a reminder that is wanted now has to come."""

    loop: asyncio.AbstractEventLoop
    database: Database
    catalogs: Catalogs

    def __init__(self) -> None:
        super().__init__()
        self.desk: EventsDesk = a_desk(self.catalogs)
        self.now = NOW
        self.seen: set[str] = set()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize(hours=st.integers(30, 24 * 6))
    def starts(self, hours: int) -> None:
        self.run(self._start(hours))

    async def _start(self, hours: int) -> None:
        async with self.database.writing() as tx:
            for table in reversed(_USED):
                await tx.execute(delete(table))
            self.event = await an_event(tx, starts_at=NOW + hours * HOUR, capacity=None)
            self.person, self.mine = await somebody(tx)

    async def _does(self, work: Any) -> bool:
        try:
            async with self.database.writing() as tx:
                await work(tx)
        except Refused:
            return False
        return True

    @rule()
    def takes(self) -> None:
        async def take(tx: Tx) -> None:
            await places.take(tx, self.mine, self.event, now=self.now)

        self.run(self._does(take))

    @rule()
    def gives_back(self) -> None:
        async def give_back(tx: Tx) -> None:
            await places.give_back(tx, self.mine, self.event, now=self.now)

        self.run(self._does(give_back))

    @rule(hours=st.sampled_from([-30, -7, -1, 2, 40, 100]))
    def is_moved(self, hours: int) -> None:
        async def move(tx: Tx) -> None:
            draft = (await listing.get(tx, self.event)).draft
            starts = draft.starts_at + hours * HOUR
            moved = replace(draft, starts_at=starts, ends_at=starts + HOUR)
            await planning.change(tx, self.event, moved, now=self.now)

        self.run(self._does(move))

    @rule(wish=st.sampled_from(WISHES))
    def wishes(self, wish: tuple[str, ...] | None) -> None:
        async def choose(tx: Tx) -> None:
            self.person = await people.choose_reminders(tx, self.person, wish)

        self.run(self._does(choose))

    @rule(hours=st.integers(1, 20))
    def says_later(self, hours: int) -> None:
        """More often than buttons allow, also at night."""

        async def later(tx: Tx) -> None:
            place = await listing.of(tx, self.event, self.mine)
            if place is not None and place.state is Place.PLACED:
                at = self.now + hours * HOUR
                await planned.again(tx, place, at, at=at)

        self.run(self._does(later))

    @rule(minutes=st.sampled_from([3, 45, 200, 800, 2000]), breaks=st.booleans())
    def time_passes(self, minutes: int, *, breaks: bool) -> None:
        """The bot was not there meanwhile, and may break when it is back."""
        self.now += minutes * MINUTE
        self.run(self._looks(breaks=breaks))

    async def _looks(self, *, breaks: bool) -> None:
        kinds = jobs.due_kinds(self.desk)
        if breaks:
            await due.run(
                self.database, {name: _broken(kind) for name, kind in kinds.items()}, now=self.now
            )
            self.now += 2 * MINUTE
        while await due.run(self.database, kinds, now=self.now):
            pass
        await self._nothing_is_left()

    async def _nothing_is_left(self) -> None:
        """Each reminder ahead is planned, and what was due is done."""
        event, place = await self._standing()
        async with self.database.reading() as tx:
            rows = await tx.all(select(due_).where(due_.c.kind == planned.REMIND_KIND))
        assert all(row["due_at"] > self.now for row in rows)
        if place is None or place.state is not Place.PLACED:
            return
        ahead = [at for at in moments(event.starts_at).values() if at > self.now]
        assert not ahead or rows, "nobody will be reminded"
        assert not rows or rows[0]["due_at"] <= min(ahead, default=rows[0]["due_at"])

    async def _standing(self) -> tuple[Event, Any]:
        async with self.database.reading() as tx:
            event = await listing.get(tx, self.event)
            return event, await listing.of(tx, self.event, self.mine)

    @invariant()
    def each_comes_once_by_day_for_what_is_so(self) -> None:
        if hasattr(self, "event"):
            self.run(self._check())

    async def _check(self) -> None:
        event, place = await self._standing()
        async with self.database.reading() as tx:
            posts = await tx.raw("SELECT key, due_at FROM outbox WHERE lane = ?", LANES["reminder"])
            said = {row["key"]: row["fate"] for row in await tx.all(select(fates))}
        keys = [key for key, _ in posts]
        assert len(keys) == len(set(keys))
        assert set(keys) == {key for key, fate in said.items() if fate in ("sent", "late")}
        for key in set(keys) - self.seen:
            [at] = [at for one, at in posts if one == key]
            self._check_new(key, datetime.fromtimestamp(at, NOW.tzinfo), event, place)
        self.seen |= set(keys)

    def _check_new(self, key: str, at: datetime, event: Event, place: Any) -> None:
        _remind, _place, name, starts = key.split(":")
        assert place is not None
        assert place.state is Place.PLACED
        assert not is_quiet(at)
        assert int(starts) == int(event.starts_at.timestamp()), "the hour of before"
        assert at < event.starts_at
        if not name.startswith("again"):
            due_at = moments(event.starts_at)[name]
            assert due_at <= at
            usual = tuple(BEFORE)
            assert name in (usual if self.person.reminders is None else self.person.reminders)
            later = [one for one in moments(event.starts_at).values() if due_at < one <= at]
            wanted = self.person.reminders is None or len(self.person.reminders) == len(usual)
            assert not (wanted and later), "a later one says the same"


def _broken(kind: due.DueHandler) -> due.DueHandler:
    async def breaks(tx: Tx, ref: str, *, now: datetime) -> None:
        await kind(tx, ref, now=now)
        raise RuntimeError("something broke")

    return breaks


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'machine.sqlite'}"
    found: str = request.getfixturevalue("fresh_postgres_address")
    return found


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_reminders_come_once_by_day_and_for_what_is_so(address: str, catalogs: Catalogs) -> None:
    loop, database = asyncio.new_event_loop(), Database(address)
    loop.run_until_complete(_made(database))
    here = {"loop": loop, "database": database, "catalogs": catalogs}
    try:
        run_state_machine_as_test(
            type("Here", (Reminders,), here),
            settings=settings(
                max_examples=15 if database.is_sqlite else 6,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        loop.run_until_complete(database.close())
        loop.close()


async def _made(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(schema.everything().create_all)
