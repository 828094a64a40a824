"""What the bot says by itself, when its time has come."""

import pytest

from tests.support.journeys import Phones, every_language, on_both_databases
from tests.support.phone import BEGUN
from tests.support.wegwijzer import Clock, Wegwijzer

pytestmark = pytest.mark.journey

SILENT = "Nothing was sent yet. Press Send, and a colleague gets your question."


@every_language
async def test_silent_draft_is_reminded_once(phone: Phones, clock: Clock, language: str) -> None:
    amina = await phone(language=language)
    await amina.says("/colleague")
    await amina.sees(amina.text(BEGUN))
    await amina.says("My landlord")
    await amina.sees(amina.text("Got it. Add more, or press Send."))
    await amina.waits()

    clock.moves_on(minutes=4)
    await amina.sees_nothing_more()
    clock.moves_on(minutes=2)
    await amina.sees(amina.text(SILENT))
    clock.moves_on(minutes=30)
    await amina.sees_nothing_more()

    await amina.taps(amina.text("📨 Send"))
    await amina.sees("#1")


async def test_reminder_survives_a_restart(phone: Phones, wegwijzer: Wegwijzer) -> None:
    amina = await phone()
    await amina.says("/colleague")
    await amina.says("My landlord")
    await amina.sees(amina.text("Got it. Add more, or press Send."))

    await wegwijzer.restarts()
    wegwijzer.clock.moves_on(minutes=6)

    await amina.sees(amina.text(SILENT))
    await amina.sees_nothing_more()


async def test_sent_question_is_not_reminded(phone: Phones, clock: Clock) -> None:
    amina = await phone()
    await amina.asks_a_colleague("xyzzy plugh")
    clock.moves_on(minutes=6)

    await amina.sees_nothing_more()


@on_both_databases
async def test_draft_left_for_a_day_is_thrown_away(phone: Phones, wegwijzer: Wegwijzer) -> None:
    amina = await phone()
    await amina.says("/colleague")
    await amina.says("gnarfelblatt")
    await amina.sees(amina.text("Got it. Add more, or press Send."))
    wegwijzer.clock.moves_on(minutes=6)
    await amina.sees(amina.text(SILENT))

    wegwijzer.clock.moves_on(days=2)
    await amina.sees_nothing_more()

    await amina.says("/colleague")
    await amina.sees(amina.text(BEGUN))
