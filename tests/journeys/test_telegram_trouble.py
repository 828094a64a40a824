"""Telegram stumbles: what the bot says arrives once; at most twice where nobody can know."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, Story, on_both_databases

pytestmark = pytest.mark.journey

ASYLUM = "asylum/apply"
KNOWN = ("429", "500", "502", "drop_before")  # the call had no effect, or Telegram said so
UNKNOWN = ("drop_after", "garbage")  # it may have had one
FORGIVEN = ("429", "500", "502", "fault:", "message is not modified", "query is too old")


@pytest.mark.parametrize("kind_of_fault", KNOWN)
async def test_refused_message_arrives_once(phone: Phones, told: Story, kind_of_fault: str) -> None:
    told.wegwijzer.forgiven += FORGIVEN
    amina = await phone()
    await told.simulation.faults.add(kind_of_fault, method="sendMessage", chat=amina.person)

    await amina.says(amina.question_about(ASYLUM))

    await amina.sees(amina.title(ASYLUM))
    await amina.waits()
    arrived = len(amina.said(amina.short(ASYLUM)))
    assert arrived == 1 if kind_of_fault == "429" else 1 <= arrived <= 2


@pytest.mark.parametrize("kind_of_fault", UNKNOWN)
async def test_uncertain_message_arrives_at_most_twice(
    phone: Phones, told: Story, kind_of_fault: str
) -> None:
    told.wegwijzer.forgiven += FORGIVEN
    amina = await phone()
    await told.simulation.faults.add(kind_of_fault, method="sendMessage", chat=amina.person)

    await amina.says(amina.question_about(ASYLUM))

    await amina.sees(amina.title(ASYLUM))
    await amina.waits()
    assert 1 <= len(amina.said(amina.short(ASYLUM))) <= 2


@pytest.mark.parametrize("kind_of_fault", ["429", "500", "drop_before", "drop_after", "garbage"])
async def test_browsing_goes_on_when_an_edit_stumbles(
    phone: Phones, told: Story, kind_of_fault: str
) -> None:
    told.wegwijzer.forgiven += FORGIVEN
    amina = await phone()
    await amina.presses(amina.text("❓ Ask a question"))
    await amina.sees(amina.text("❓ <b>What is your question?</b>"))
    await told.simulation.faults.add(kind_of_fault, method="editMessageText")

    await amina.taps(amina.category("asylum"))

    await amina.sees(amina.text("What do you want to know?"))
    await amina.waits()


@pytest.mark.parametrize("kind_of_fault", ["400", "500", "drop_before", "timeout"])
async def test_tap_works_though_its_toast_fails(
    phone: Phones, told: Story, kind_of_fault: str
) -> None:
    told.wegwijzer.forgiven += [*FORGIVEN, "400", "answerCallbackQuery"]
    amina = await phone()
    await amina.presses(amina.text("❓ Ask a question"))
    await amina.sees(amina.text("❓ <b>What is your question?</b>"))
    await told.simulation.faults.add(kind_of_fault, method="answerCallbackQuery", delay=0.2)

    await amina.taps(amina.category("asylum"))

    await amina.sees(amina.text("What do you want to know?"))


@pytest.mark.parametrize("kind_of_fault", ["500", "502", "garbage", "drop_before", "drop_after"])
async def test_updates_survive_a_stumbling_poll(
    phone: Phones, told: Story, kind_of_fault: str
) -> None:
    told.wegwijzer.forgiven += FORGIVEN
    amina = await phone()
    await amina.waits()
    await told.simulation.faults.add(kind_of_fault, method="getUpdates", times=2)

    await amina.says(amina.question_about(ASYLUM))

    await amina.sees(amina.title(ASYLUM))
    await amina.sees_nothing_more()


@on_both_databases
async def test_other_chats_are_not_held_up(phone: Phones, told: Story) -> None:
    told.wegwijzer.forgiven += FORGIVEN
    amina, olena = await phone("Amina"), await phone("Olena", language="uk")
    await told.simulation.faults.add("429", chat=amina.person, retry_after=3)

    await amina.says(amina.question_about(ASYLUM))
    await olena.says(olena.question_about(ASYLUM))

    await olena.sees(olena.title(ASYLUM))
    assert not amina.said(amina.short(ASYLUM))
    await amina.sees(amina.title(ASYLUM))
    await amina.sees_nothing_more()


@on_both_databases
async def test_answer_of_a_colleague_survives_trouble(
    phone: Phones, desk: Desk, told: Story
) -> None:
    told.wegwijzer.forgiven += FORGIVEN
    amina = await phone()
    await amina.asks_a_colleague("xyzzy plugh")
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await told.simulation.faults.add("429", chat=amina.person, retry_after=1)

    await case.answered("It comes late.")

    await amina.sees("It comes late.")
    await amina.sees_nothing_more()
    assert len(amina.said("It comes late.")) == 1
