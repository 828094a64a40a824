"""A shift from the question whether somebody can come to the list of who was there."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.journeys import Phones, Story, left_and_right, on_both_databases
from tests.support.phone import Phone
from tests.support.shift_stories import Shifts
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
FRIDAY = datetime(2027, 4, 16, 12, 0, tzinfo=UTC)  # 14:00
TITLE = {"en": "Laying tables", "nl": "Tafels dekken"}

CAN_YOU = "🙋 <b>Can you help?</b> A place is free here:"
YES, NO, TAKE = "✅ Yes, I come", "✖️ I cannot come", "✅ Yes, I take it"
MINE = "✅ <b>The place is yours.</b> Thank you!"
NEXT = "🎉 <b>A place is free, and you are next.</b>"


@pytest.fixture
def shifts(told: Story) -> Shifts:
    """What a coordinator would see to."""
    return Shifts(told.wegwijzer)


async def _given_back(shifts: Shifts, clock: Clock, *phones: Phone) -> int:
    """A shift on Friday that somebody without Telegram had, and nobody waits."""
    clock.moves_to(MONDAY)
    await shifts.approves(*phones)
    event = await shifts.plans(FRIDAY, titles=TITLE)
    fatima = await shifts.is_taken_by_somebody_without_telegram(event, "Fatima")
    await shifts.is_given_back_by(event, fatima)
    return event


@left_and_right
async def test_place_is_taken_waited_for_given_back_and_passed_on(
    phone: Phones, shifts: Shifts, clock: Clock, language: str
) -> None:
    amina = await phone("Amina", language=language)
    olena = await phone("Olena", language=language)
    event = await _given_back(shifts, clock, amina, olena)

    await amina.sees(amina.text(CAN_YOU))
    await amina.taps(amina.text(YES))
    await amina.sees(amina.text(MINE))
    await amina.taps(amina.text("🗺 Map"))
    await amina.waits()
    await olena.sees(olena.text(CAN_YOU))
    await olena.taps(olena.text(YES))
    await olena.sees(
        olena.text("⏳ <b>You are on the waitlist, number {position}.</b>", position=1)
    )
    await amina.says("/my")
    await amina.sees("Laying tables")

    clock.moves_to(FRIDAY - timedelta(days=3))
    await amina.sees(amina.text("Are you coming?"))
    await olena.waits()
    clock.moves_on(hours=20)  # the button works the day after
    await amina.taps(amina.text(NO))
    await amina.sees(amina.text("<b>Give your place back?</b> Somebody else can then have it."))
    await amina.taps(amina.text("Yes, give it back"))
    await amina.sees(
        amina.text(
            "Thank you for telling us. You are no longer on the list of {title}.",
            title="Laying tables",
        )
    )

    await olena.sees(olena.text(NEXT))
    await olena.taps(olena.text(TAKE))
    await olena.sees(olena.text(MINE))
    clock.moves_to(FRIDAY - timedelta(days=1))
    await olena.sees(olena.text("🔔 <b>Tomorrow</b>"))
    clock.moves_to(FRIDAY - timedelta(hours=2))
    await olena.sees(olena.text("🔔 <b>Today</b>"))
    await olena.taps(olena.text(YES))
    await olena.sees(olena.text("👍 <b>Good, see you then!</b>"))
    await amina.sees_nothing_more()

    clock.moves_to(FRIDAY + timedelta(hours=5))
    await shifts.is_attended_by(event, olena)
    assert await shifts.state_of(event, olena) == "attended"


@on_both_databases
async def test_last_place_goes_to_the_first_tap_and_the_other_is_told(
    phone: Phones, shifts: Shifts, clock: Clock
) -> None:
    amina, olena, zarghuna = await phone("Amina"), await phone("Olena"), await phone("Zarghuna")
    clock.moves_to(FRIDAY - timedelta(days=2))
    await shifts.approves(amina, olena, zarghuna)
    event = await shifts.plans(FRIDAY, titles=TITLE)
    await shifts.is_taken_by(event, amina, olena, zarghuna)
    clock.moves_to(FRIDAY - timedelta(hours=5))
    await amina.reads_on()

    await amina.taps(amina.text(NO))
    await amina.taps(amina.text("Yes, give it back"))
    await zarghuna.sees(zarghuna.text("⚡ <b>A place is free. Who taps first has it.</b>"))
    await olena.sees(olena.text("⚡ <b>A place is free. Who taps first has it.</b>"))
    await zarghuna.taps(zarghuna.text(TAKE))
    await zarghuna.sees(zarghuna.text(MINE))
    await olena.taps(olena.text(TAKE))

    await olena.sees_toast(
        olena.text("Somebody was faster. You stay on the waitlist, at the same position.")
    )
    assert await shifts.state_of(event, zarghuna) == "placed"
    assert await shifts.state_of(event, olena) == "waiting"


async def test_who_was_missed_is_asked_kindly_and_answers_in_one_tap(
    phone: Phones, shifts: Shifts, clock: Clock
) -> None:
    amina = await phone("Amina")
    clock.moves_to(FRIDAY - timedelta(hours=1))
    await shifts.approves(amina)
    event = await shifts.plans(FRIDAY, titles=TITLE)
    await shifts.is_taken_by(event, amina)
    clock.moves_to(FRIDAY + timedelta(hours=5))
    await shifts.is_attended_by(event, amina, came=False)
    await amina.sees_nothing_more()

    clock.moves_on(hours=16)
    await amina.sees("We missed you on Friday 16 April")
    await amina.taps("I was ill")
    await amina.sees("Thank you for telling us. We would be glad to see you again.")
