"""Letters: one that is refused with a reason, and one that was lost and comes again."""

from datetime import UTC, datetime

import pytest

from tests.support.journeys import Story, on_both_databases
from tests.support.phone import Message, Phone, contains
from tests.support.tongues import foreign
from tests.support.volunteer_stories import RIGHT, Volunteering, opens, says, takes, text_of
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LETTER = "Reference letter"
WHY = "Даруйте / sorry: eerst nog een shift."
FULL_NAME = "Maryam Alizadeh"

both_ways = pytest.mark.parametrize("language", ["nl", "fa_AF"], ids=("nl", "fa_AF"))


@both_ways
async def test_refused_letter_says_why_in_the_coordinators_words(
    told: Story, clock: Clock, language: str
) -> None:
    karen, amina = await _with_hours(told, clock, language)
    await opens(amina, "📄 Letters", "✍️ Ask for a letter", LETTER)
    await says(amina, "امینه علیزاده")
    await amina.sees(amina.text(LATIN))
    await says(amina, FULL_NAME)
    await takes(amina, RIGHT)
    await amina.waits()
    await opens(amina, "📄 Letters")
    await amina.sees(amina.text("⏳ {paper}: a colleague is reading it.", paper=amina.text(LETTER)))
    await takes(karen, "👀 Read and decide", "✖️ Not this letter")
    await says(karen, WHY)
    await karen.sees(karen.text("The volunteer reads your reason."))

    await amina.sees(WHY)
    await opens(amina, "📄 Letters")
    assert amina.said()[-1].labels[0] == amina.text("✍️ Ask for a letter")
    assert foreign(amina, names=["Amina", FULL_NAME, WHY]) == []


@both_ways
@on_both_databases
async def test_lost_letter_comes_again_as_it_was(told: Story, clock: Clock, language: str) -> None:
    karen, amina = await _with_hours(told, clock, language)
    first = await _has_a_letter(karen, amina)
    file = await amina.downloads(first)
    assert FULL_NAME in text_of(file)
    await told.wegwijzer.restarts()
    clock.moves_on(days=200)

    await amina.says("/my")
    await takes(amina, "📄 Letters")
    await amina.taps(f"📄 {amina.text(LETTER)}")
    again = await amina.sees(amina.text("{paper}: here it is.", paper=amina.text(LETTER)))

    assert await amina.downloads(again) == file
    assert again["document"]["file_name"] == first["document"]["file_name"]
    assert foreign(amina, names=["Amina", FULL_NAME]) == []


@pytest.mark.parametrize("kind_of_fault", ["429", "500", "drop_before"])
async def test_letter_arrives_although_telegram_stumbles(
    told: Story, clock: Clock, kind_of_fault: str
) -> None:
    told.wegwijzer.forgiven += ["429", "500", "fault:"]
    karen, amina = await _with_hours(told, clock, "en")
    await told.simulation.faults.add(kind_of_fault, method="sendDocument", chat=amina.person)

    letter = await _has_a_letter(karen, amina)

    assert FULL_NAME in text_of(await amina.downloads(letter))


async def test_withdrawn_letter_is_told_and_does_not_come_again(told: Story, clock: Clock) -> None:
    karen, amina = await _with_hours(told, clock, "en")
    letter = await _has_a_letter(karen, amina)
    await opens(amina, "📄 Letters")
    await opens(karen, "🗂 Coordinators’ desk", "📄 Read letters")
    await karen.taps(FULL_NAME)
    await takes(karen, "🚫 Withdraw it", "🚫 Yes, withdraw")
    await karen.sees(karen.text("The letter is withdrawn."))

    gone = await amina.sees("does not count any more")
    number = letter["document"]["file_name"].removeprefix("letter-").removesuffix(".pdf")
    assert contains(gone, number)
    shown = next(one for one in reversed(amina.said()) if f"📄 {LETTER}" in one.labels)
    await amina.taps(f"📄 {LETTER}", message=shown)
    await amina.sees_toast()
    await amina.waits()
    assert len([one for one in amina.said() if "document" in one]) == 1


async def _with_hours(told: Story, clock: Clock, language: str) -> tuple[Phone, Phone]:
    clock.moves_to(MONDAY)
    volunteering = Volunteering(told)
    karen = await volunteering.coordinator()
    amina = await told.phone("Amina", language=language)
    await volunteering.approves(amina)
    await volunteering.has_worked(amina, 12.5)
    return karen, amina


async def _has_a_letter(karen: Phone, amina: Phone) -> Message:
    await opens(amina, "📄 Letters", "✍️ Ask for a letter", LETTER)
    await says(amina, FULL_NAME)
    await takes(amina, RIGHT)
    await takes(karen, "👀 Read and decide", "✍️ Write it", "Skip this", "Skip this")
    await says(karen, "Karen Peeters")
    await takes(karen, "👀 Show me the letter", "✅ Approve and send")
    return await amina.sees(amina.text("{paper}: here it is.", paper=amina.text(LETTER)))


LATIN = (
    "Please write your name in Latin letters, as it stands on your Belgian papers: Maryam Alizadeh."
)
