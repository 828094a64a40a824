"""A volunteer's file goes two years after the last activity; what was counted stays a number."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.events import tables as events
from bot.events.domain import Place
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.service import fitting, keeping
from tests.support import volunteering_makers as making
from tests.support.volunteering_makers import NOW

LATER = NOW + keeping.FILE_KEPT + timedelta(days=1)


async def _file(tx: Tx, volunteer: int) -> Row:
    row = await tx.one(select(tables.volunteers).where(tables.volunteers.c.id == volunteer))
    assert row is not None
    return row


async def test_file_of_who_was_silent_for_two_years_is_stripped(tx: Tx) -> None:
    volunteer = await making.a_volunteer(tx, name="Amina", phone="+32470000000")

    await keeping.reduce(tx, now=NOW + keeping.FILE_KEPT - timedelta(days=1))
    assert (await _file(tx, volunteer))["phone"] == "+32470000000"
    await keeping.reduce(tx, now=LATER)

    row = await _file(tx, volunteer)
    assert (row["phone"], row["postcode"], row["languages"]) == (None, None, {})
    assert (row["office"], row["stripped_at"]) == ("gent", LATER)
    name = select(events.participants.c.name).where(events.participants.c.id == volunteer)
    assert await tx.scalar(name) is None


@pytest.mark.parametrize("what", ["place", "placement"])
async def test_file_of_who_still_takes_part_stays(tx: Tx, what: str) -> None:
    volunteer = await making.a_volunteer(tx)
    assignment = await making.an_assignment(tx, await making.an_organisation(tx))
    if what == "place":
        shift = await making.a_shift(tx, assignment, LATER, now=LATER)
        await making.a_place(tx, shift, volunteer, Place.ATTENDED, now=LATER)
    else:
        values = {"state": "running", "created_at": NOW}
        row = {"assignment_id": assignment, "volunteer_id": volunteer, **values}
        await tx.execute(tx.insert(tables.placements).values(row))

    await keeping.reduce(tx, now=LATER)

    assert (await _file(tx, volunteer))["stripped_at"] is None


async def test_nobody_is_asked_whose_file_was_stripped(tx: Tx) -> None:
    gone, stays = await making.a_volunteer(tx), await making.a_volunteer(tx)

    await keeping.strip(tx, gone, now=NOW)

    assert set(await fitting.files(tx, [gone, stays])) == {stays}
