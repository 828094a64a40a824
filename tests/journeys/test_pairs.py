"""A newcomer would like a buddy, and gets one who said yes too."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.journeys import Phones, Story
from tests.support.shift_stories import Shifts
from tests.support.tongues import foreign
from tests.support.volunteer_stories import GHENT, RIGHT, SPEAKS, Volunteering, opens, says, takes
from tests.support.wegwijzer import Clock

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 5, 8, 0, tzinfo=UTC)
TITLE = dict.fromkeys(("nl", "ps", "en"), "Samen wandelen")

both_ways = pytest.mark.parametrize("language", ["nl", "ps"], ids=("nl", "ps"))

BOTH = (
    "🎉 You and {name} both said yes! Your coordinator arranges the first time that you meet."
    "\n\nIf you like, say how {name} may reach you. It is passed on only when both of you do so."
)


@both_ways
async def test_two_people_meet_after_both_said_yes(
    told: Story, phone: Phones, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    there = Volunteering(told)
    karen = await there.coordinator()
    amina = await phone("Amina", language=language)
    olena = await phone("Olena", language=language)
    await Shifts(told.wegwijzer).approves(amina)
    facts: dict[str, Any] = {"kind": "buddy", "titles": TITLE, "wanted": 3}
    await there.assignment(**facts)
    await there.knows_everybody()

    await opens(olena, "🤝 I would like a buddy", "✅ Yes")
    await says(olena, GHENT[language])
    await olena.taps(SPEAKS["en"])
    await takes(olena, "➡️ Done, go on", "➡️ Done, go on", RIGHT)
    await olena.sees(_on_the_list(olena))

    await opens(
        karen, "🗂 Coordinators’ desk", "🔁 Regular places and pairs", "🤝 Would like a buddy"
    )
    await karen.taps(re.compile("Olena"))
    await karen.waits()
    await karen.taps(re.compile("Samen wandelen"))
    await karen.waits()
    await karen.taps(re.compile("Amina"))
    await karen.waits()
    await takes(karen, "✅ Ask both")

    for one, other in ((amina, "Olena"), (olena, "Amina")):
        await one.sees(re.compile(other))
        await one.taps(one.text("✅ Yes"))
    await amina.sees(amina.text(BOTH, name="Olena").partition("\n")[0])
    await olena.sees(olena.text(BOTH, name="Amina").partition("\n")[0])
    for one in (amina, olena):
        assert (
            foreign(one, names=("Amina", "Olena", "Samen wandelen", "Vooruit", "Gent", "buddy"))
            == []
        )


def _on_the_list(phone: Any) -> str:
    text: str = phone.text("🤝 <b>You would like a buddy</b>\n\nYou are on the list since {day}. A"
                           " coordinator looks for somebody who fits you, and asks you first.",
                           day="")  # fmt: skip
    return text.partition("\n")[0]
