"""Turns: in order per chat, each chat on its own, nothing twice, nothing that blocks the rest."""

import asyncio
import contextlib
import resource
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.delivery import heads
from bot.delivery import worker as worker_module
from bot.delivery.inbox import Inbox
from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Message, Outgoing, Toast
from bot.delivery.toasts import Toaster
from bot.delivery.worker import STARTS, Worker
from bot.storage.engine import Database, is_conflict
from bot.storage.transaction import Tx
from tests.support.delivery_makers import (
    Taps,
    a_tap,
    a_worker,
    arrivals,
    echo,
    on_postgres,
    on_sqlite,
    rows,
    said,
    text_of,
    worked_off,
)

BOT = 77


async def _arrive(database: Database, *messages: Incoming, first: int = 1) -> None:
    await Inbox(database, BOT).put(arrivals(*messages, first=first))


async def _posted(database: Database) -> list[tuple[int, str]]:
    found = await rows(database, "SELECT chat_id, body FROM outbox ORDER BY id")
    return [(chat, body.partition('"text":"')[2].partition('"')[0]) for chat, body in found]


async def _inbox_states(database: Database) -> list[str]:
    return [state for (state,) in await rows(database, "SELECT state FROM inbox ORDER BY id")]


def _failing_on(*texts: str) -> Callable[[Tx, Incoming], object]:
    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        await tx.raw("UPDATE inbox SET error = 'half a step' WHERE chat_id = ?", incoming.chat_id)
        if text_of(incoming) in texts:
            raise LookupError("the text of somebody")
        return await echo(tx, incoming)

    return turn


async def test_messages_of_a_chat_are_taken_in_order(database: Database) -> None:
    await _arrive(database, said("1", 5), said("a", 6), said("2", 5), said("b", 6), said("3", 5))

    await worked_off(a_worker(database))

    posted = await _posted(database)
    assert [text for chat, text in posted if chat == 5] == ["1", "2", "3"]
    assert [text for chat, text in posted if chat == 6] == ["a", "b"]
    assert await _inbox_states(database) == ["done"] * 5


async def test_order_is_that_of_arrival_not_of_numbers(database: Database) -> None:
    await _arrive(database, said("first"), first=900)
    await _arrive(database, said("second"), first=3)

    await worked_off(a_worker(database))

    assert [text for _, text in await _posted(database)] == ["first", "second"]


async def test_failing_message_does_not_hold_other_chats(database: Database) -> None:
    await _arrive(database, said("bad", 5), said("good", 6), said("fine", 7))

    await a_worker(database, _failing_on("bad")).take_some()
    await worked_off(a_worker(database, _failing_on("bad")))

    posted = await _posted(database)
    assert (6, "good") in posted
    assert (7, "fine") in posted
    assert await _inbox_states(database) == ["aside", "done", "done"]


async def test_failing_turn_undoes_only_itself(database: Database) -> None:
    await _arrive(database, said("good", 6), said("bad", 5))
    worker = a_worker(database, _failing_on("bad"))

    for _ in range(2):
        await worker.take_some()

    errors = dict(await rows(database, "SELECT chat_id, error FROM inbox"))
    assert errors[6] == "half a step"
    assert errors[5] != "half a step"
    assert await _posted(database) == [(6, "good")]


async def test_replies_and_done_are_one_commit(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be marked done has said nothing: it comes again, and would say it twice."""
    await _arrive(database, said("good", 6), said("bad", 5))
    mark_done = heads.mark_done

    async def fail_on_second(tx: Tx, ids: Sequence[int], now: float) -> None:
        if 2 in ids:
            raise OSError("the disk is full")
        await mark_done(tx, ids, now)

    monkeypatch.setattr(heads, "mark_done", fail_on_second)
    worker = a_worker(database)
    for _ in range(3):  # together with another at first, then each alone
        with contextlib.suppress(OSError):
            await worker.take_some()

    assert await _posted(database) == [(6, "good")]
    assert await _inbox_states(database) == ["done", "waiting"]


async def test_poisonous_message_is_set_aside_after_three_starts(database: Database) -> None:
    await _arrive(database, said("bad"), said("next"))
    starts: list[str] = []

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        starts.append(text_of(incoming))
        return await _failing_on("bad")(tx, incoming)  # type: ignore[misc, no-any-return]

    await worked_off(a_worker(database, turn))

    assert starts == ["bad", "bad", "bad", "next"]
    assert await _inbox_states(database) == ["aside", "done"]
    assert await _posted(database) == [(1, "sorry"), (1, "next")]


async def test_trace_of_a_message_set_aside_holds_no_texts(database: Database) -> None:
    await _arrive(database, said("bad"))

    await worked_off(a_worker(database, _failing_on("bad")))

    ((error,),) = await rows(database, "SELECT error FROM inbox")
    assert "LookupError" in error
    assert "worker.py" in error
    assert "the text of somebody" not in error


async def test_message_that_kills_the_program_is_set_aside(database: Database) -> None:
    """A killed process leaves a counted start and nothing else."""
    await _arrive(database, said("killer", 5), said("innocent", 6), said("after", 5))
    for _ in range(3):
        async with database.writing() as tx:
            await heads.count_starts(tx, [1])
    starts: list[str] = []

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        starts.append(text_of(incoming))
        return await echo(tx, incoming)

    await worked_off(a_worker(database, turn))

    assert sorted(starts) == ["after", "innocent"]
    assert await _inbox_states(database) == ["aside", "done", "done"]
    assert (5, "sorry") in await _posted(database)


class _Killed(BaseException):
    """The process is gone in the middle of a turn."""


async def test_innocent_companions_of_a_killer_survive(database: Database) -> None:
    await _arrive(database, *(said("killer" if n == 3 else "innocent", n) for n in range(1, 7)))

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        if text_of(incoming) == "killer":
            raise _Killed
        return await echo(tx, incoming)

    deaths = 0
    for _ in range(40):
        try:
            if not await a_worker(database, turn).take_some():
                break
        except _Killed:
            deaths += 1

    assert deaths == 3
    assert await _inbox_states(database) == ["done", "done", "aside", "done", "done", "done"]


async def test_failed_message_is_not_starved_by_new_ones(database: Database) -> None:
    await _arrive(database, said("bad", 5))
    worker = a_worker(database, _failing_on("bad"))
    await worker.take_some()

    for number in range(2, 14):
        await _arrive(database, said("new", 100 + number), first=number)
        await worker.take_some()

    assert (await _inbox_states(database))[0] == "aside"


async def test_failing_apology_does_not_stop_the_rest(database: Database) -> None:
    async def no_words(tx: Tx, incoming: Incoming, number: int) -> list[Message]:
        raise KeyError("no catalogue")

    await _arrive(database, said("bad"), said("next"))

    await worked_off(a_worker(database, _failing_on("bad"), apologise=no_words))

    assert await _inbox_states(database) == ["aside", "done"]
    assert await _posted(database) == [(1, "next")]


async def test_payload_nobody_can_read_is_set_aside(database: Database) -> None:
    await _arrive(database, said("odd"), said("next"))
    async with database.writing() as tx:
        await tx.raw('UPDATE inbox SET payload = \'{"kind":"hologram"}\' WHERE id = 1')

    await worked_off(a_worker(database))

    assert await _inbox_states(database) == ["aside", "done"]


async def test_words_are_wiped_when_a_turn_is_done(database: Database) -> None:
    await _arrive(database, said("secret"))

    await worked_off(a_worker(database))

    assert await rows(database, "SELECT payload FROM inbox") == [(None,)]


async def test_replies_are_lost_with_an_undone_turn(database: Database) -> None:
    """Nothing is said of what did not happen."""

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        return [Outgoing(to=1, text="said"), Outgoing(text="nowhere")]

    await _arrive(database, said("x"))
    await a_worker(database, turn).take_some()

    assert await rows(database, "SELECT count(*) FROM outbox") == [(0,)]


# A full disk


@pytest.fixture
def fills_up(database: Database) -> Iterator[Callable[[int], None]]:
    """Let every file grow to so many bytes and no more, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield fill
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _log_size(database: Database) -> int:
    return Path(f"{database.url.database}-wal").stat().st_size


@on_sqlite
async def test_full_disk_costs_a_message_none_of_its_tries(
    database: Database, fills_up: Callable[[int], None]
) -> None:
    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        return [Outgoing(to=1, text="a long answer" * 20_000)]

    await _arrive(database, said("x"))
    worker = a_worker(database, turn)
    fills_up(_log_size(database) + 100_000)  # room to count a start, not for the answer
    for _ in range(STARTS + 2):
        with pytest.raises(sqlite3.OperationalError):
            await worker.take_some()
    fills_up(resource.getrlimit(resource.RLIMIT_FSIZE)[1])

    await worked_off(worker)

    assert await _inbox_states(database) == ["done"]
    assert (1, "sorry") not in await _posted(database)


@on_sqlite
async def test_worker_goes_on_when_the_log_cannot_be_folded(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = asyncio.Event()

    async def full() -> None:
        folded.set()
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(worker_module, "_IDLE", 0.001)
    monkeypatch.setattr(worker_module, "_CHECKPOINT_AFTER", 0.0)
    monkeypatch.setattr(database, "checkpoint", full)
    stop = asyncio.Event()
    worker = a_worker(database)
    running = asyncio.create_task(worker.run(stop))
    await asyncio.wait({running, asyncio.create_task(folded.wait())}, return_when="FIRST_COMPLETED")
    stop.set()

    await running


# Taps


async def test_toast_goes_out_after_the_commit(database: Database) -> None:
    taps = Taps()
    seen: list[int] = []

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        seen.append(len(taps.answered))
        return [Toast(to=1, query_id="q1", text="done"), Outgoing(to=1, text="more")]

    await _arrive(database, a_tap("go"))
    toaster = Toaster(taps.send)
    await worked_off(a_worker(database, turn, toaster=toaster))
    await toaster.drain()

    assert seen == [0]
    assert taps.answered == [("q1", "done")]
    assert [text for _, text in await _posted(database)] == ["more"]


async def test_late_toast_becomes_a_message(database: Database) -> None:
    """In the commit of its turn: afterwards a crash could still lose it."""

    class _TooLate(Toaster):
        def is_late(self, tap: Tapped, began: float) -> bool:
            return True

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        return [Toast(to=1, query_id="q1", text="Taken by <Joris>")]

    taps = Taps()
    toaster = _TooLate(taps.send)
    await _arrive(database, a_tap("go"))
    await worked_off(a_worker(database, turn, toaster=toaster))
    await toaster.drain()

    assert [text for _, text in await _posted(database)] == ["Taken by &lt;Joris&gt;"]
    assert taps.answered == []


async def test_toast_late_through_its_companions_becomes_a_message(database: Database) -> None:
    """The tap's own turn was quick, the commit that it shares was not."""

    class _AnsweredMeanwhile(Toaster):
        """The patience ended between the turn and the commit."""

        def answer(self, toast: Toast) -> bool:
            return False

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        return [Toast(to=1, query_id="q1", text="done")]

    await _arrive(database, a_tap("go"))
    toaster = _AnsweredMeanwhile(Taps().send)
    await worked_off(a_worker(database, turn, toaster=toaster))
    await toaster.drain()

    assert [text for _, text in await _posted(database)] == ["done"]


# Waking


async def test_ring_while_looking_is_not_missed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What arrives between the look and the wait is taken at once, not at the next look."""
    monkeypatch.setattr(worker_module, "_IDLE", 3600.0)
    taken = asyncio.Event()
    stop = asyncio.Event()

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        taken.set()
        return []

    class _Looking(Worker):
        looks = 0

        async def take_some(self) -> int:
            found = await super().take_some()
            self.looks += 1
            if self.looks == 1:
                await Inbox(database, BOT, self.ring).put(arrivals(said("x")))
            return found

    worker = _Looking(database, turn, _no_apology, Toaster(Taps().send), lanes=1)
    running = asyncio.create_task(worker.run(stop))
    await asyncio.wait_for(taken.wait(), 5)
    stop.set()
    await running


async def _no_apology(tx: Tx, incoming: Incoming, number: int) -> list[Message]:
    return []


# Two replicas on PostgreSQL


def _by_chat(heard: list[tuple[int, str]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for chat, text in heard:
        found[chat].append(int(text))
    return found


async def _twenty_chats(database: Database) -> None:
    """Ten messages of one chat lie one after the other: whoever looks at none but the next free
    row takes several of one chat at the same time."""
    await _arrive(database, *(said(str(n), 1 + n // 10) for n in range(200)))


def _noting(heard: list[tuple[int, str]]) -> Callable[[Tx, Incoming], object]:
    """Notes what it hears; each second message takes longer than the one behind it."""

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        assert isinstance(incoming, Said)
        await tx.raw("SELECT pg_sleep(?)", 0.004 if int(incoming.text) % 2 == 0 else 0.0)
        heard.append((incoming.chat_id, incoming.text))
        return []

    return turn


@on_postgres
async def test_replicas_share_the_work_and_keep_the_order(database: Database) -> None:
    heard: list[tuple[int, str]] = []
    other = Database(database.url.render_as_string(hide_password=False))
    await _twenty_chats(database)
    workers = [a_worker(replica, _noting(heard)) for replica in (database, other) for _ in range(3)]

    await asyncio.gather(*(worked_off(worker) for worker in workers))
    while await workers[0].take_some():
        pass
    await other.close()

    chats = _by_chat(heard)
    assert sum(map(len, chats.values())) == 200
    assert all(numbers == sorted(set(numbers)) for numbers in chats.values())


_PLAIN = (
    "SELECT id, chat_id, payload, 0, error FROM inbox WHERE state = 'waiting'"
    " ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED"
)


async def _plainly_worked_off(database: Database, turn: Callable[[Tx, Incoming], object]) -> None:
    """The same without looking for the head of the chat."""
    while True:
        async with database.writing() as tx:
            found = await tx.raw(_PLAIN)
            if not found:
                return
            id_, chat, payload, *_ = found[0]
            text = payload.partition('"text":"')[2].partition('"')[0]
            await turn(tx, said(text, chat))  # type: ignore[misc]
            await heads.mark_done(tx, [id_], 0.0)


@on_postgres
async def test_control_run_without_heads_breaks_the_order(database: Database) -> None:
    """Shows that the test above can fail."""
    heard: list[tuple[int, str]] = []
    await _twenty_chats(database)

    await asyncio.gather(*(_plainly_worked_off(database, _noting(heard)) for _ in range(6)))

    assert any(numbers != sorted(numbers) for numbers in _by_chat(heard).values())


@on_postgres
async def test_deadlock_repeats_the_turn_and_does_not_count(database: Database) -> None:
    """Two turns take two rows in opposite order; one of them must try again."""
    async with database.writing() as tx:
        await tx.raw("INSERT INTO moved_chats (old_id, new_id) VALUES (1, 0), (2, 0)")
    meeting = asyncio.Barrier(2)
    begun: list[int] = []

    async def turn(tx: Tx, incoming: Incoming) -> list[Message]:
        chat = incoming.chat_id
        begun.append(chat)
        await tx.raw("SET LOCAL deadlock_timeout = '20ms'")
        await tx.raw("UPDATE moved_chats SET new_id = new_id + 1 WHERE old_id = ?", chat)
        if len(begun) <= 2:
            await meeting.wait()
        await tx.raw("UPDATE moved_chats SET new_id = new_id + 1 WHERE old_id = ?", 3 - chat)
        return []

    await _arrive(database, said("x", 1), said("y", 2))
    await asyncio.gather(*(worked_off(a_worker(database, turn)) for _ in range(2)))
    await worked_off(a_worker(database, turn))

    assert len(begun) == 3
    assert await rows(database, "SELECT new_id FROM moved_chats") == [(2,), (2,)]
    assert await rows(database, "SELECT starts FROM inbox_starts") == [(1,), (1,)]


@on_postgres
async def test_conflict_is_told_from_a_fault(database: Database) -> None:
    from_sql = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{}'; END $$"
    found = {}
    for code in ("40001", "40P01", "23505"):
        try:
            async with database.writing() as tx:
                await tx.raw(from_sql.format(code))
        except DBAPIError as error:
            found[code] = is_conflict(error)

    assert found == {"40001": True, "40P01": True, "23505": False}
