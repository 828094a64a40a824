"""Reminders: once, in time, never at night, never for what is off."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.delivery.messages import Outgoing
from bot.events import jobs
from bot.events.desk import EventsDesk
from bot.events.domain import EventId, ParticipantId
from bot.events.service import listing, places, planned, planning, reminding
from bot.language.catalog import Catalogs
from bot.people import tables as people
from bot.schedule import due
from bot.schedule.tables import due as due_rows
from bot.storage.engine import Database
from tests.support.event_makers import (
    DAY,
    FIRST_ID,
    HOUR,
    MINUTE,
    NOW,
    a_desk,
    an_event,
    passes,
    posted,
    somebody,
    texts,
)

STARTS = NOW + 10 * DAY
COME = ["ecome", "ecannot", "elater", "erem", "emap", "eics"]


async def _placed(
    database: Database, *, starts_at: datetime = STARTS, now: datetime = NOW
) -> tuple[EventId, ParticipantId]:
    async with database.writing() as tx:
        event = await an_event(tx, starts_at=starts_at, now=now)
        _, mine = await somebody(tx, 1)
        await places.take(tx, mine, event, now=now)
    return event, mine


async def _reminded(database: Database) -> list[Outgoing]:
    async with database.reading() as tx:
        found = await posted(tx, FIRST_ID + 1)
    return [one for one in found if isinstance(one, Outgoing) and one.lane == "reminder"]


async def _at_each(database: Database, desk: EventsDesk, *moments: datetime) -> list[int]:
    """How many reminders there are after each of these moments."""
    counts = []
    for moment in moments:
        await passes(database, desk, moment)
        counts.append(len(await _reminded(database)))
    return counts


async def test_reminders_come_three_days_one_day_and_two_hours_before(
    database: Database, catalogs: Catalogs
) -> None:
    await _placed(database)
    before = [3 * DAY, 1 * DAY, 2 * HOUR]
    moments = [(STARTS - one - MINUTE, STARTS - one) for one in before]

    # The shift begins at ten: two hours before is eight, when nobody sleeps any more.
    counts = await _at_each(
        database, a_desk(catalogs), *(one for pair in moments for one in pair), STARTS + DAY
    )

    assert counts == [0, 1, 1, 2, 2, 3, 3]
    said = texts(await _reminded(database))
    assert ["In 3 days" in said[0], "Tomorrow" in said[1], "Today" in said[2]] == [True] * 3
    buttons = [button for row in (await _reminded(database))[0].buttons for button in row]
    assert [(one.action or "").partition(":")[0] for one in buttons] == COME


async def test_what_falls_into_the_night_comes_the_evening_before(
    database: Database, catalogs: Catalogs
) -> None:
    await _placed(database, starts_at=STARTS - HOUR)  # nine; two hours before it is seven
    evening = STARTS - 14 * HOUR  # 20:00 the day before

    counts = await _at_each(
        database, a_desk(catalogs), evening - MINUTE, evening, STARTS - 2 * HOUR
    )

    assert counts == [1, 2, 2], "one day before, then the evening; nothing at seven"


async def test_who_came_late_gets_only_what_is_ahead(
    database: Database, catalogs: Catalogs
) -> None:
    late = STARTS - 20 * HOUR
    await _placed(database, now=late)

    counts = await _at_each(database, a_desk(catalogs), late + HOUR, STARTS - 2 * HOUR, STARTS)

    assert counts == [0, 1, 1]


async def test_reminder_told_twice_is_sent_once(database: Database, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs)
    event, mine = await _placed(database)
    at = STARTS - 3 * DAY
    replica = Database(database.url.render_as_string(hide_password=False))

    await asyncio.gather(
        *(due.run(base, jobs.due_kinds(desk), now=at) for base in (database, replica))
    )
    async with database.writing() as tx:
        place = await listing.of(tx, event, mine)
        assert place is not None
        await reminding.remind(desk, tx, f"{place.id}:days", now=at)
    await replica.close()

    assert len(await _reminded(database)) == 1
    async with database.reading() as tx:
        rows = await tx.all(select(due_rows).where(due_rows.c.kind == planned.REMIND_KIND))
    assert [row["due_at"] for row in rows] == [STARTS - DAY], "and the next one is planned"


async def test_crash_after_the_reminder_is_made_sends_it_once_later(
    database: Database, catalogs: Catalogs
) -> None:
    await _placed(database)
    at, kinds = STARTS - 3 * DAY, jobs.due_kinds(a_desk(catalogs))

    async def crash(tx: object, ref: str, *, now: datetime) -> None:
        await kinds[planned.REMIND_KIND](tx, ref, now=now)  # type: ignore[arg-type]
        raise RuntimeError("the power is gone")

    await due.run(database, {**kinds, planned.REMIND_KIND: crash}, now=at)
    assert await _reminded(database) == []
    await passes(database, a_desk(catalogs), at + 5 * MINUTE)

    assert len(await _reminded(database)) == 1


@pytest.mark.parametrize("what", ["cancelled", "given back"])
async def test_nobody_is_reminded_of_what_they_do_not_have(
    database: Database, catalogs: Catalogs, what: str
) -> None:
    event, mine = await _placed(database)
    async with database.writing() as tx:
        if what == "cancelled":
            await planning.cancel(tx, event, now=NOW)
        else:
            await places.give_back(tx, mine, event, now=NOW)

    assert await _at_each(database, a_desk(catalogs), STARTS - 3 * DAY, STARTS) == [0, 0]


async def test_moved_shift_is_reminded_at_its_new_time(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    event, _ = await _placed(database)
    async with database.writing() as tx:
        draft = (await listing.get(tx, event)).draft
        later = replace(draft, starts_at=STARTS + 5 * DAY, ends_at=STARTS + 5 * DAY + HOUR)
        await planning.change(tx, event, later, now=NOW)

    counts = await _at_each(database, desk, STARTS - 3 * DAY, STARTS, STARTS + 2 * DAY)

    assert counts == [0, 0, 1]


async def test_shift_that_comes_nearer_is_reminded_in_time(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    event, _ = await _placed(database)
    async with database.writing() as tx:
        draft = (await listing.get(tx, event)).draft
        sooner = replace(draft, starts_at=NOW + 2 * DAY, ends_at=NOW + 2 * DAY + HOUR)
        await planning.change(tx, event, sooner, now=NOW)

    assert await _at_each(database, desk, NOW + HOUR, NOW + DAY) == [0, 1]


async def test_late_reminder_is_sent_while_it_is_useful_and_says_so(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    await _placed(database)

    await passes(database, desk, STARTS - 3 * DAY + 3 * HOUR)  # the bot was down for hours
    [late] = await _reminded(database)
    assert "this reminder comes late" in late.text

    await passes(database, desk, STARTS - 1.9 * HOUR)  # and then for two days
    said = texts(await _reminded(database))
    assert len(said) == 2, "one day before is not told any more: it begins in two hours"
    assert "Today" in said[1]


async def test_late_reminder_waits_for_the_morning(database: Database, catalogs: Catalogs) -> None:
    await _placed(database)
    night = STARTS - 3 * DAY + 14 * HOUR  # midnight

    counts = await _at_each(database, a_desk(catalogs), night, night + 8 * HOUR)

    assert counts == [0, 1]


async def test_who_said_yes_is_not_asked_again(database: Database, catalogs: Catalogs) -> None:
    event, mine = await _placed(database)
    async with database.writing() as tx:
        await places.confirm(tx, mine, event, now=NOW)

    await passes(database, a_desk(catalogs), STARTS - 3 * DAY)

    [told] = await _reminded(database)
    assert "Are you coming?" not in told.text


async def test_who_blocked_the_bot_gets_nothing(database: Database, catalogs: Catalogs) -> None:
    await _placed(database)
    async with database.writing() as tx:
        await tx.execute(people.people.update().values(state="blocked"))

    assert await _at_each(database, a_desk(catalogs), STARTS - 3 * DAY) == [0]


async def test_reminder_that_waits_too_long_in_the_queue_does_not_ring(
    database: Database, catalogs: Catalogs
) -> None:
    await _placed(database)
    await passes(database, a_desk(catalogs), STARTS - 3 * DAY)

    async with database.reading() as tx:
        [row] = await tx.raw("SELECT expires_at FROM outbox WHERE chat_id = ?", FIRST_ID + 1)
    assert row[0] == (STARTS - 3 * DAY + 11 * HOUR).timestamp(), "at nine in the evening"
