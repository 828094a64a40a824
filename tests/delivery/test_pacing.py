"""Telegram's limits as a server with its own clock counts them, in simulated time."""

import heapq
import random
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pacing import Pace

_NEAR = 1e-9


@dataclass
class _Network:
    """A server far away: each way takes the base time and up to the jitter more."""

    base: float
    jitter: float
    dice: random.Random

    def way(self) -> float:
        return self.base + self.dice.random() * self.jitter


@dataclass
class _Simulation:
    """A sender with so many messages for each chat; `counted` is what the server sees."""

    network: _Network
    backlog: dict[int, int]
    pace: Pace = field(default_factory=Pace)
    counted: list[tuple[float, int]] = field(default_factory=list)
    _landing: list[tuple[float, float, int]] = field(default_factory=list)

    def run(self, until: float) -> "_Simulation":
        now = 0.0
        while now < until and (self._landing or any(self.backlog.values())):
            while self._landing and self._landing[0][0] <= now:
                back_at, left_at, chat = heapq.heappop(self._landing)
                self.pace.came_back(left_at, back_at, chat_id=chat)
            self._send(now)
            now = max(now + 1e-6, self._next(now))
        self.counted.sort()
        return self

    def _send(self, now: float) -> None:
        for chat in self._ready_chats():
            if self.pace.places(now) < 1:
                return
            if self.pace.ready_at(chat, now) <= now:
                self._leave(chat, now)

    def _ready_chats(self) -> list[int]:
        flying = {chat for _, _, chat in self._landing}
        waiting = [chat for chat, left in self.backlog.items() if left and chat not in flying]
        return sorted(waiting, key=self.backlog.__getitem__, reverse=True)  # all end together

    def _leave(self, chat: int, now: float) -> None:
        self.backlog[chat] -= 1
        self.pace.left(chat, now)
        counted_at = now + self.network.way()
        self.counted.append((counted_at, chat))
        heapq.heappush(self._landing, (counted_at + self.network.way(), now, chat))

    def _next(self, now: float) -> float:
        moments = [self._landing[0][0]] if self._landing else []
        ready = [self.pace.ready_at(chat, now) for chat in self._ready_chats()]
        if ready and (free_at := self.pace.free_at(now)) is not None:
            moments.append(max(free_at, min(ready)))
        return min(moments, default=now + 1)


def _most_in(window: float, moments: list[float]) -> int:
    most, seen = 0, deque[float]()
    for moment in moments:
        while seen and seen[0] <= moment - window + _NEAR:
            seen.popleft()
        seen.append(moment)
        most = max(most, len(seen))
    return most


def _by_chat(simulation: _Simulation) -> Mapping[int, list[float]]:
    found: dict[int, list[float]] = defaultdict(list)
    for moment, chat in simulation.counted:
        found[chat].append(moment)
    return found


def _lowest_level(moments: list[float]) -> float:
    """Of a bucket of four that gains one in a second."""
    level, at, lowest = 4.0, 0.0, 4.0
    for moment in moments:
        level = min(4.0, level + moment - at) - 1
        at, lowest = moment, min(lowest, level)
    return lowest


networks = st.builds(
    _Network,
    base=st.floats(0, 0.2),
    jitter=st.floats(0, 0.1),
    dice=st.integers(0, 2**32).map(random.Random),
)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(networks)
def test_server_never_counts_more_than_thirty_a_second(network: _Network) -> None:
    simulation = _Simulation(network, dict.fromkeys(range(1, 121), 3)).run(60)

    assert len(simulation.counted) == 360
    assert _most_in(1.0, [moment for moment, _ in simulation.counted]) <= 30


@settings(max_examples=12, deadline=None, derandomize=True)
@given(networks, st.integers(1, 4))
def test_server_never_counts_more_than_a_chat_may_get(network: _Network, chats: int) -> None:
    simulation = _Simulation(network, dict.fromkeys(range(1, chats + 1), 12)).run(60)

    found = _by_chat(simulation)
    assert [len(moments) for moments in found.values()] == [12] * chats
    assert all(_lowest_level(moments) > -_NEAR for moments in found.values())


def test_slow_first_message_does_not_make_room_for_five() -> None:
    """Its place in the bucket is counted when the server counts it, not when it left."""
    pace = Pace()
    pace.left(1, 0.0)
    pace.came_back(0.0, 3.0, chat_id=1)

    counted = [3.0]
    now = 3.0
    for _ in range(4):
        now = pace.ready_at(1, now)
        pace.left(1, now)
        pace.came_back(now, now, chat_id=1)
        counted.append(now)

    assert _lowest_level(counted) > -_NEAR


@settings(max_examples=10, deadline=None, derandomize=True)
@given(networks)
def test_server_never_counts_more_than_twenty_a_minute_in_a_group(network: _Network) -> None:
    simulation = _Simulation(network, {-100: 70, -200: 25}).run(400)

    found = _by_chat(simulation)
    assert {chat: len(moments) for chat, moments in found.items()} == {-100: 70, -200: 25}
    assert all(_most_in(60.0, moments) <= 20 for moments in found.values())


@settings(max_examples=10, deadline=None, derandomize=True)
@given(networks, st.lists(st.integers(1, 10), min_size=4, max_size=20))
def test_each_message_of_a_copy_takes_a_place_of_the_group(
    network: _Network, sizes: list[int]
) -> None:
    pace, now, counted = Pace(), 0.0, list[float]()
    for size in sizes:
        now = pace.ready_at(-100, now, places=size)
        pace.left(-100, now, places=size)
        counted += [now + network.way()] * size
        left_at, now = now, counted[-1] + network.way()
        pace.came_back(left_at, now, chat_id=-100, places=size)

    assert _most_in(60.0, counted) <= 20


def test_album_takes_as_many_places_of_a_person_as_it_has_parts() -> None:
    pace = Pace()
    pace.left(1, 0.0, places=10)
    pace.came_back(0.0, 0.0, chat_id=1, places=10)
    pace.tidy(5.0)

    assert pace.ready_at(1, 0.0) == pytest.approx(7.0)
    assert pace.ready_at(1, 5.0, places=10) == pytest.approx(10.0)


def test_copy_greater_than_the_limit_leaves_when_all_is_free() -> None:
    pace = Pace()
    pace.left(-100, 0.0)

    assert pace.ready_at(-100, 1.0, places=30) == pytest.approx(60.003)
    assert pace.ready_at(-100, 60.1, places=30) == 60.1


@pytest.mark.parametrize(
    ("jitter", "least"), [(0.005, 0.97), (0.03, 0.95)], ids=["10 ms jitter", "60 ms jitter"]
)
def test_limit_is_used_nearly_fully_when_many_are_told(jitter: float, least: float) -> None:
    network = _Network(base=0.02, jitter=jitter, dice=random.Random(7))

    simulation = _Simulation(network, dict.fromkeys(range(1, 61), 20)).run(100)

    moments = [moment for moment, _ in simulation.counted]
    rate = (len(moments) - 30) / (moments[-1] - moments[0])
    assert rate / 30 >= least
    assert _most_in(1.0, moments) <= 30


def test_too_many_requests_keeps_more_distance_for_a_while() -> None:
    pace, calm = Pace(), Pace()
    pace.slow_down(1, 5.0, 0.0)
    for one in (pace, calm):
        for _ in range(30):
            one.left(2, 0.0)
        for _ in range(30):
            one.came_back(0.0, 0.1)

    found, expected = pace.free_at(0.2), calm.free_at(0.2)
    assert found is not None
    assert expected is not None
    assert found > expected
    assert pace.ready_at(1, 0.2) == 5.0
    assert pace.ready_at(3, 0.2) == 0.2


def test_messages_that_hang_keep_their_places() -> None:
    pace = Pace()
    for chat in range(1, 31):
        pace.left(chat, 0.0)

    assert pace.places(50.0) == 0
    assert pace.free_at(50.0) is None


def test_chats_whose_limits_are_whole_are_forgotten() -> None:
    pace = Pace()
    for _ in range(4):
        pace.left(1, 0.0)
    pace.tidy(2.0)
    assert pace.ready_at(1, 0.1) > 0.1

    pace.tidy(10.0)

    assert not pace._buckets


def test_speed_loosens_every_limit() -> None:
    pace = Pace(speed=10.0)
    for _ in range(4):
        pace.left(1, 0.0)
        pace.came_back(0.0, 0.0)

    assert pace.ready_at(1, 0.0) == pytest.approx(0.1)
