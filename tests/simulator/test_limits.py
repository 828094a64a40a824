"""Flood limits."""

import pytest

from bot.simulator.errors import ApiError
from bot.simulator.limits import Limits
from bot.simulator.phones import Phone
from bot.simulator.scripting import Simulation
from tests.simulator.conftest import Calendar, RawCall

GROUP = -100


def limits(calendar: Calendar, speed: float = 1.0) -> Limits:
    made = Limits(calendar)
    made.set(on=True, speed=speed)
    return made


def accepted(found: Limits, method: str, chat: int, times: int) -> int:
    for number in range(times):
        try:
            found.take(method, chat)
        except ApiError:
            return number
    return times


def test_private_chat_takes_four_then_one_a_second(calendar: Calendar) -> None:
    found = limits(calendar)

    assert accepted(found, "sendmessage", 1, 10) == 4
    calendar.now += 1
    assert accepted(found, "sendmessage", 1, 10) == 1


def test_group_takes_twenty_a_minute_with_edits_and_topics(calendar: Calendar) -> None:
    found = limits(calendar)
    for method in ("sendmessage", "editmessagetext", "createforumtopic", "copymessage"):
        assert accepted(found, method, GROUP, 5) == 5

    with pytest.raises(ApiError) as refusal:
        found.take("sendmessage", GROUP)

    assert refusal.value.parameters == {"retry_after": 60}
    calendar.now += 61
    assert accepted(found, "sendmessage", GROUP, 30) == 20


def test_all_chats_together_take_thirty_a_second(calendar: Calendar) -> None:
    found = limits(calendar)

    assert sum(accepted(found, "sendmessage", chat, 1) for chat in range(1, 50)) == 30
    calendar.now += 1
    assert accepted(found, "sendmessage", 99, 1) == 1


def test_answers_to_taps_are_never_counted(calendar: Calendar) -> None:
    assert accepted(limits(calendar), "answercallbackquery", 1, 100) == 100


def test_speed_makes_the_minute_shorter(calendar: Calendar) -> None:
    found = limits(calendar, speed=60)
    assert accepted(found, "sendmessage", GROUP, 30) == 20

    calendar.now += 1.01

    assert accepted(found, "sendmessage", GROUP, 30) == 20


async def test_too_many_requests_name_the_pause(
    call: RawCall, simulation: Simulation, amina: Phone
) -> None:
    await simulation.limits(on=True)
    for _ in range(4):
        await call("sendMessage", chat_id=amina.chat, text="x")

    answer = await call("sendMessage", chat_id=amina.chat, text="x")

    assert answer["description"] == "Too Many Requests: retry after 1"
    assert answer["parameters"] == {"retry_after": 1}
    assert answer["status"] == 429
    await simulation.limits(on=False)
    assert (await call("sendMessage", chat_id=amina.chat, text="x"))["ok"]
