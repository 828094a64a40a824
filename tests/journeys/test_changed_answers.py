"""A coordinator changes an answer from the team's group; newcomers read it without a release."""

import re

import pytest

from tests.support.desk import Colleague, Desk
from tests.support.journeys import Phones, on_both_databases
from tests.support.phone import Phone

pytestmark = pytest.mark.journey

TOPIC = "infodesk/contact"


@on_both_databases
async def test_a_changed_answer_is_read_at_once_and_taken_back(phone: Phones, desk: Desk) -> None:
    amina = await phone("Amina", language="en")
    karen = desk["Karen"]
    await karen.says("hello")
    await amina.sees_nothing_more()
    await desk.becomes("Karen", "coordinator")

    await karen.says(f"/edit {TOPIC} en")
    form = await karen.sees(f"/publish {TOPIC} en")
    command, title, *rest = form.text[form.text.index("/publish") :].splitlines()
    await karen.says("\n".join([command, "Reach somebody of our team", *rest]))
    await karen.sees("Reach somebody of our team")
    await karen.taps(desk.text("✅ Publish"))
    await karen.sees(f"{TOPIC} (en)")

    await _reads(amina, "Reach somebody of our team")

    await karen.says("/overrides")
    await karen.sees(TOPIC)
    await karen.taps(desk.text("↩️ Take back {topic} ({language})", topic=TOPIC, language="en"))
    await karen.sees_toast(desk.text("Taken back. The bot's own text is shown again."))
    await _reads(amina, title)


async def _reads(amina: Phone, title: str) -> None:
    """She asks until the new index is there: building it takes a second, and nobody waits."""
    for _ in range(300):
        await amina.starts("q_infodesk-contact")
        if title in (await amina.sees("Where this comes from")).text:
            return
    raise AssertionError(f"She never reads {title!r}.\n{amina.transcript()}")


async def test_an_administrator_of_the_group_is_a_coordinator_at_once(
    phone: Phones, desk: Desk
) -> None:
    amina, joris, karen = await phone("Amina"), desk["Joris"], desk["Karen"]
    await karen.says("hello")
    await joris.says("hello")
    await amina.sees_nothing_more()

    await _is_told(joris, f"/edit {TOPIC} en", f"/publish {TOPIC} en")
    await karen.says(f"/edit {TOPIC} en")
    await karen.sees(desk.text("Only coordinators can change answers."))


async def _is_told(colleague: Colleague, said: str, wanted: str) -> None:
    """Who is an administrator is asked behind the first message: it may take a moment."""
    for _ in range(50):
        await colleague.says(said)
        if wanted in (await colleague.sees(re.compile(r"\S"))).text:
            return
    raise AssertionError(f"{colleague.name} is never told {wanted!r}.")
