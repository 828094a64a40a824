"""Whatever is posted, stopped, answered and killed, in any order: nothing lost or doubled."""

import asyncio
import itertools
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Coroutine, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot import clock
from bot.delivery import outbox, queue
from bot.delivery.messages import Lane, Message, Outgoing
from bot.delivery.outcomes import (
    NotSent,
    Outcome,
    Receipt,
    Refusal,
    Sent,
    Uncertain,
    Unreachable,
    Waiting,
)
from bot.delivery.results import News
from bot.delivery.sender import Sender
from bot.storage.engine import Database
from tests.support.delivery_makers import a_sender, rounds

T = TypeVar("T")

HOLD = timedelta(minutes=1)
FINAL = {"sent", "uncertain", "refused", "unreachable", "cancelled", "expired"}

chats = st.integers(1, 2)
lanes: st.SearchStrategy[Lane] = st.sampled_from(("urgent", "reply", "reply", "broadcast"))
outcomes = st.sampled_from(
    [
        Sent((1,)),
        Sent((2,)),
        Waiting(timedelta(seconds=5)),
        NotSent("dns"),
        Uncertain("timeout"),
        Refusal("no"),
        Unreachable("blocked"),
    ]
)


class _Air:
    """The line to Telegram: what is in the air waits for the machine to land it."""

    def __init__(self) -> None:
        self.flying: dict[str, asyncio.Future[Outcome]] = {}
        self.left: list[tuple[int, str]] = []

    async def send(self, message: Message, places: Mapping[str, int]) -> Outcome:
        assert isinstance(message, Outgoing)
        assert message.to is not None
        landing: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.left.append((message.to, message.text))
        self.flying[message.text] = landing
        return await landing


class Post(RuleBasedStateMachine):
    """The model: what was accepted, what may still be held, and what each sending became."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "post.sqlite")
        self.database = Database(f"sqlite:///{self.folder / 'post.sqlite'}")
        self.numbers = itertools.count(1)
        self.accepted: dict[str, tuple[int, Lane]] = {}
        self.held: set[str] = set()
        self.stopped: set[str] = set()
        self.results: dict[str, list[str]] = defaultdict(list)
        self.receipts: Counter[str] = Counter()
        self.air = _Air()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def starts(self) -> None:
        self.sender = self._new_sender()

    def _new_sender(self) -> Sender:
        async def hear(tx: object, receipt: Receipt, *, now: datetime) -> None:
            self.receipts[receipt.ref] += 1

        sender = a_sender(self.database, self.air, News(receipts={"heard": hear}))  # type: ignore[arg-type]
        return sender

    async def _put(self, *posts: Message) -> None:
        async with self.database.writing() as tx:
            await outbox.put(tx, *posts)

    @rule(chat=chats, lane=lanes, number=st.integers(1, 4))
    def posts_some(self, chat: int, lane: Lane, number: int) -> None:
        for _ in range(number):
            self._post(chat, lane, None)

    @rule(chat=chats, lane=lanes)
    def posts_one_held(self, chat: int, lane: Lane) -> None:
        self.held.add(self._post(chat, lane, clock.now() + HOLD))

    def _post(self, chat: int, lane: Lane, until: datetime | None) -> str:
        name = f"m{next(self.numbers)}"
        post = Outgoing(
            to=chat, text=name, lane=lane, key=name, hold_until=until, receipt="heard", ref=name
        )
        self.run(self._put(post, post))
        self.accepted[name] = (chat, lane)
        return name

    @rule(data=st.data())
    def stops_one(self, data: st.DataObject) -> None:
        if self.accepted:
            name = data.draw(st.sampled_from(sorted(self.accepted)))
            if self.run(self._cancel(name)):
                assert name not in self.stopped
                self.stopped.add(name)

    async def _cancel(self, name: str) -> bool:
        async with self.database.writing() as tx:
            return await outbox.cancel(tx, name)

    @rule()
    def works(self) -> None:
        self.run(rounds(self.sender, 2))

    @rule(outcome=outcomes, data=st.data())
    def lands_one(self, outcome: Outcome, data: st.DataObject) -> None:
        if self.air.flying:
            name = data.draw(st.sampled_from(sorted(self.air.flying)))
            self.run(self._land(name, outcome))

    @rule(outcome=outcomes, data=st.data())
    def lands_one_during_a_round(self, outcome: Outcome, data: st.DataObject) -> None:
        if self.air.flying:
            name = data.draw(st.sampled_from(sorted(self.air.flying)))
            self.run(self._land_during_a_round(name, outcome))

    async def _land_during_a_round(self, name: str, outcome: Outcome) -> None:
        going = asyncio.create_task(self.sender.round())
        await asyncio.sleep(0)  # the round has begun with what had landed before
        await self._land(name, outcome)
        await going
        await asyncio.sleep(0)

    async def _land(self, name: str, outcome: Outcome) -> None:
        self.results[name].append(type(outcome).__name__)
        self.air.flying.pop(name).set_result(outcome)
        for _ in range(3):
            await asyncio.sleep(0)

    @rule()
    def hold_ends(self) -> None:
        clock.moves_on(HOLD)

    @rule()
    def pauses_end(self) -> None:
        self.run(self._pauses_end())

    async def _pauses_end(self) -> None:
        self.sender.pace._paused.clear()
        async with self.database.writing() as tx:
            await tx.raw("UPDATE outbox SET retry_at = 0")

    @rule()
    def is_killed(self) -> None:
        """The process ends; another takes over. Whatever was in the air may have arrived."""
        for name in self.air.flying:
            self.results[name].append("Killed")
        for result in self.sender._landed:  # confirmed, but not yet written down
            self.results[result.row.ref or ""][-1] = "Killed"
        self.run(self._die_and_take_over())

    async def _die_and_take_over(self) -> None:
        self.air.flying.clear()
        for flight in list(self.sender._flying.values()):
            flight.cancel()
        await asyncio.sleep(0)
        self.sender = self._new_sender()
        stop = asyncio.Event()
        stop.set()
        await self.sender.run(stop)

    @invariant()
    def chats_have_one_in_the_air(self) -> None:
        flying = [self.accepted[name][0] for name in self.air.flying]
        assert len(flying) == len(set(flying))

    @invariant()
    def order_is_kept_in_each_lane(self) -> None:
        firsts = list(dict.fromkeys(name for _, name in self.air.left))
        by_lane: dict[tuple[int, Lane], list[int]] = defaultdict(list)
        for name in firsts:
            if name not in self.held:
                by_lane[self.accepted[name]].append(int(name[1:]))
        assert all(numbers == sorted(numbers) for numbers in by_lane.values())

    @invariant()
    def nobody_overtakes_a_message_that_is_tried_again(self) -> None:
        """In a lane, a later one leaves only after the last try of the one before."""
        tries: dict[tuple[int, Lane], list[int]] = defaultdict(list)
        for _, name in self.air.left:
            if name not in self.held:
                tries[self.accepted[name]].append(int(name[1:]))
        assert all(numbers == sorted(numbers) for numbers in tries.values())

    @invariant()
    def repeats_are_few(self) -> None:
        """One may arrive twice only when its first sending was in doubt; never three times."""
        for name, results in self.results.items():
            perhaps_arrived = [one for one in results if one not in ("Waiting", "NotSent")]
            assert len(perhaps_arrived) <= 2, (name, results)
            assert set(perhaps_arrived[:-1]) <= {"Uncertain", "Killed"}, (name, results)

    @invariant()
    def stopped_ones_are_not_said_afterwards(self) -> None:
        for name in self.stopped & self.air.flying.keys():
            raise AssertionError(f"{name} was stopped")

    def teardown(self) -> None:
        try:
            self.run(self._drain())
        finally:
            clock.runs_true()
            self.run(self.database.close())
            self.loop.close()
            shutil.rmtree(self.folder)

    async def _drain(self) -> None:
        """In the end everything accepted has exactly one end, and words are wiped."""
        clock.moves_on(2 * HOLD)
        for _ in range(6 * len(self.accepted) + 6):
            await self._pauses_end()
            await rounds(self.sender, 1)
            for name in list(self.air.flying):
                await self._land(name, Sent((7,)))
        async with self.database.reading() as tx:
            found = await tx.raw("SELECT key, state, body FROM outbox")
            left = await queue.heads(tx, now=clock.now().timestamp())
        assert left == []
        assert sorted(key for key, _, _ in found) == sorted(self.accepted)
        assert {state for _, state, _ in found} <= FINAL
        assert all(body is None for _, _, body in found)
        assert {key for key, state, _ in found if state == "cancelled"} == self.stopped
        heard = self.accepted.keys() - self.stopped
        assert self.receipts == Counter(dict.fromkeys(heard, 1))


@pytest.fixture
def _template(sqlite_template: Path) -> None:
    Post.template = sqlite_template


@pytest.mark.usefixtures("_template")
def test_post_survives_whatever_happens_in_any_order() -> None:
    run_state_machine_as_test(
        Post,
        settings=settings(
            max_examples=20,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
