"""The same stories when Telegram posts the updates to us."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.support.journeys import Story, on_both_databases, story

pytestmark = pytest.mark.journey


@pytest.fixture
async def told(database_url: str, kind: str) -> AsyncIterator[Story]:
    """A bot that listens by webhook."""
    async with story(database_url, begins_anew=kind == "postgres", by_webhook=True) as started:
        yield started


@on_both_databases
async def test_question_and_answer_travel_by_webhook(told: Story) -> None:
    amina = await told.phone()
    await amina.asks_a_colleague("xyzzy plugh")
    case = await told.desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("By webhook.")

    await amina.sees("By webhook.")
    await amina.sees_nothing_more()


@pytest.mark.parametrize("secret", [None, "wrong"], ids=["none", "wrong"])
async def test_update_with_a_wrong_secret_is_refused(told: Story, secret: str | None) -> None:
    amina = await told.phone()
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    message = {"message_id": 9, "date": 1, "chat": {"id": amina.person, "type": "private"}}
    update = {"update_id": 99, "message": {**message, "text": "/menu"}}

    async with (
        aiohttp.ClientSession() as http,
        http.post(told.wegwijzer.webhook_url, json=update, headers=headers) as answer,
    ):
        status = answer.status

    assert status == 403
    await amina.sees_nothing_more()


async def test_webhook_delivers_after_a_restart(told: Story) -> None:
    amina = await told.phone()
    await told.wegwijzer.stops()
    await amina.says("/menu")
    await told.wegwijzer.starts()

    await amina.sees(
        amina.text("How can I help you? Write your question, or choose a button below.")
    )
