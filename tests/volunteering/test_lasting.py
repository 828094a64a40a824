"""A place that lasts: from "I am interested" to its last week, for one person."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.events.domain import Place
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind
from bot.volunteering.domain.placing import NotNow
from bot.volunteering.service import guiding, hour_rows, indexing, placements, weeks
from tests.support import volunteering_makers as making
from tests.support.dialog_makers import Phone
from tests.support.event_makers import posted, texts
from tests.support.pair_makers import (
    AMINA,
    KAREN,
    a_desk,
    a_lasting_one,
    a_person,
    becomes_due,
    phone_of,
    row_of,
    states,
)
from tests.support.volunteering_makers import NOW
from tests.volunteering.test_guiding import a_coordinator

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = NOW + 10 * DAY  # 30 November


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_desk(catalogs)


async def two(tx: Tx, desk: VolunteeringDesk, **further: object) -> tuple[Phone, Phone, int]:
    """Karen of Gent, Amina who volunteers, and reading aloud every week."""
    karen = phone_of(tx, desk, await a_coordinator(tx))
    amina = await a_person(tx, AMINA, "Amina")
    await making.a_volunteer(tx, person=amina.id)
    one = await a_lasting_one(tx, Kind.STRUCTURAL, title="Reading aloud", **further)
    return karen, phone_of(tx, desk, amina), one


async def begins(karen: Phone, since: str = "23/11/2026") -> None:
    """On Tuesday evenings, two hours and a half."""
    await karen.press("vcpl:1")
    await karen.tap("Let it begin")
    await karen.press([one for one in karen.shown if one.endswith(":days:5")][-1])
    await karen.tap("Done")
    await karen.say("2:30")
    await karen.say(since)
    await karen.tap("Yes, that is right")


async def test_approved_place_begins_when_the_coordinator_says_so(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, amina, one = await two(tx, desk)
    await amina.press(f"vlastask:{one}")
    await karen.press("vcdecide:1:yes")
    assert await states(tx) == ["accepted"]
    await amina.press("vplaces")
    assert "tells you when you begin" in amina.text

    await begins(karen)

    row = await row_of(tx)
    assert (row["state"], row["since"], row["weekly_minutes"]) == (
        "running",
        date(2026, 11, 23),
        150,
    )
    told = bidi.strip_marks(texts(await posted(tx, AMINA))[-1])
    assert "You begin with Reading aloud on Monday 23 November" in told.replace("<b>", "").replace(
        "</b>", ""
    )
    assert "2.5 h a week" in told
    assert "Tuesday" in told


async def test_each_week_is_asked_while_it_runs_and_in_its_last_week(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, amina, one = await two(tx, desk)
    await amina.press(f"vlastask:{one}")
    await karen.press("vcdecide:1:yes")
    await begins(karen)
    await weeks.plan(tx, now=NOW)
    assert await becomes_due(tx, desk, weeks.KIND, now=NOW + 3 * DAY) == 1
    before = len(await posted(tx, AMINA))  # the week before it began: nothing is asked
    await weeks.plan(tx, now=NOW + 4 * DAY)

    await amina.press("vplstop:1")
    await amina.tap("Moved away")
    await amina.tap("Yes, that is right")
    own = tables.placements.c.id == 1
    await tx.execute(update(tables.placements).where(own).values(until=date(2026, 11, 27)))
    await becomes_due(tx, desk, weeks.KIND, now=MONDAY)

    assert len(await posted(tx, AMINA)) == before + 1
    amina.at = MONDAY
    await amina.press("vweekok:1:2026-11-23:150")
    [line] = await hour_rows.of_volunteer(tx, (await row_of(tx))["volunteer_id"])
    assert line.minutes == 150
    await weeks.plan(tx, now=MONDAY)
    assert await becomes_due(tx, desk, weeks.KIND, now=MONDAY + WEEK) == 0


async def test_pause_asks_for_no_hours_until_it_goes_on(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, amina, one = await two(tx, desk)
    await amina.press(f"vlastask:{one}")
    await karen.press("vcdecide:1:yes")
    await begins(karen)

    await karen.press("vcplrest:1:1")
    assert "In a pause".lower() in karen.text.lower()
    await weeks.plan(tx, now=NOW + WEEK)
    assert await becomes_due(tx, desk, weeks.KIND, now=MONDAY) == 0
    await amina.press("vplaces")
    assert "In a pause" in amina.text
    await karen.press("vcplrest:1:0")
    await karen.press("vcplrest:1:0")
    assert karen.refused
    await weeks.plan(tx, now=NOW + WEEK)

    assert await becomes_due(tx, desk, weeks.KIND, now=MONDAY) == 1
    assert [
        ("has a pause" in one, "goes on" in one) for one in texts(await posted(tx, AMINA))[-3:-1]
    ]


async def test_days_change_and_a_shift_at_the_same_time_is_shown(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, amina, one = await two(tx, desk)
    await amina.press(f"vlastask:{one}")
    await karen.press("vcdecide:1:yes")
    await begins(karen)
    mine = (await row_of(tx))["volunteer_id"]
    host = await making.an_organisation(tx, "Elsewhere")
    for title, hours in (("Concert", 8 + 1), ("Market", 1)):  # Tuesday evening, Tuesday morning
        at = NOW.replace(hour=9) + 4 * DAY + timedelta(hours=hours)
        offer = await making.an_assignment(tx, host, title)
        await making.a_place(tx, await making.a_shift(tx, offer, at), mine, Place.PLACED)

    await karen.press("vcplset:1")
    assert "2.5 h" in bidi.strip_marks(karen.text)
    await karen.tap("Yes, that is right")

    assert "A shift at the same time" in karen.text
    assert "Concert" in karen.text
    assert "Market" not in karen.text
    await amina.press("vplaces")
    assert "Concert" in amina.text
    assert "have changed" in texts(await posted(tx, AMINA))[-1]


async def test_interest_is_taken_back_and_the_place_is_free_again(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, amina, one = await two(tx, desk, wanted=1)
    await indexing.refresh(desk.index, tx, now=NOW)
    assert one in desk.index.needs
    await amina.press(f"vlastask:{one}")
    await indexing.refresh(desk.index, tx, now=NOW)
    assert one not in desk.index.needs  # full: nobody is shown it

    await amina.press("vplout:1")

    assert await states(tx) == ["ended"]
    assert (await row_of(tx))["until"] is None  # nothing was done: nobody is asked how it was
    await indexing.refresh(desk.index, tx, now=NOW)
    assert one in desk.index.needs
    await karen.press("vcdecide:1:yes")
    assert karen.refused
    await amina.press("vplout:1")
    assert amina.refused


async def test_coordinator_asks_who_fits_and_a_no_is_not_asked_again(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, amina, one = await two(tx, desk)
    other = await making.a_volunteer(tx, name="Fatima")
    await karen.press(f"vcwho:{one}")
    asked = [each.action for each in karen.buttons if "vcwhoask" in (each.action or "")]
    mine = await tx.scalar(select(tables.volunteers.c.id).order_by(tables.volunteers.c.id))
    assert asked == [f"vcwhoask:{one}:{mine}", f"vcwhoask:{one}:{other}"]

    await karen.press(f"vcwhoask:{one}:{mine}")
    assert "Would you like to do this regularly?" in texts(await posted(tx, AMINA))[-1]
    await karen.press(f"vcwhoask:{one}:{mine}")
    assert karen.refused
    await amina.press("vplno:1")
    assert any("Amina said no" in bidi.strip_marks(one) for one in texts(await posted(tx, KAREN)))
    await karen.press(f"vcwhoask:{one}:{mine}")
    assert karen.refused
    await karen.press(f"vcwhoask:{one}:{other}")
    await karen.press("vcplsaid:2:volunteer:1")

    assert await states(tx) == ["declined", "accepted"]


async def test_end_is_told_and_why_is_not(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, amina, one = await two(tx, desk)
    await amina.press(f"vlastask:{one}")
    await karen.press("vcdecide:1:yes")
    await begins(karen)

    await karen.press("vcplend:1")
    await karen.tap("It did not fit")
    await karen.tap("Yes, that is right")

    told = texts(await posted(tx, AMINA))[-1]
    assert "ends. Thank you" in told
    assert "fit" not in told
    assert await states(tx) == ["ended"]
    await karen.press("vcplend:1")
    assert karen.refused


async def test_of_two_who_end_it_at_once_one_does(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, amina, one = await two(tx, desk)
    await amina.press(f"vlastask:{one}")
    await karen.press("vcdecide:1:yes")
    seen = await placements.find(tx, 1)
    assert seen is not None
    await placements.move(tx, seen, "ended")

    with pytest.raises(NotNow):
        await placements.move(tx, seen, "running")


async def test_who_leaves_stops_the_trajectory_and_what_runs(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, amina, one = await two(tx, desk)
    await amina.press(f"vlastask:{one}")
    await karen.press("vcdecide:1:yes")
    await begins(karen, "16/11/2026")
    mine = (await row_of(tx))["volunteer_id"]
    path = {"volunteer_id": mine, "status": "active", "started_at": NOW, "changed_at": NOW}
    await tx.execute(insert(tables.trajectories).values(path))

    await guiding.leave(tx, amina.person, mine, "moved", now=NOW + DAY)  # type: ignore[arg-type]

    row = await row_of(tx)
    assert (row["state"], row["ended_reason"]) == ("ended", "left")
    assert await tx.scalar(select(tables.trajectories.c.status)) == "stopped"
    await weeks.plan(tx, now=NOW + DAY)
    assert await becomes_due(tx, desk, weeks.KIND, now=MONDAY) == 0


async def test_completed_trajectory_stays_when_somebody_leaves(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    _karen, amina, _one = await two(tx, desk)
    mine = await tx.scalar(select(tables.volunteers.c.id))
    path = {"volunteer_id": mine, "status": "completed", "started_at": NOW, "changed_at": NOW}
    await tx.execute(insert(tables.trajectories).values(path))

    await guiding.leave(tx, amina.person, mine, "moved", now=NOW)  # type: ignore[arg-type]

    assert await tx.scalar(select(tables.trajectories.c.status)) == "completed"
