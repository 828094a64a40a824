"""A colleague would like to call: the number is given for that, and for nothing else."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, left_and_right
from tests.support.phone import Phone
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

NUMBER, STORED, SHOWN = "0470 12 34 56", "32470123456", "470 12 34"


async def _asked(amina: Phone) -> None:
    await amina.sees(
        amina.text(
            "📞 {name} would like to call you about your question #{number}.\n\nOnly the colleague"
            " who has your question sees your number. We use it for nothing else, and erase it when"
            " the question is closed. You do not have to give it.",
            name="Joris",
            number=1,
        )
    )


@left_and_right
async def test_number_is_seen_by_the_claimant_only_and_erased_at_the_end(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague("xyzzy plugh frobnicate")
    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Joris")

    await case.says("/call")
    await _asked(amina)
    await amina.taps(amina.text("📞 Give my number"))
    await amina.says(NUMBER)
    await amina.sees("+32 470 12 34 56")
    await amina.waits()
    assert await wegwijzer.remembers(STORED) == []
    await amina.taps(amina.text("✅ Yes"))

    given = await case.sees(
        desk.text("📞 The person gave a number for a call. Only {name} can see it.", name="Joris")
    )
    await desk["Karen"].taps(desk.text("📞 Show the number"), message=given)
    refused = await desk["Karen"].sees_toast()
    assert SHOWN not in refused["text"]
    await case.phone.taps(desk.text("📞 Show the number"), message=given)
    await case.phone.sees_toast(SHOWN)
    assert not any(SHOWN in text for text in case.texts())
    await amina.waits()
    assert await wegwijzer.remembers(STORED) == ["cases.phone"]

    await case.closed()
    await amina.sees(amina.text("✅ Your question #{number} is closed.", number=1))
    await amina.waits()
    assert await wegwijzer.remembers(STORED) == []
    await case.phone.taps(desk.text("📞 Show the number"), message=given)
    await case.phone.sees_toast("/reopen")


async def test_person_would_rather_not_and_nothing_is_kept(phone: Phones, desk: Desk) -> None:
    amina = await phone("Amina")
    await amina.asks_a_colleague("xyzzy plugh frobnicate")
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.says("/call")
    await _asked(amina)

    await amina.taps(amina.text("Rather not"))

    await amina.sees(amina.text("All right. We keep no number of yours. You can go on here."))
    await case.sees(desk.text("📞 The person would rather not give a number."))
