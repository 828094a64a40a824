"""Last year is not closed yet: once a week from the second week of January on, to who can."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.people.service import recognise
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.closing import reminds_from
from bot.volunteering.service import closing, freezing
from tests.support import people_makers
from tests.support import volunteering_makers as making
from tests.support.event_makers import posted, texts
from tests.support.organisation_makers import a_colleague
from tests.support.shift_makers import a_volunteering_desk

KAREN, JORIS = 6_000_000_001, 6_000_000_002
DAY = timedelta(days=1)
NEW_YEAR = datetime(2027, 1, 1, 1, tzinfo=UTC)
MONDAY = datetime(2027, 1, 11, 1, tzinfo=UTC)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs, offices=making.OFFICES)


async def _colleague(tx: Tx, who: int, role: Role = Role.COORDINATOR) -> int:
    """One who has written to the bot."""
    person = await a_colleague(tx, who, role)
    hello = people_makers.said("hello", sender=people_makers.a_sender(who))
    await recognise(tx, hello, staff_groups=())
    return person.id


@pytest.mark.parametrize("year", range(2026, 2040))
def test_reminder_begins_on_a_monday_of_the_second_week(year: int) -> None:
    first = reminds_from(year)

    assert first.weekday() == 0
    assert date(year, 1, 8) <= first <= date(year, 1, 14)


async def test_coordinators_are_reminded_once_a_week_until_it_is_closed(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    await _colleague(tx, KAREN)
    await making.a_volunteer(tx)
    for night in range(24):  # to Sunday 24 January
        await closing.remind(desk, tx, now=NEW_YEAR + night * DAY)

    first, second = await posted(tx, KAREN)

    assert "2026" in texts([first])[0]
    actions = [row[0].action for row in first.buttons]  # type: ignore[union-attr]
    assert actions == ["vcreport:2026", "vcclose:2026"]
    held = [one.hold_until for one in (first, second)]
    assert held == [MONDAY.replace(hour=7), MONDAY.replace(hour=7) + 7 * DAY]  # 08:00, by day
    await freezing.freeze(tx, 2026, {("", "", "", "enrolled"): 1}, now=MONDAY + 14 * DAY)
    for night in range(24, 60):
        await closing.remind(desk, tx, now=NEW_YEAR + night * DAY)
    assert len(await posted(tx, KAREN)) == 2


async def test_missed_night_is_made_up_for_in_the_same_week(tx: Tx, desk: VolunteeringDesk) -> None:
    await _colleague(tx, KAREN)
    await making.a_volunteer(tx)

    for night in (3, 4):  # Thursday and Friday
        await closing.remind(desk, tx, now=MONDAY + night * DAY)

    assert len(await posted(tx, KAREN)) == 1


async def test_new_bot_has_no_year_to_close(tx: Tx, desk: VolunteeringDesk) -> None:
    await _colleague(tx, KAREN)
    await making.a_volunteer(tx, enrolled_at=NEW_YEAR)

    await closing.remind(desk, tx, now=MONDAY)

    assert await posted(tx) == []


async def test_who_looks_after_one_office_only_is_not_reminded(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    await _colleague(tx, KAREN, Role.ADMIN)
    joris = await _colleague(tx, JORIS)
    await _colleague(tx, JORIS + 1, Role.STAFF)
    await making.a_volunteer(tx)
    for office, person in (("gent", joris), ("aalst", await _colleague(tx, JORIS + 2))):
        set_for = {"office": office, "person_id": person}
        await tx.execute(insert(tables.office_coordinators).values(set_for))

    await closing.remind(desk, tx, now=MONDAY)

    assert len(await posted(tx)) == len(await posted(tx, KAREN)) == 1


async def test_all_are_reminded_when_nobody_alone_can_close_it(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    await making.a_volunteer(tx)
    for office, who in (("gent", KAREN), ("aalst", JORIS)):
        set_for = {"office": office, "person_id": await _colleague(tx, who)}
        await tx.execute(insert(tables.office_coordinators).values(set_for))

    await closing.remind(desk, tx, now=MONDAY)

    assert len(await posted(tx, KAREN)) == len(await posted(tx, JORIS)) == 1
