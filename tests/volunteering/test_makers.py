"""The year that other tests count on: the same each time, and true to the rules of the rows."""

from collections import Counter

from sqlalchemy import func, select

from bot.events import tables as events
from bot.events.domain import TAKES_A_PLACE, Place
from bot.storage.transaction import Tx
from bot.volunteering import tables
from tests.support import volunteering_makers as makers
from tests.support.volunteering_year import Year


def test_the_same_seed_gives_the_same_year() -> None:
    one, again, other = (Year(seed=seed, volunteers=60, assignments=50) for seed in (1, 1, 2))

    assert one.rows == again.rows
    assert one.rows != other.rows


async def test_a_year_can_be_written_and_gone_on_with(tx: Tx) -> None:
    year = Year(seed=3, volunteers=80, organisations=10, assignments=40)

    await year.write(tx)

    for table, rows in year.rows.items():
        assert await tx.scalar(select(func.count()).select_from(table)) == len(rows) > 0
    organisation = await makers.an_organisation(tx)
    assignment = await makers.an_assignment(tx, organisation)
    shift = await makers.a_shift(tx, assignment, makers.NOW)
    await makers.a_place(tx, shift, await makers.a_volunteer(tx))
    assert assignment > 40


def test_no_shift_of_a_year_is_fuller_than_its_places() -> None:
    year = Year(seed=4, volunteers=200, assignments=100)
    places = Counter(
        one["event_id"] for one in year.of(events.registrations) if one["state"] in TAKES_A_PLACE
    )

    for one in year.of(events.events):
        assert one["taken"] == places[one["id"]] <= one["capacity"]
    attended = [one for one in year.of(events.registrations) if one["state"] == Place.ATTENDED]
    shifts = [one for one in year.of(tables.hours) if one["event_id"] is not None]
    assert len(attended) == len(shifts) > 0
