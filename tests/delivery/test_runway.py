"""What goes to many leaves evenly and lets replies pass; a stop leaves nothing behind."""

import asyncio

from bot.delivery import outbox
from bot.delivery.messages import Lane, Outgoing
from bot.delivery.pacing import Pace
from bot.delivery.runway import AHEAD
from bot.storage.engine import Database
from tests.support.delivery_makers import Line, a_sender, rounds


async def _put(database: Database, lane: Lane, *chats: int) -> None:
    async with database.writing() as tx:
        await outbox.put(
            tx, *(Outgoing(to=chat, text=f"{lane} {chat}", lane=lane) for chat in chats)
        )


async def _states(database: Database) -> dict[str, int]:
    async with database.reading() as tx:
        return dict(await tx.raw("SELECT state, count(*) FROM outbox GROUP BY state"))


SLOW = 0.01  # a copy every three seconds: no test is as slow


async def test_message_to_many_is_marked_only_a_little_ahead(database: Database) -> None:
    await _put(database, "broadcast", *range(1, 41))
    line = Line()
    sender = a_sender(database, line, pace=Pace(speed=SLOW))

    await rounds(sender, 3)

    assert len(line.heard) == 1  # the next leaves a thirtieth of a second later
    assert await _states(database) == {"sent": 1, "sending": AHEAD, "waiting": 39 - AHEAD}


async def test_reply_passes_all_copies_that_wait_for_their_moment(database: Database) -> None:
    await _put(database, "broadcast", *range(1, 41))
    line = Line()
    sender = a_sender(database, line, pace=Pace(speed=SLOW))
    await rounds(sender, 2)
    await _put(database, "reply", 99)

    await rounds(sender, 1)

    assert line.texts == ["broadcast 1", "reply 99"]


class _Closed(Pace):
    """All places are taken until `opens`."""

    is_open = False

    def free_at(self, now: float) -> float | None:
        return now if self.is_open else None


async def test_reply_takes_the_next_place_when_none_is_free(database: Database) -> None:
    pace, line = _Closed(speed=SLOW), Line()
    sender = a_sender(database, line, pace=pace)
    await _put(database, "broadcast", *range(1, 41))
    await rounds(sender, 1)
    await _put(database, "reply", 99)
    await rounds(sender, 1)
    assert line.texts == []

    pace.is_open = True
    await rounds(sender, 1)

    assert line.texts == ["reply 99", "broadcast 1"]


async def test_single_reminder_leaves_at_once(database: Database) -> None:
    await _put(database, "reminder", 1)
    line = Line()

    await rounds(a_sender(database, line, pace=Pace()), 1)

    assert line.texts == ["reminder 1"]


async def test_stop_gives_back_what_had_not_left(database: Database) -> None:
    await _put(database, "broadcast", *range(1, 41))
    line = Line()
    sender = a_sender(database, line, pace=Pace())
    stop = asyncio.Event()
    running = asyncio.create_task(sender.run(stop))
    while not line.heard:
        await asyncio.sleep(0)

    stop.set()
    await running

    states = await _states(database)
    assert states.keys() == {"sent", "waiting"}
    assert states["sent"] == len(line.heard)
