"""Whatever coordinators, volunteers and who would like a buddy do, in any order: a pair runs only
after both have said yes, nobody is asked about two people, and a place is never given twice."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.errors import Refused
from bot.events.service import participants
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.storage.engine import Database
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.placing import ASKED, BEGUN, RUNNING, STEPS, Side
from bot.volunteering.service import ending, lasting, placing, proposing
from tests.support import volunteering_makers as making
from tests.support.pair_makers import KAREN, a_desk, a_lasting_one, a_person, a_wish
from tests.support.volunteering_makers import NOW
from tests.volunteering.test_guiding import a_coordinator

WANTED = 2
DOES = ("wants", "approves", "asks", "yes", "no", "pauses", "resumes", "ends", "leaves")
step = st.tuples(
    st.sampled_from(DOES),
    st.integers(1, 5),
    st.integers(0, 2),
)  # fmt: skip


async def _does(
    tx: Tx, desk: VolunteeringDesk, team: list[Person], what: str, place: int, who: int
) -> None:
    karen, *volunteers = team
    people = await tx.all(select(tables.volunteers.c.id).order_by(tables.volunteers.c.id))
    wishes = await tx.all(select(tables.partners.c.participant_id))
    mine, side = people[who]["id"], (Side.VOLUNTEER, Side.PARTNER)[who % 2]
    if what == "wants":
        await placing.ask(desk, tx, volunteers[who], 1, now=NOW)
    elif what == "approves":
        await placing.decide(desk, tx, karen, place, is_yes=who > 0, now=NOW)
    elif what == "asks":
        partner = wishes[place % len(wishes)]["participant_id"]
        await proposing.ask(desk, tx, karen, 1, mine, partner=partner, now=NOW)
    elif what in ("yes", "no"):
        yes = what == "yes"
        await proposing.answer_for(desk, tx, karen, place, side, is_yes=yes, now=NOW)
    elif what in ("pauses", "resumes"):
        await lasting.pause(desk, tx, karen, place, is_paused=what == "pauses", now=NOW)
    elif what == "ends":
        await lasting.end(desk, tx, karen, place, "time", now=NOW)
    else:
        await ending.of_participant(tx, mine, "left", now=NOW)


async def _lives(database: Database, catalogs: Catalogs, steps: list[tuple[str, int, int]]) -> None:
    async with database.writing() as tx:
        team = [await a_coordinator(tx)]
        for number in range(3):
            team.append(await a_person(tx, KAREN + 20 + number, f"V{number}"))
            await making.a_volunteer(tx, person=team[-1].id, languages={"en": 3})
        for number in range(2):
            await a_wish(tx, await participants.by_name(tx, f"W{number}", now=NOW))
        await a_lasting_one(tx, wanted=WANTED)
    before: dict[int, Row] = {}
    for what, place, who in steps:
        try:
            async with database.writing() as tx:
                await _does(tx, a_desk(catalogs), team, what, place, who)
        except Refused:
            pass
        async with database.reading() as tx:
            after = {row["id"]: row for row in await tx.all(select(tables.placements))}
        _holds(before, after)
        before = after


def _holds(before: dict[int, Row], after: dict[int, Row]) -> None:
    for number, row in after.items():
        was = before.get(number)
        if was is not None and was["state"] != row["state"]:
            assert row["state"] in STEPS[was["state"]]
        if row["state"] == RUNNING:
            assert row["volunteer_at"], "a pair runs only after both said yes"
            assert row["partner_at"], "a pair runs only after both said yes"
    busy = [row["partner_id"] for row in after.values() if row["state"] in (ASKED, *BEGUN)]
    assert len(busy) == len(set(busy)) <= WANTED


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(step, min_size=5, max_size=25))
def test_pair_runs_only_when_both_say_yes(
    sqlite_template: Path, catalogs: Catalogs, steps: list[tuple[str, int, int]]
) -> None:
    async def whole(file: Path) -> None:
        shutil.copy(sqlite_template, file)
        database = Database(f"sqlite:///{file}")
        try:
            await _lives(database, catalogs, steps)
        finally:
            await database.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(whole(Path(folder) / "pairs.sqlite"))
