"""Somebody under 18 asks: colleagues who were trained for it read it, and nobody else."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Story, left_and_right
from tests.support.phone import Phone

pytestmark = pytest.mark.journey

QUESTION = "zorgblat left me here alone"


async def _writes(amina: Phone) -> None:
    await amina.says("/colleague")
    await amina.says(QUESTION)
    await amina.sees(amina.text("Got it. Add more, or press Send."))
    await amina.taps(amina.text("I am younger than 18"))


@left_and_right
async def test_only_named_and_trained_colleagues_see_it(
    told: Story, desk: Desk, language: str
) -> None:
    await desk["Joris"].says("Good morning")
    trained = await told.own_group("minors", "Karen", "Nadia")
    for name in ("Karen", "Nadia"):
        await trained[name].says("Good morning")
    amina = await told.phone("Amina", language=language)
    await amina.waits()
    await told.wegwijzer.trains(trained["Karen"].person, "minors")

    await _writes(amina)
    await amina.taps(amina.text("📨 Send"))
    case = await trained.sees_new_case(language=language, containing=QUESTION)
    await case.tapped_by("Nadia", "✋ Claim")
    await trained["Nadia"].sees_toast(
        desk.text("This question is for colleagues who were trained for it.")
    )
    await case.claimed_by("Karen")
    await case.answered("I am Karen.")
    await amina.sees("I am Karen.")

    for command in (f"/find {QUESTION.split()[0]}", "/queue"):
        await desk["Joris"].says(command)
    await amina.waits()
    assert trained.holds(QUESTION)
    assert not desk.holds(QUESTION)
    assert not desk.holds(f"#{case.number} ")


@left_and_right
async def test_without_trained_colleagues_nobody_reads_it(
    told: Story, desk: Desk, language: str
) -> None:
    amina = await told.phone("Amina", language=language)

    await _writes(amina)
    await amina.sees("🧡")
    await amina.waits()
    assert not desk.holds("🧒")
    await amina.taps(amina.text("📨 Send"))

    await desk["Joris"].sees("🧒")
    await amina.waits()
    assert not desk.holds(QUESTION)
    assert desk.waiting_cards() == []
