"""A person sees everything that is kept, and can have all of it erased."""

import json

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, every_language, on_both_databases
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

NAME = "Qwertyna"
QUESTION = "zorgblat frobnicate plugh"
ANSWER = "gnarfel answers you"
DRAFT = "unsentwort"


@on_both_databases
async def test_nothing_of_an_erased_person_is_left(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    # The list of who waits may be written anew with the same words; the bot takes it for done.
    wegwijzer.forgiven.append("message is not modified")
    amina = await phone(NAME)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(containing=QUESTION)
    await case.claimed_by("Joris")
    await case.answered(ANSWER)
    await amina.sees(ANSWER)
    await amina.says(f"and {QUESTION} again")
    await case.sees(QUESTION)
    await amina.asks_about_data()
    for words in (NAME, QUESTION, ANSWER):
        assert await wegwijzer.remembers(words)

    await amina.says("/delete")
    await amina.taps(amina.text("🗑 Yes, delete everything"))

    await amina.sees(amina.text("Everything about you is deleted. Thank you for your trust."))
    await amina.sees_nothing_more()
    for words in (NAME, QUESTION, ANSWER):
        assert await wegwijzer.remembers(words) == []
        assert not desk.holds(words)
    wegwijzer.clock.moves_on(days=9)  # ids of what was sent stay for a week
    await amina.waits()
    assert await wegwijzer.remembers(str(amina.person)) == []


async def test_what_the_post_still_holds_is_erased(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    """A message set aside, words that wait for the person, and theirs for another chat."""
    amina = await phone(NAME)
    await wegwijzer.set_something_aside(amina.person, QUESTION)
    await wegwijzer.has_post_waiting(amina.person, ANSWER, of=amina.person)
    await wegwijzer.has_post_waiting(desk.group.id, DRAFT, of=amina.person)
    for words in (QUESTION, ANSWER, DRAFT):
        assert await wegwijzer.remembers(words)

    await amina.says("/delete")
    await amina.taps(amina.text("🗑 Yes, delete everything"))

    await amina.sees(amina.text("Everything about you is deleted. Thank you for your trust."))
    await amina.sees_nothing_more()
    for words in (QUESTION, ANSWER, DRAFT):
        assert await wegwijzer.remembers(words) == []


async def test_waiting_question_and_draft_are_erased_too(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    amina = await phone(NAME)
    await amina.asks_a_colleague(QUESTION)
    await desk.sees_new_case(containing=QUESTION)
    await amina.says("/colleague")
    await amina.says(DRAFT)
    await amina.sees(amina.text("Got it. Add more, or press Send."))

    await amina.says("/delete")
    await amina.taps(amina.text("🗑 Yes, delete everything"))

    await amina.sees(amina.text("Everything about you is deleted. Thank you for your trust."))
    await amina.sees_nothing_more()
    for words in (NAME, QUESTION, DRAFT):
        assert await wegwijzer.remembers(words) == []
        assert not desk.holds(words)


async def test_answer_on_its_way_never_reaches_an_erased_person(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    amina = await phone(NAME)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.says(ANSWER)

    await amina.says("/delete")
    await amina.taps(amina.text("🗑 Yes, delete everything"))
    await amina.sees(amina.text("Everything about you is deleted. Thank you for your trust."))
    await case.hold_passes()

    await amina.sees_nothing_more()
    assert await wegwijzer.remembers(ANSWER) == []


async def test_no_keeps_everything_as_it_was(phone: Phones, wegwijzer: Wegwijzer) -> None:
    amina = await phone(NAME)
    await amina.says("/delete")

    await amina.taps(amina.text("No, keep my data"))

    await amina.sees(amina.text("Nothing was deleted."))
    assert await wegwijzer.remembers(NAME)


async def test_old_yes_asks_again_first(phone: Phones, wegwijzer: Wegwijzer) -> None:
    amina = await phone(NAME)
    await amina.says("/delete")
    await amina.sees(amina.text("You cannot undo this."))
    wegwijzer.clock.moves_on(hours=2)

    await amina.taps(amina.text("🗑 Yes, delete everything"))

    await amina.sees(amina.text("You cannot undo this."))
    assert await wegwijzer.remembers(NAME)


async def test_erased_person_may_begin_again(phone: Phones) -> None:
    amina = await phone(NAME)
    await amina.says("/delete")
    await amina.taps(amina.text("🗑 Yes, delete everything"))
    await amina.sees(amina.text("Everything about you is deleted. Thank you for your trust."))

    await amina.starts()

    await amina.sees("Hello! Please choose your language.")
    await amina.chooses_language("nl")


@every_language
async def test_copy_of_data_holds_what_was_said(phone: Phones, desk: Desk, language: str) -> None:
    amina = await phone(NAME, language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered(ANSWER)
    await amina.sees(ANSWER)

    await amina.says("/mydata")

    sent = await amina.sees(amina.text("This is everything that we store about you."))
    copy = json.loads(await amina.downloads(sent))
    assert sent["document"]["file_name"] == "mydata.json"
    whole = json.dumps(copy, ensure_ascii=False)
    for words in (NAME, QUESTION, ANSWER, language):
        assert words in whole
    assert "Joris" not in whole
