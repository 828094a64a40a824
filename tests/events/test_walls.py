"""The clock on the wall stays when the rules about summer time change."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.events.service import listing, places, walls
from bot.events.tables import events
from bot.schedule.tables import due
from bot.storage.transaction import Tx
from tests.support.event_makers import DAY, HOUR, NOW, an_event, somebody

STARTS = NOW + 10 * DAY


async def test_event_and_its_reminder_move_with_the_wall(tx: Tx) -> None:
    event = await an_event(tx, starts_at=STARTS)
    _, mine = await somebody(tx)
    await places.take(tx, mine, event, now=NOW)
    # As it would be stored if the rules had been others when it was planned.
    moved = {"starts_at": STARTS - HOUR, "ends_at": STARTS + 3 * HOUR}
    await tx.execute(update(events).values(moved))

    await walls.keep(tx, now=NOW)

    now = await listing.get(tx, event)
    assert (now.starts_at, now.ends_at) == (STARTS, STARTS + 4 * HOUR)
    wanted = select(due.c.due_at).where(due.c.kind == "events.remind")
    assert [row["due_at"] for row in await tx.all(wanted)] == [STARTS - 3 * DAY]
    assert now.before is None, "nobody is told"


@pytest.mark.parametrize(
    "starts",
    [
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        STARTS,
    ],
    ids=["after the hour that is missing", "first 02:30", "second 02:30", "any"],
)
async def test_what_is_right_stays(tx: Tx, starts: datetime) -> None:
    event = await an_event(tx, starts_at=starts)

    await walls.keep(tx, now=NOW)

    now = await listing.get(tx, event)
    assert (now.starts_at, now.sequence) == (starts, 0)
