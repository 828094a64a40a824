"""Whatever walkers do with teams, in any order: never more than a slot or a team has room for, no
place twice, a team has a captain while it has members, and everybody sets off with their team."""

import asyncio
from collections.abc import Coroutine
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
from bot.events.domain import TAKES_A_PLACE, WALKS_ALONG, ParticipantId, Place
from bot.events.service import leading, leaving, places, rows, slots, team_rows, teams
from bot.events.tables import events, participants, registrations, start_slots
from bot.events.tables import teams as teams_
from bot.language.catalog import Catalogs
from bot.people.tables import people as people_
from bot.schedule.tables import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import NOW, a_desk, by_name, passes, somebody, taken
from tests.support.walk_makers import STARTS, a_walk, counted, with_slots

T = TypeVar("T")

walkers = st.integers(0, 5)
times = st.integers(0, 2)
_USED = (people_, participants, events, start_slots, teams_, registrations, due, outbox)


class Walkers(RuleBasedStateMachine):
    """A walk for five, three start times for four walkers and two teams each, six people."""

    loop: asyncio.AbstractEventLoop
    database: Database
    catalogs: Catalogs

    def __init__(self) -> None:
        super().__init__()
        self.desk: EventsDesk = a_desk(self.catalogs)
        self.now = NOW

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize(capacity=st.integers(3, 6))
    def starts(self, capacity: int) -> None:
        self.run(self._start(capacity))

    async def _start(self, capacity: int) -> None:
        async with self.database.writing() as tx:
            for table in reversed(_USED):
                await tx.execute(delete(table))
            self.walk = await a_walk(tx, capacity=capacity)
            self.slots = await with_slots(tx, self.walk, walkers=4, most_teams=2)
            self.people: list[ParticipantId] = await by_name(tx, 3)
            self.people += [(await somebody(tx, n))[1] for n in range(3)]

    def does(self, work: Any) -> None:
        async def does() -> None:
            try:
                async with self.database.writing() as tx:
                    await work(tx)
            except Refused:
                return

        self.run(does())

    async def _team_of(self, tx: Tx, who: int) -> Any:
        mine = await rows.of(tx, self.walk, self.people[who])
        return None if mine is None or mine.team is None else await team_rows.find(tx, mine.team)

    @rule(who=walkers, size=st.integers(2, 4), when=st.one_of(st.none(), times))
    def makes_a_team(self, who: int, size: int, when: int | None) -> None:
        slot = None if when is None else self.slots[when].slot.id
        captain = self.people[who]
        self.does(
            lambda tx: teams.create(
                tx, captain, self.walk, "Team", size=size, slot_id=slot, now=self.now
            )
        )

    @rule(who=walkers, whose=walkers)
    def joins(self, who: int, whose: int) -> None:
        async def joins(tx: Tx) -> None:
            team = await self._team_of(tx, whose)
            if team is not None:
                await teams.join(tx, self.people[who], team.token or "", now=self.now)

        self.does(joins)

    @rule(who=walkers)
    def leaves_the_team(self, who: int) -> None:
        self.does(lambda tx: teams.leave(tx, self.people[who], self.walk, now=self.now))

    @rule(who=walkers)
    def gives_back(self, who: int) -> None:
        self.does(lambda tx: places.give_back(tx, self.people[who], self.walk, now=self.now))

    @rule(who=walkers)
    def is_erased(self, who: int) -> None:
        self.does(lambda tx: leaving.everything(tx, self.people[who], now=self.now))

    @rule(who=walkers)
    def takes_what_is_offered(self, who: int) -> None:
        self.does(lambda tx: places.accept_offer(tx, self.people[who], self.walk, now=self.now))

    @rule(who=walkers)
    def walks_alone(self, who: int) -> None:
        self.does(lambda tx: teams.walk_alone(tx, self.people[who], self.walk, now=self.now))

    @rule(who=walkers, when=times)
    def chooses_an_own_time(self, who: int, when: int) -> None:
        slot = self.slots[when].slot.id
        self.does(
            lambda tx: teams.choose_own_slot(tx, self.people[who], self.walk, slot, now=self.now)
        )

    @rule(who=walkers, when=times)
    def captain_chooses_a_time(self, who: int, when: int) -> None:
        async def chooses(tx: Tx) -> None:
            if (team := await self._team_of(tx, who)) is not None:
                slot = self.slots[when].slot.id
                await leading.choose_slot(tx, self.people[who], team.id, slot, now=self.now)

        self.does(chooses)

    @rule(who=walkers, size=st.integers(2, 5))
    def captain_resizes(self, who: int, size: int) -> None:
        async def resizes(tx: Tx) -> None:
            if (team := await self._team_of(tx, who)) is not None:
                await leading.resize(tx, self.people[who], team.id, size, now=self.now)

        self.does(resizes)

    @rule(who=walkers, whom=walkers, goes=st.booleans())
    def captain_takes_off_or_hands_over(self, who: int, whom: int, *, goes: bool) -> None:
        async def does(tx: Tx) -> None:
            team = await self._team_of(tx, who)
            theirs = await rows.of(tx, self.walk, self.people[whom])
            if team is not None and theirs is not None:
                verb = leading.remove if goes else leading.hand_over
                await verb(tx, self.people[who], team.id, theirs.id, now=self.now)

        self.does(does)

    @rule(who=walkers)
    def captain_dissolves(self, who: int) -> None:
        async def dissolves(tx: Tx) -> None:
            if (team := await self._team_of(tx, who)) is not None:
                await leading.dissolve(tx, self.people[who], team.id, now=self.now)

        self.does(dissolves)

    @rule(when=times, minutes=st.sampled_from([0, 5, 45]))
    def coordinator_moves_a_slot(self, when: int, minutes: int) -> None:
        at = STARTS + timedelta(minutes=10 * when + minutes)
        self.does(lambda tx: slots.move(tx, self.slots[when].slot.id, at, now=self.now))

    @rule(minutes=st.sampled_from([5, 90, 600]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.run(passes(self.database, self.desk, self.now))

    @invariant()
    def everything_fits(self) -> None:
        if hasattr(self, "people"):
            self.run(self._look())

    async def _look(self) -> None:
        async with self.database.reading() as tx:
            count, real = await taken(tx, self.walk)
            event = await rows.get(tx, self.walk)
            found = await rows.all_of(tx, self.walk)
            groups = await team_rows.of_event(tx, self.walk)
            rooms = await team_rows.rooms(tx, self.walk)
            by_hand = await counted(tx, self.walk)
            gone = await tx.all(select(teams_.c.id).where(teams_.c.cancelled_at.is_not(None)))
        capacity = event.draft.capacity
        assert capacity is not None
        assert count == real <= capacity, "places are counted once, and never too many"
        for room in rooms:
            assert room.walkers == by_hand.get(room.slot.id, 0) <= 4
            assert room.teams <= 2
        on = [one for one in found if one.state in WALKS_ALONG]
        over = {row["id"] for row in gone}
        assert not [one for one in found if one.team in over], "nobody is in what is no more"
        for team in groups:
            members = [one for one in on if one.team == team.id]
            assert 1 <= len(members) == team.seats <= team.size
            assert team.captain in {one.participant for one in members}, "somebody leads"
            assert {one.own_start for one in members} == {team.starts_at}, "they set off together"
        for one in found:
            if one.state not in (*TAKES_A_PLACE, Place.WAITING):
                assert (one.team, one.slot, one.own_start) == (None, None, None)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with every table, for a loop of its own."""
    if request.param == "postgres":
        return str(request.getfixturevalue("fresh_postgres_address"))
    return f"sqlite:///{tmp_path / 'teams.sqlite'}"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_teams_fit_and_set_off_together_whatever_happens(address: str, catalogs: Catalogs) -> None:
    loop, database = asyncio.new_event_loop(), Database(address)
    loop.run_until_complete(_made(database))
    here = {"loop": loop, "database": database, "catalogs": catalogs}
    try:
        run_state_machine_as_test(
            type("Here", (Walkers,), here),
            settings=settings(
                max_examples=20 if database.is_sqlite else 8,
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
