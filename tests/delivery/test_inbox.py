"""The inbox: each update once, stored before it is acknowledged; albums as one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot import clock
from bot.delivery import inbox, incoming
from bot.delivery.inbox import Arrival, Inbox
from bot.delivery.incoming import Album, Incoming
from bot.delivery.messages import Message
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.delivery_makers import a_part, a_worker, arrivals, rows, said, worked_off

BOT = 77


async def _stored(database: Database) -> list[int]:
    found = await rows(database, "SELECT update_id FROM inbox ORDER BY id")
    return [update_id for (update_id,) in found]


class _NoRoom(Database):
    """A database whose commits fail from now on: the disk is full."""

    commits = 0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        async with super().writing() as tx:
            yield tx
            self.commits += 1
            raise OSError("no room")


class _Listening:
    """A conversation that keeps what it was told."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []

    async def turn(self, tx: Tx, message: Incoming) -> list[Message]:
        self.heard.append(message)
        return []


async def _patience_ends(database: Database) -> None:
    async with database.writing() as tx:
        await tx.raw("UPDATE inbox SET ready_at = 0")


async def test_update_that_comes_twice_is_stored_once(database: Database) -> None:
    box = Inbox(database, BOT)

    await box.put(arrivals(said("hello"), said("again")))
    await box.put(arrivals(said("hello")))

    assert await _stored(database) == [1, 2]


async def test_same_update_number_of_another_bot_is_kept(database: Database) -> None:
    await Inbox(database, BOT).put(arrivals(said("hello")))
    await Inbox(database, BOT + 1).put(arrivals(said("hello")))

    assert await _stored(database) == [1, 1]


async def test_update_done_long_ago_is_not_taken_again(database: Database) -> None:
    box, listening = Inbox(database, BOT), _Listening()
    worker = a_worker(database, listening.turn)
    await box.put(arrivals(said("hello")))
    await worked_off(worker)

    await box.put(arrivals(said("hello")))
    await worked_off(worker)

    assert len(listening.heard) == 1


async def test_puts_at_the_same_time_share_commits(database: Database) -> None:
    bells: list[None] = []
    box = Inbox(database, BOT, lambda: bells.append(None))

    await asyncio.gather(*(box.put(arrivals(said("x", n), first=n)) for n in range(1, 41)))

    assert sorted(await _stored(database)) == list(range(1, 41))
    assert len(bells) <= 2


async def test_failing_commit_is_told_to_everybody_waiting(database: Database) -> None:
    full = _NoRoom(database.url.render_as_string(hide_password=False))
    box = Inbox(full, BOT)

    told = await asyncio.gather(
        *(box.put(arrivals(said("x", n), first=n)) for n in range(1, 6)), return_exceptions=True
    )
    await full.close()

    assert [type(one) for one in told] == [OSError] * 5
    assert full.commits <= 2
    assert await _stored(database) == []


async def test_inbox_goes_on_after_a_failed_commit(database: Database) -> None:
    async with database.writing() as tx:
        await tx.raw("ALTER TABLE inbox RENAME TO away")
    box = Inbox(database, BOT)
    with pytest.raises(Exception, match="inbox"):
        await box.put(arrivals(said("lost")))
    async with database.writing() as tx:
        await tx.raw("ALTER TABLE away RENAME TO inbox")

    await box.put(arrivals(said("kept")))

    assert await _stored(database) == [1]


async def test_unreadable_update_is_kept_and_not_taken(database: Database) -> None:
    await Inbox(database, BOT).put([Arrival(9, None, raw='{"new": 1}', error="unknown")])

    await worked_off(a_worker(database))

    found = await rows(database, "SELECT state, payload, error FROM inbox")
    assert found == [("unread", '{"new": 1}', "unknown")]


async def test_album_becomes_one_message_in_order(database: Database) -> None:
    listening = _Listening()
    await Inbox(database, BOT).put(arrivals(a_part(12), a_part(11), a_part(13)))
    await _patience_ends(database)

    await worked_off(a_worker(database, listening.turn))

    (album,) = listening.heard
    assert isinstance(album, Album)
    assert [part.message_id for part in album.parts] == [11, 12, 13]
    assert album.message_id == 11
    found = await rows(database, "SELECT DISTINCT state, payload FROM inbox")
    assert found == [("done", None)]


async def test_album_of_one_part_is_a_plain_photo(database: Database) -> None:
    listening = _Listening()
    await Inbox(database, BOT).put(arrivals(a_part(11)))
    await _patience_ends(database)

    await worked_off(a_worker(database, listening.turn))

    assert listening.heard == [a_part(11)]


async def test_album_waits_for_its_last_part(database: Database) -> None:
    box = Inbox(database, BOT)
    before = clock.wall()
    await box.put(arrivals(a_part(11)))
    await _patience_ends(database)

    await box.put(arrivals(a_part(12), first=2))

    moments = await rows(database, "SELECT ready_at FROM inbox")
    assert len(moments) == 2
    assert all(ready >= before + inbox.ALBUM_PATIENCE for (ready,) in moments)
    assert await a_worker(database).take_some() == 0


async def test_later_message_of_the_chat_waits_behind_an_album(database: Database) -> None:
    listening = _Listening()
    worker = a_worker(database, listening.turn)
    await Inbox(database, BOT).put(arrivals(a_part(11), said("after"), said("elsewhere", 2)))
    await worked_off(worker)
    assert listening.heard == [said("elsewhere", 2)]

    await _patience_ends(database)
    await worked_off(worker)

    assert listening.heard[1:] == [a_part(11), said("after")]


async def test_unreadable_part_does_not_hold_its_album_up(database: Database) -> None:
    listening = _Listening()
    await Inbox(database, BOT).put(arrivals(a_part(11), a_part(12), said("after")))
    async with database.writing() as tx:
        await tx.raw("UPDATE inbox SET ready_at = 0")
        await tx.raw("UPDATE inbox SET payload = '{\"kind\":' WHERE id = 2")

    await worked_off(a_worker(database, listening.turn))

    assert listening.heard == [a_part(11), said("after")]
    assert await rows(database, "SELECT state FROM inbox ORDER BY id") == [
        ("done",),
        ("aside",),
        ("done",),
    ]


async def test_forgotten_chat_leaves_nothing_it_said(database: Database) -> None:
    await Inbox(database, BOT).put(arrivals(said("mine", 1), said("yours", 2)))
    await worked_off(a_worker(database))
    async with database.writing() as tx:
        await inbox.forget_chat(tx, 1)

    assert await rows(database, "SELECT chat_id FROM inbox") == [(2,)]


async def test_forgotten_chat_leaves_nothing_unreadable(database: Database) -> None:
    unread = [Arrival(1, None, raw="mine", chat_id=1), Arrival(2, None, raw="yours", chat_id=2)]
    await Inbox(database, BOT).put(unread)
    async with database.writing() as tx:
        await inbox.forget_chat(tx, 1)

    assert await rows(database, "SELECT payload FROM inbox") == [("yours",)]


async def test_payload_of_a_newer_version_is_still_read() -> None:
    payload = incoming.encode(said("hello")).decode().replace("{", '{"later":{"x":1},', 1)

    assert inbox.readable(payload) == said("hello")
    assert inbox.readable('{"kind":"hologram"}') is None
