"""Sixty questions at once, with Telegram's limits on: all arrive, the urgent ones first."""

import asyncio
import re

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones
from tests.support.phone import BEGUN, Phone
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

SPEED = 10.0  # five minutes in thirty seconds
ORDINARY, URGENT = 50, 10


async def test_burst_of_questions_is_worked_off_by_urgency(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    await desk.simulation.limits(speed=SPEED)
    wegwijzer.speed = SPEED
    await wegwijzer.restarts()
    people = await asyncio.gather(
        *(_has_written(phone, number) for number in range(ORDINARY + URGENT))
    )

    await asyncio.gather(*(_sends(one) for one in people[:ORDINARY]))
    await asyncio.gather(*(_sends(one) for one in people[ORDINARY:]))
    there_already = len(desk.waiting_cards())
    await desk.simulation.world.until(
        lambda: len(desk.waiting_cards()) == len(people) or None, 60.0
    )
    await desk.simulation.is_quiet(wegwijzer.is_idle)

    cards = desk.waiting_cards()
    numbers = [int(re.search(r"#(\d+)", card.text)[1]) for card in cards]  # type: ignore[index]
    assert sorted(numbers) == list(range(1, ORDINARY + URGENT + 1))
    urgent = [place for place, card in enumerate(cards) if "🔴" in card.text]
    assert len(urgent) == URGENT
    assert urgent[-1] <= there_already + URGENT  # but for one in the air, nothing came between
    calls = await desk.simulation.calls()
    assert not [call for call in calls if call["error_code"] == 429]
    for one in people:
        await one.reads_on()


async def _has_written(phone: Phones, number: int) -> Phone:
    one = await phone(f"Person {number}")
    await one.says("/colleague")
    await one.sees(one.text(BEGUN))
    await one.says(one.words_of_danger() if number >= ORDINARY else "xyzzy plugh frobnicate")
    await one.sees(one.text("Got it. Add more, or press Send."))
    return one


async def _sends(one: Phone) -> None:
    await one.taps(one.text("📨 Send"))
    await one.sees(re.compile(r"#\d+"))
