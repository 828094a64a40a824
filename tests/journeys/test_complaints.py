"""Somebody complains about the team, and the team never sees a word of it."""

import re

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Story, on_both_databases
from tests.support.phone import Phone
from tests.support.wegwijzer import Wegwijzer, facts

pytestmark = pytest.mark.journey

COMPLAINT = "zorgblat frobnicate plugh"
REPLY = "gnarfel looks into it"
CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
ASK = "✍️ Write your complaint now: what happened, where and when?"


async def _contact(told: Story, name: str = "Ward") -> Phone:
    """Somebody outside the team opens the operator's link and chooses English."""
    ward = await told.phone(name, language=None)
    await ward.says(f"/start {await told.wegwijzer.invites_contact()}")
    await ward.sees(ward.text("Hello! Please choose your language."))
    await ward.chooses_language("en")
    await ward.sees(ward.text("To answer, press Reply below the complaint, and write."))
    return ward


async def _complains(who: Phone, way: str) -> None:
    await who.says("/complaint")
    await who.taps(who.text(way))
    await who.sees(who.text(ASK))
    await who.says(COMPLAINT)
    await who.sees(who.text("You can write more, or press Send."))
    await who.taps(who.text("📨 Send"))


@pytest.mark.parametrize("language", ["en", "ps"], ids=("en", "ps"))
@on_both_databases
async def test_complaint_without_a_name_goes_there_and_back(
    told: Story, desk: Desk, wegwijzer: Wegwijzer, language: str
) -> None:
    ward = await _contact(told)
    amina = await told.phone("Amina", language=language)

    await _complains(amina, "Without my name")
    screen = await amina.sees(CODE)
    found = CODE.search(screen.text)
    assert found is not None
    await amina.waits()
    assert await wegwijzer.remembers(found[0]) == []
    wegwijzer.clock.moves_on(minutes=45)
    brought = await ward.sees(COMPLAINT)
    assert "Amina" not in brought.text
    await ward.says(REPLY, reply_to=brought)
    await ward.sees(ward.text("✅ Kept until the person reads it with the code."))

    await ward.waits()
    assert await wegwijzer.remembers(COMPLAINT) == ["complaints.text"]
    assert await wegwijzer.remembers(REPLY) == ["complaints.reply"]
    assert set(await wegwijzer.remembers(str(amina.person))) <= {
        "people.telegram_id",
        "inbox.chat_id",
        "outbox.chat_id",
    }
    await amina.says(f"/complaint {found[0].lower()}")
    await amina.sees(REPLY)
    await amina.waits()
    assert await wegwijzer.remembers(REPLY) == []
    assert not desk.holds(COMPLAINT)
    assert not desk.holds(REPLY)


@on_both_databases
async def test_complaint_by_name_is_answered_in_the_chat(told: Story, desk: Desk) -> None:
    ward = await _contact(told)
    amina = await told.phone("Amina")
    await amina.asks_a_colleague("Where is my file?")
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Here it is.")
    await amina.sees("Here it is.")

    await _complains(amina, "With my name")  # in the middle of a live talk with a colleague
    brought = await ward.sees(COMPLAINT)
    assert "Amina" in brought.text
    await ward.taps(ward.text("✍️ Reply"))
    await ward.says(REPLY)
    await amina.sees(REPLY)

    await amina.waits()
    assert not desk.holds(COMPLAINT)
    assert not desk.holds(REPLY)


async def test_contact_person_who_forgets_reply_is_asked_which_one(told: Story, desk: Desk) -> None:
    ward = await _contact(told)
    amina = await told.phone("Amina", language="fa_AF")
    await _complains(amina, "With my name")
    await ward.sees(COMPLAINT)

    await ward.says(REPLY)
    await ward.sees(ward.text("Nobody has read this yet. Which complaint do you answer?"))
    await ward.taps("#1 · zorgblat frobnicate plugh")
    await ward.sees(ward.text("✅ Passed on."))
    await amina.sees(REPLY)

    await ward.sees_nothing_more()
    assert not desk.holds(REPLY)


async def test_without_a_contact_person_there_is_the_address(told: Story) -> None:
    amina = await told.phone("Amina")
    await amina.says("/privacy")
    await amina.taps(amina.text("📣 Complain"))

    await amina.sees(facts().complaint_address)


async def test_colleague_cannot_open_the_link_of_a_contact_person(
    told: Story, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    await desk["Joris"].says("Good morning")
    joris = await told.known("Joris")
    await joris.starts()
    await joris.chooses_language("nl")

    await joris.says(f"/start {await wegwijzer.invites_contact()}")

    refusal = "Complaints are read by somebody outside the team. You belong to the team."
    await joris.sees(joris.text(refusal))
