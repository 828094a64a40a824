"""What fits whom: assignments with the reasons, and many who are asked for a few places."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.support.journeys import Story, on_both_databases
from tests.support.phone import Message, Phone, contains
from tests.support.tongues import foreign
from tests.support.volunteer_stories import ORGANISATION, TITLES, Volunteering, opens, takes
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)
SATURDAY = datetime(2027, 4, 17, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
DUTCH = {"nl": "Onthaal", "en": "Welcome desk", "uk": "Рецепція", "fa_AF": "پذیرش", "ps": "هرکلی"}

both_ways = pytest.mark.parametrize("language", ["nl", "fa_AF"], ids=("nl", "fa_AF"))

ASKED = "🙋 <b>Can you help?</b>"
MINE = "✅ <b>The place is yours.</b> Thank you!"
WAITS = "⏳ <b>You are on the waitlist, number {position}.</b>"


@both_ways
async def test_assignments_that_fit_come_with_their_reasons(
    told: Story, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    volunteering = Volunteering(told)
    karen = await volunteering.coordinator()
    amina = await told.phone("Amina", language=language)
    await volunteering.approves(amina)
    work = await volunteering.assignment()
    fluent = await volunteering.assignment(of="De Brug", titles=DUTCH, languages={"nl": 3})
    for one in (work, fluent):
        await volunteering.shift(karen, one, SATURDAY)
    await volunteering.knows_everybody()

    await opens(amina, "✨ Assignments that fit")
    fits = await amina.sees(amina.text("✨ <b>Assignments that fit you</b>"))
    assert contains(fits, TITLES[language])
    assert contains(fits, amina.text("Dutch not needed"))
    assert contains(fits, amina.text("when you are free"))
    assert contains(fits, amina.text("close to you"))
    assert not contains(fits, DUTCH[language])  # needs more Dutch than she has
    await amina.taps(TITLES[language])
    await takes(amina, "✋ I take this shift")
    await amina.sees(amina.text(MINE))
    await opens(amina, "✨ Assignments that fit")
    await amina.sees(
        amina.text(
            "Right now nothing fits your profile. Look again another day, or ask your coordinator."
        )
    )

    assert foreign(amina, names=["Amina", "Karen", ORGANISATION]) == []


@both_ways
@on_both_databases
async def test_who_says_yes_first_has_the_place(told: Story, clock: Clock, language: str) -> None:
    clock.moves_to(MONDAY)
    karen, asked = await _four_are_asked_for_two_places(told, language)
    *quick, late, unwilling = asked

    await unwilling.taps(unwilling.text("✖️ No, not this time"))
    for phone in quick:
        await phone.taps(phone.text("✅ Yes, I come"))
        await phone.sees(phone.text(MINE))
    await late.taps(late.text("✅ Yes, I come"))
    await late.sees(late.text(WAITS, position=1))

    board = await _board(karen, clock)
    assert contains(board, karen.text("✅ <b>Yes: {n}</b>", n=2))
    assert contains(board, karen.text("⏳ <b>Waitlist: {n}</b>", n=1))
    assert contains(board, karen.text("✖️ <b>No: {n}</b>", n=1))
    for phone in asked:
        assert foreign(phone, names=["Karen", ORGANISATION, *NAMES]) == []


@on_both_databases
async def test_three_who_tap_at_once_get_two_places_and_the_waitlist(
    told: Story, clock: Clock
) -> None:
    clock.moves_to(MONDAY)
    karen, asked = await _four_are_asked_for_two_places(told, "en")

    await asyncio.gather(*(phone.taps(phone.text("✅ Yes, I come")) for phone in asked))
    await karen.waits()

    placed = [phone for phone in asked if phone.said(phone.text(MINE))]
    places = [
        phone.said(phone.text(WAITS, position=position)) for phone in asked for position in (1, 2)
    ]
    assert len(placed) == 2
    assert len([one for one in places if one]) == 2
    board = await _board(karen, clock)
    assert contains(board, karen.text("⏳ <b>Waitlist: {n}</b>", n=2))


NAMES = ("Amina", "Olena", "Zarghuna", "Samira")


async def _four_are_asked_for_two_places(told: Story, language: str) -> tuple[Phone, list[Phone]]:
    """Nobody else is told; each has the question."""
    volunteering = Volunteering(told)
    karen = await volunteering.coordinator()
    phones = [await told.phone(name, language=language) for name in NAMES]
    await volunteering.approves(*phones)
    work = await volunteering.assignment()
    await volunteering.shift(karen, work, SATURDAY)
    await volunteering.knows_everybody()
    await opens(karen, "🗂 Coordinators’ desk", "🎪 Fill a shift")
    await karen.taps(TITLES["nl"])
    await karen.waits()
    await takes(karen, "👥 Who fits best", "☑️ Everybody on this page")
    await karen.taps(karen.counted("✉️ Ask {n} person", "✉️ Ask {n} people", len(phones)))
    for phone in phones:
        asked = await phone.sees(phone.text(ASKED))
        assert contains(asked, TITLES[language])
    return karen, phones


async def _board(karen: Phone, clock: Clock) -> Message:
    """How the shift fills, as it stands on the coordinator's phone; it changes now and then."""
    clock.moves_on(minutes=1)
    await karen.waits()
    shown = [one for one in karen.said() if karen.text("🎪 Other shifts") in one.labels]
    assert shown, karen.transcript()
    return shown[-1]
