"""What the post forgets by itself, and what it tells about itself."""

from datetime import timedelta

import pytest

from bot import clock
from bot.delivery import depths, outbox, retention
from bot.delivery.inbox import Arrival, Inbox
from bot.delivery.messages import Outgoing
from bot.delivery.outcomes import NotSent, Refusal, Uncertain
from bot.storage.engine import Database
from tests.support.delivery_makers import (
    Line,
    a_sender,
    a_worker,
    arrivals,
    rounds,
    rows,
    said,
    states,
    worked_off,
)

DAY = timedelta(days=1)


async def _three_ends(database: Database) -> None:
    """One message done, one set aside, one that nobody could read; one still waiting."""
    await Inbox(database, 7).put([*arrivals(said("done"), said("bad", 2)), Arrival(3, None, "{}")])
    await worked_off(a_worker(database))
    async with database.writing() as tx:
        await tx.raw("UPDATE inbox SET state = 'aside' WHERE chat_id = 2")
    await Inbox(database, 7).put(arrivals(said("waiting", 4), first=4))


async def _clean(database: Database, days: float) -> None:
    async with database.writing() as tx:
        await retention.clean(tx, now=clock.now() + days * DAY)


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (6.9, ["done", "aside", "unread", "waiting"]),
        (7.1, ["aside", "unread", "waiting"]),
        (14.1, ["waiting"]),
    ],
    ids=["a week", "more than a week", "two weeks"],
)
async def test_inbox_forgets_what_is_over(database: Database, days: float, kept: list[str]) -> None:
    await _three_ends(database)

    await _clean(database, days)

    found = await rows(database, "SELECT state FROM inbox ORDER BY id")
    assert [state for (state,) in found] == kept


async def test_counted_starts_go_with_their_message(database: Database) -> None:
    await _three_ends(database)
    assert await rows(database, "SELECT count(*) FROM inbox_starts") == [(2,)]

    await _clean(database, 15)

    assert await rows(database, "SELECT count(*) FROM inbox_starts") == [(0,)]


async def test_outbox_forgets_sent_and_keeps_waiting(database: Database) -> None:
    async with database.writing() as tx:
        later = clock.now() + 30 * DAY
        await outbox.put(tx, Outgoing(to=1, text="x"))
        await outbox.put(tx, Outgoing(to=1, text="held", hold_until=later))
    await rounds(a_sender(database, Line()), 2)

    await _clean(database, 6.9)
    assert await states(database) == ["sent", "waiting"]
    await _clean(database, 7.1)

    assert await states(database) == ["waiting"]


async def test_depths_of_an_empty_house_are_nothing(database: Database) -> None:
    async with database.reading() as tx:
        found = await depths.read(tx)

    assert found.are_empty
    assert (found.inbox_age, found.outbox_age, found.outbox_failed) == (0.0, 0.0, {})


async def test_depths_and_ages_count_what_waits(database: Database) -> None:
    await _three_ends(database)
    async with database.writing() as tx:
        await outbox.put(tx, Outgoing(to=1, text="x"), Outgoing(to=1, text="y", lane="reminder"))
        await outbox.put(tx, Outgoing(to=1, text="z", hold_until=clock.now() + DAY))
    clock.moves_on(timedelta(minutes=1))

    async with database.reading() as tx:
        found = await depths.read(tx)

    assert not found.are_empty
    assert (found.inbox_waiting, found.inbox_aside) == (1, 2)
    echoes = 2
    assert found.outbox_waiting == {"reply": 1 + echoes, "reminder": 1}
    assert 60 <= found.inbox_age < 70
    assert 60 <= found.outbox_age < 70


async def test_failed_sendings_are_told_with_their_reasons(database: Database) -> None:
    line = Line(
        {
            "no": [Refusal("Bad Request: no rights")],
            "perhaps": [Uncertain("timeout")],
            "later": [NotSent("dns")],
        }
    )
    async with database.writing() as tx:
        for chat, text in enumerate(("no", "perhaps", "later"), 1):
            await outbox.put(tx, Outgoing(to=chat, text=text, lane="broadcast"))

    await rounds(a_sender(database, line), 2)

    async with database.reading() as tx:
        found = await depths.read(tx)
        reasons = await depths.reasons(tx)
    assert found.outbox_failed == {"refused": 1, "uncertain": 1}
    assert found.outbox_waiting == {"broadcast": 1}
    assert sorted(reasons) == [("Bad Request: no rights", 1), ("timeout", 1)]


async def test_messages_set_aside_are_listed_newest_first(database: Database) -> None:
    await _three_ends(database)

    async with database.reading() as tx:
        found = await depths.set_aside(tx)

    assert [number for number, _ in found] == [3, 2]
