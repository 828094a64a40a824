"""The team keeps its roster from Telegram; newcomers are told when somebody is there for them."""

import re
from datetime import UTC, datetime

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, left_and_right, on_both_databases
from tests.support.phone import Phone
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

# 29 March 2027 is Easter Monday, and in the night before it summer time begins.
GOOD_FRIDAY_EVENING = datetime(2027, 3, 26, 17, 30, tzinfo=UTC)
WEDNESDAY_MORNING = datetime(2027, 3, 31, 7, 30, tzinfo=UTC)  # 9:30 in Brussels, summer time
QUESTION = "xyzzy plugh frobnicate"


@left_and_right
async def test_a_question_on_friday_evening_names_the_day_after_the_holiday(
    phone: Phones, desk: Desk, clock: Clock, language: str
) -> None:
    amina = await phone("Amina", language=language)
    karen, nadia = desk["Karen"], desk["Nadia"]
    await nadia.says("hello")
    await karen.says("hello")
    await amina.sees_nothing_more()
    await desk.becomes("Karen", "coordinator")
    clock.moves_to(GOOD_FRIDAY_EVENING)

    await karen.says(f"/duty add Nadia {language} mon,wed 09:00-12:00")
    await karen.sees(desk.text("✅ Added to the roster:"))
    await amina.asks_a_colleague(QUESTION)

    told = await _is_told(amina, "31")
    assert "09:00" in told
    assert "29" not in told

    clock.moves_to(WEDNESDAY_MORNING)
    here = amina.text("A colleague who speaks {language} is here now.", language=amina.words.name)
    assert here in await _is_told(amina, here)


@on_both_databases
async def test_colleagues_look_and_only_coordinators_change(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    karen, nadia = desk["Karen"], desk["Nadia"]
    await karen.says("hello")
    await nadia.says("hello")
    await amina.sees_nothing_more()
    await desk.becomes("Karen", "coordinator")

    await nadia.says("/duty add Nadia ps mon 09:00-12:00")
    await nadia.sees(desk.text("Only coordinators can change the duty roster."))
    await karen.says("/duty add Nadja ps mon 09:00-12:00")
    await karen.sees("Nadja")
    await karen.says("/duty add Nadia ps mon-sun 00:00-23:59")
    await karen.sees(desk.text("✅ Added to the roster:"))

    await nadia.says("/duty")
    await nadia.sees(re.compile(r"🟢.*Nadia"))
    await nadia.taps(desk.text("👤 My blocks"))
    await nadia.sees_toast(re.compile("00:00–23:59"))
    await amina.says("/duty")
    await amina.sees(amina.text("Only colleagues of the team can do this."))
    await nadia.says("/duty csv")
    file = await nadia.sees(desk.text("The duty roster of {day}.", day="")[:12])
    assert (await amina.downloads(file)).decode("utf-8-sig").count(",ps,") == 7


async def _is_told(amina: Phone, wanted: str) -> str:
    """She looks where her question is: another process may read the roster a moment later."""
    for _ in range(100):
        await amina.says("/questions")
        text = (await amina.sees("#1")).text
        if wanted in text:
            return text
    raise AssertionError(f"She is never told {wanted!r}.\n{amina.transcript()}")
