"""Telegram may say the same thing twice."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, Story, on_both_databases

pytestmark = pytest.mark.journey


@on_both_databases
async def test_same_update_twice_is_answered_once(phone: Phones, told: Story) -> None:
    amina = await phone()
    await amina.says(amina.question_about("asylum/apply"))
    await amina.sees(amina.title("asylum/apply"))

    again = await told.simulation.redeliver(last=3)

    assert again
    await amina.sees_nothing_more()


async def test_send_delivered_twice_makes_one_question(
    phone: Phones, desk: Desk, told: Story
) -> None:
    amina = await phone()
    await amina.asks_a_colleague("xyzzy plugh")
    await told.simulation.redeliver(last=4)
    await amina.waits()

    await desk.sees_new_case()

    cards = [one for one in desk.group.messages() if desk.text("✋ Claim") in one.labels]
    assert len(cards) == 1


async def test_answer_delivered_twice_arrives_once(phone: Phones, desk: Desk, told: Story) -> None:
    amina = await phone()
    await amina.asks_a_colleague("xyzzy plugh")
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.says("Once only.")
    await told.simulation.redeliver(last=2)
    await case.hold_passes()

    await amina.sees("Once only.")
    await amina.sees_nothing_more()


async def test_redelivery_after_a_restart_is_answered_once(phone: Phones, told: Story) -> None:
    amina = await phone()
    await amina.says(amina.question_about("asylum/apply"))
    await amina.sees(amina.title("asylum/apply"))
    await told.wegwijzer.restarts()

    await told.simulation.redeliver(last=1)

    await amina.sees_nothing_more()


async def test_update_nobody_can_read_holds_nobody_up(phone: Phones, told: Story) -> None:
    told.wegwijzer.may_set_aside = True
    amina = await phone()
    broken = {"message_id": "x", "chat": {"id": amina.person, "type": "private"}, "date": None}
    await told.simulation.inject({"message": broken})

    await amina.says("/menu")

    await amina.sees(
        amina.text("How can I help you? Write your question, or choose a button below.")
    )
