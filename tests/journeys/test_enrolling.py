"""Signing up with interruptions, and a profile that is filled in a step at a time."""

import re
from datetime import UTC, datetime

import pytest

from tests.support.journeys import Phones, Story, on_both_databases
from tests.support.phone import Phone, contains
from tests.support.tongues import foreign
from tests.support.volunteer_stories import (
    GHENT,
    IN_WRITING,
    RIGHT,
    SIGNED_UP,
    SPEAKS,
    TALK,
    Volunteering,
    agrees,
    beginning,
    opens,
    says,
    signs_up,
    takes,
)
from tests.support.wegwijzer import Clock, Wegwijzer

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 5, 8, 0, tzinfo=UTC)

both_ways = pytest.mark.parametrize("language", ["nl", "ps"], ids=("nl", "ps"))

WHERE = "Where do you live? Write your town or your postcode."
WHICH = "Which languages do you speak?"
LEFT = "You have left this. I keep your answers for 60 days."
UNKNOWN = "I do not know the town {town}. Write its name or postcode."

# The profile: each question, and what is tapped, or written after "="; "!" leads to the summary.
PROFILE = (
    ("How well do you speak Dutch?", "A little"),
    ("Where do you like to help?", "🎪 Festivals"),
    ("How do you want to volunteer?", "Now and then"),
    ("When can you come? Tap a day, a part of the day, or one field.", ""),
    ("What are you good at, or what do you like to do?", "🍲 Cooking"),
    ("Why do you want to volunteer? Write it, or send a voice message.", "=2 3 4"),
    ("How do you travel?", "🚲 By bike"),
    ("How far may it be, in kilometres?", "=۱۰"),
    ("Do you have a driving licence?", "❌ No"),
    ("Do you have small children who come along?", "❌ No"),
    ("Do you need 40 hours for your integration programme?", "✅ Yes"),
    ("Who sent you to us? Write the name of the person or the service.", "=OCMW Gent"),
    ("May we tell them when you have done your 40 hours?", "✅ Yes!"),
)
SEVERAL = ("🎪 Festivals", "Now and then", "🍲 Cooking")


@both_ways
async def test_sign_up_waits_over_days_and_a_restart(
    phone: Phones, wegwijzer: Wegwijzer, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    amina = await phone("Amina", language=language)
    await opens(amina, "✍️ Sign up")
    await amina.taps("Amina")
    await amina.sees(amina.text(WHERE))
    await amina.says("Xyzzyplugh")
    await amina.sees(amina.text(UNKNOWN, town="Xyzzyplugh"))
    await amina.says(GHENT[language])
    await amina.sees(amina.text(WHICH))
    await takes(amina, "✖️ Leave")
    await amina.sees(amina.text(LEFT))
    await wegwijzer.restarts()
    clock.moves_on(days=5)

    await amina.says("/my")
    await amina.sees(amina.text("✍️ Not finished: {title}", title=_title(amina)))
    await amina.taps(re.compile("^" + re.escape(amina.text("✍️ Go on"))))
    await amina.sees(amina.text(WHICH))
    await amina.taps(re.compile(f"^{SPEAKS[language]}$"))
    await takes(amina, "➡️ Done, go on", IN_WRITING)
    await amina.sees(amina.text(SIGNED_UP, name="Amina"))
    await agrees(amina)

    assert foreign(amina, names=["Amina", "Xyzzyplugh"]) == []


@both_ways
async def test_back_on_each_step_keeps_what_was_answered(
    phone: Phones, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    amina = await phone("Amina", language=language)
    await opens(amina, "✍️ Sign up")
    await says(amina, "Amina Karimi", GHENT[language])
    await amina.taps(SPEAKS[language])
    await takes(amina, "➡️ Done, go on")
    await amina.sees(amina.text(TALK))

    await takes(amina, "⬅️ Back")
    assert f"✓ {SPEAKS[language]}" in await amina.sees_buttons(f"✓ {SPEAKS[language]}")
    await takes(amina, "⬅️ Back")
    await amina.sees(amina.text(WHERE))
    await amina.sees_buttons(amina.text("➡️ Keep: {answer}", answer="Gent (9000)"))
    await takes(amina, "⬅️ Back")
    await amina.sees(beginning(amina, "What is your name?\n"))
    await amina.taps(amina.text("➡️ Keep: {answer}", answer="Amina Karimi"))
    await amina.sees(amina.text(TALK))
    await takes(amina, IN_WRITING)

    await amina.sees(amina.text(SIGNED_UP, name="Amina Karimi"))


@both_ways
async def test_profile_is_filled_in_and_changed_at_the_summary(
    told: Story, phone: Phones, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    amina = await phone("Amina", language=language)
    await signs_up(amina)
    await agrees(amina)
    await takes(amina, "📋 Fill in my profile")
    for question, answer in PROFILE[int(language == "nl") :]:  # who ticked Dutch is not asked
        await amina.sees(amina.text(question))
        await _answers(amina, answer)
    await amina.sees(amina.text("Is everything right?"))

    await takes(amina, "✏️ Change something")
    await amina.taps(amina.text("How do you travel?"))
    await amina.sees(amina.text("How do you travel?"))
    await told.wegwijzer.restarts()
    await takes(amina, "🚗 By car", RIGHT)
    await amina.sees(amina.text("✅ Saved. Thank you!"))
    await takes(amina, "📋 My file")

    file = await amina.sees(amina.text("📋 <b>My file: {name}</b>", name="Amina"))
    for words in ("🚗 By car", "🎪 Festivals", "🍲 Cooking"):
        assert contains(file, amina.text(words))
    assert not contains(file, amina.text("🚲 By bike"))
    assert foreign(amina, names=["Amina"]) == []


@on_both_databases
async def test_who_is_too_young_leaves_nothing_behind(
    told: Story, phone: Phones, clock: Clock
) -> None:
    clock.moves_to(MONDAY)
    karen = await Volunteering(told).coordinator()
    amina = await phone("Amina", language="fa_AF")
    await signs_up(amina)
    await amina.taps(amina.text("15 or younger"))
    await amina.sees(beginning(amina, "Thank you for wanting to help!"))

    await opens(karen, "🗂 Coordinators’ desk")
    await karen.taps(re.compile(r"\(0\)"))
    await karen.sees(karen.text("Nobody waits for an answer. Well done!"))
    assert not told.desk.holds("Amina")


def _keep(phone: Phone) -> str:
    """The button that keeps an answer, whatever it is."""
    return phone.text("➡️ Keep: {answer}", answer="§").partition("§")[0]


def _title(phone: Phone) -> str:
    return phone.text("🤝 Sign up as a volunteer")


async def _answers(phone: Phone, answer: str) -> None:
    """One step: answered, looked at once more with Back, and kept."""
    if not answer:
        await takes(phone, "➡️ Done, go on", "⬅️ Back", "➡️ Done, go on")
    elif answer.startswith("="):
        await says(phone, answer[1:])
        await takes(phone, "⬅️ Back")
        await phone.taps(_keep(phone))
    elif answer in SEVERAL:
        await takes(phone, answer, "➡️ Done, go on", "⬅️ Back", "➡️ Done, go on")
    elif answer.endswith("!"):
        await takes(phone, answer[:-1])  # the last one leads to the summary
    else:
        await takes(phone, answer, "⬅️ Back")
        await phone.taps(_keep(phone))
    await phone.waits()
