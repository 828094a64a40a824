"""Answers to taps: at once, once, never retried."""

import asyncio

import pytest

from bot import clock
from bot.delivery.messages import Toast
from bot.delivery.outcomes import Outcome
from bot.delivery.toasts import Toaster
from tests.support.delivery_makers import Taps, a_tap

NOBODY_WAITS = 0.0


async def _patience_ends() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_tap_is_answered_once() -> None:
    taps = Taps()
    toaster = Toaster(taps.send)
    toaster.expect(a_tap("go"))

    assert toaster.answer(Toast(to=1, query_id="q1", text="done"))
    await toaster.drain()

    assert taps.answered == [("q1", "done")]


async def test_tap_without_turn_is_answered_empty() -> None:
    taps = Taps()
    toaster = Toaster(taps.send, patience=NOBODY_WAITS)

    toaster.expect(a_tap("go"))
    await _patience_ends()

    assert taps.answered == [("q1", "")]


async def test_toast_after_the_empty_answer_is_dropped() -> None:
    taps = Taps()
    toaster = Toaster(taps.send, patience=NOBODY_WAITS)
    toaster.expect(a_tap("go"))
    await _patience_ends()

    assert not toaster.answer(Toast(to=1, query_id="q1", text="late"))
    await toaster.drain()

    assert taps.answered == [("q1", "")]


async def test_late_turn_knows_that_it_is_late() -> None:
    toaster = Toaster(Taps().send, patience=NOBODY_WAITS)
    toaster.expect(a_tap("go"))
    await _patience_ends()

    assert toaster.is_late(a_tap("go"), clock.pacing() + 60)
    assert not toaster.is_late(a_tap("go", query="q2"), clock.pacing() + 60)
    assert Toaster(Taps().send).is_late(a_tap("go"), clock.pacing() - 60)


async def test_second_start_of_a_turn_does_not_answer_again() -> None:
    taps = Taps()
    toaster = Toaster(taps.send, patience=NOBODY_WAITS)
    for _ in range(3):
        toaster.expect(a_tap("go"))
        await _patience_ends()

    assert taps.answered == [("q1", "")]


async def test_taps_do_not_mix() -> None:
    taps = Taps()
    toaster = Toaster(taps.send)
    toaster.expect(a_tap("go", query="q1"))
    toaster.expect(a_tap("go", query="q2"))

    toaster.answer(Toast(to=1, query_id="q2", text="two"))
    toaster.answer(Toast(to=1, query_id="q1", text="one"))
    await toaster.drain()

    assert taps.answered == [("q2", "two"), ("q1", "one")]


async def test_failing_answer_harms_nobody() -> None:
    async def failing(toast: Toast) -> Outcome:
        raise OSError("no line")

    toaster = Toaster(failing)

    toaster.answer(Toast(to=1, query_id="q1", text="done"))
    await toaster.drain()


@pytest.mark.parametrize("number", [1500], ids=["many"])
async def test_taps_whose_turns_never_end_do_not_pile_up(number: int) -> None:
    toaster = Toaster(Taps().send, patience=NOBODY_WAITS)
    for one in range(number):
        toaster.expect(a_tap("go", query=f"q{one}"))
        await _patience_ends()

    assert len(toaster._answered) <= 1001
    assert not toaster._timers
