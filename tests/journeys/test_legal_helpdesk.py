"""A legal question: the last day on the letter, the legal helpdesk, and who came there."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, left_and_right
from tests.support.wegwijzer import Clock, Wegwijzer

pytestmark = pytest.mark.journey

MORNING = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels

SITE = "/sessions site Gent | Street 1, 9000 Gent | 51.05, 3.72"
CONSENT = (
    "The legal helpdesk works in one group with the team that answers you here: all"
    " colleagues in that group can read this. Nobody outside our team gets it."
    " Do you agree?"
)


@left_and_right
async def test_date_on_the_letter_stands_on_the_card(
    phone: Phones, desk: Desk, clock: Clock, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(amina.question_about("asylum/appeal"))
    case = await desk.sees_new_case(language=language)
    day = clock.now + timedelta(days=30)

    await amina.taps(amina.text("📅 Date on my letter"))
    await amina.says(f"{day:%d/%m/%Y}")
    await amina.sees(f"{day.year}")
    await amina.taps(amina.text("✅ Yes"))
    await amina.sees_buttons(amina.text("📅 Change the date"))

    await case.claimed_by("Joris")
    dated = [line for text in case.texts() for line in text.splitlines() if "⏰" in line]
    assert len(dated) == 1
    assert f" {day.day} " in dated[0]
    assert str(day.year) in dated[0]


async def _planned(desk: Desk, wegwijzer: Wegwijzer) -> str:
    """A coordinator plans a session in three days; returns its day as it is written."""
    wegwijzer.clock.moves_to(MORNING)  # reminders do not ring at night
    karen = desk["Karen"]
    await karen.says("Good morning")
    await karen.sees_nothing_more(wegwijzer.is_idle)
    await desk.becomes("Karen", "coordinator")
    await karen.says(SITE)
    await karen.sees("Gent")
    day = f"{wegwijzer.clock.now + timedelta(days=3):%Y-%m-%d}"
    await karen.says(f"/sessions add Gent | {day} 14:00-17:00 | letters envelope")
    await karen.sees(desk.counted("✅ {n} session added.", "✅ {n} sessions added.", 1))
    return day


@left_and_right
async def test_person_goes_to_the_legal_helpdesk_and_is_counted(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, language: str
) -> None:
    day = await _planned(desk, wegwijzer)
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(amina.question_about("asylum/appeal"))
    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Joris")

    await case.says("/refer")
    await amina.sees(amina.text(CONSENT))
    await amina.taps(amina.text("✅ Yes"))
    await case.sees(
        desk.text("⚖️ The person agrees to the legal helpdesk and is choosing a session.")
    )
    await amina.taps(f"{day[8:]}/{day[5:7]}")
    booked = await amina.sees(amina.text("all letters about it"))
    assert "Street 1, 9000 Gent" in booked.text
    await case.sees("14:00")
    await amina.reads_on()
    assert any("location" in message for message in amina.said())

    wegwijzer.clock.moves_on(days=2, hours=6)
    await amina.sees("🔔")

    wegwijzer.clock.moves_on(days=2)
    asked = await desk["Karen"].sees("👥")
    await desk["Karen"].taps("12", message=asked)
    counted = await desk["Karen"].sees("12")
    assert f"#{case.number}" in counted.labels
    await desk["Karen"].taps(f"#{case.number}", message=counted)
    await desk["Karen"].sees_buttons(f"✅ #{case.number}")


async def test_person_who_does_not_agree_goes_nowhere(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    await _planned(desk, wegwijzer)
    amina = await phone("Amina")
    await amina.asks_a_colleague("I have a negative decision.")
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")

    await case.says("/refer")
    await amina.sees(amina.text(CONSENT))
    await amina.taps(amina.text("No"))

    await amina.sees(amina.text("All right. We pass nothing on. You can go on here."))
    await case.sees(desk.text("⚖️ The person does not want to go to the legal helpdesk."))
    wegwijzer.clock.moves_on(days=2, hours=6)
    await amina.waits()
    assert not amina.said("🔔")
