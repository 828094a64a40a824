"""Somebody asks more than a team can read, or insults it: slowed, muted, and always told."""

import re

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, Story, on_both_databases
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"
SLOWED = (
    "🙏 You write a lot at once. Nothing is lost: your colleague gets the next messages"
    " together, a little later."
)
FREE = "🔈 Our colleagues can read you again. Please be kind to each other."


@pytest.mark.parametrize("language", ["en", "ps"], ids=("en", "ps"))
async def test_flood_arrives_whole_and_the_person_hears_why(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, language: str
) -> None:
    amina = await phone(language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which letter?")
    await amina.sees("Which letter?")
    wegwijzer.clock.moves_on(minutes=2)

    for number in range(30):
        await amina.says(f"line {number}.")
    await amina.sees(amina.text(SLOWED))
    await amina.waits()
    wegwijzer.clock.moves_on(seconds=31)
    await amina.waits()

    lines = [text for text in case.texts() if re.fullmatch(r"line \d+\.", text)]
    assert lines == [f"line {number}." for number in range(30)]
    assert len(amina.said(amina.text(SLOWED))) == 1


@pytest.mark.parametrize("language", ["en", "ps"], ids=("en", "ps"))
@on_both_databases
async def test_muted_person_is_told_and_can_complain(
    told: Story, desk: Desk, wegwijzer: Wegwijzer, language: str
) -> None:
    amina = await told.phone(language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which letter?")
    await amina.sees("Which letter?")
    await case.says("// this is going wrong", by="Karen")
    await case.desk.simulation.is_quiet(wegwijzer.is_idle)
    await desk.becomes("Karen", "coordinator")

    await case.says("/mute 3d insults us", by="Karen")
    await amina.sees("🔇")
    wegwijzer.clock.moves_on(minutes=5)
    await amina.says("you are all stupid")
    await amina.sees("/complaint")
    wegwijzer.clock.moves_on(minutes=5)
    await amina.says(amina.words_of_danger())
    await amina.sees("112")
    await amina.says("/complaint")
    await amina.sees(amina.text("📣 <b>Complain</b>"))

    await amina.waits()
    assert not desk.holds("stupid")
    assert not desk.holds(amina.words_of_danger())
    await case.says("/unmute", by="Karen")
    await amina.sees(amina.text(FREE))
    await amina.says("I am sorry")
    await case.sees("I am sorry")


async def test_staff_who_are_no_coordinators_cannot_mute(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Karen")
    await amina.reads_on()

    await case.says("/mute 3d I do not like her", by="Karen")

    await case.sees(desk.text("Only coordinators can do this."))
    await amina.sees_nothing_more()
