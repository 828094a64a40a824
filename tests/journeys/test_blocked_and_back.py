"""A person blocks the bot and comes back."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, on_both_databases
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"


@on_both_databases
async def test_colleague_hears_that_the_person_blocked_the_bot(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append("403 Forbidden: bot was blocked")
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await amina.blocks_the_bot()

    await case.answered("Are you there?")

    await case.sees(desk.text("⚠️ Not delivered: the person has blocked the bot or left Telegram."))
    await desk.says_nothing_more("Joris", thread=case.thread)


async def test_person_who_comes_back_is_answered_again(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append("403 Forbidden: bot was blocked")
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await amina.blocks_the_bot()
    await case.answered("Are you there?")
    await case.sees("⚠️")

    await amina.comes_back()
    await amina.says("/menu")
    await amina.sees(
        amina.text("How can I help you? Write your question, or choose a button below.")
    )
    await case.answered("Welcome back.")

    await amina.sees("Welcome back.")
    await amina.sees_nothing_more()


async def test_blocking_in_the_middle_disturbs_nobody_else(
    phone: Phones, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append("403 Forbidden: bot was blocked")
    amina, olena = await phone("Amina"), await phone("Olena", language="uk")
    await amina.says(amina.question_about("asylum/apply"))
    await amina.blocks_the_bot()
    await olena.says(olena.question_about("asylum/apply"))

    await olena.sees(olena.title("asylum/apply"))
    await olena.sees_nothing_more()
