"""A contact person writes without Reply: it is never taken for a question to the team."""

import pytest

from bot.complaints.service import contacts
from bot.complaints.tables import complaint_drafts
from bot.delivery.incoming import Said
from tests.support.complaints_makers import AMINA, LIEN, OLENA, WARD, Booth

WORDS = "We look into it."
OWN = "It is my own question"


async def _heard(booth: Booth) -> list[str]:
    """What the info desk and the queue got to hear."""
    return [one.text for one in booth.overheard if isinstance(one, Said)]


@pytest.mark.parametrize("way", ["named", "anonymous"])
async def test_contact_person_is_asked_which_complaint_they_answer(booth: Booth, way: str) -> None:
    await booth.complained(way)

    await booth.says(WARD, WORDS)

    assert await _heard(booth) == []
    assert booth.last_text(WARD) == "Nobody has read this yet. Which complaint do you answer?"
    await booth.presses(WARD, "#1 · He shouted at me.")
    row = await booth.row()
    assert row["reply"] == WORDS
    assert booth.last_text(WARD).startswith("✅")
    assert WORDS not in str((await booth.everywhere()).get("complaint_drafts", ""))
    if way == "named":
        assert WORDS in booth.last_text(AMINA)


async def test_each_of_two_complaints_can_be_chosen(booth: Booth) -> None:
    await booth.complained("named")
    await booth.complained("named", text="Zebra " * 20, who=AMINA)

    await booth.says(WARD, WORDS)
    await booth.presses(WARD, "#2 · Zebra Zebra Zebra Zebra Zebr…")

    assert (await booth.row(1))["reply"] is None
    assert (await booth.row(2))["reply"] == WORDS


async def test_second_tap_sends_nothing_twice(booth: Booth) -> None:
    await booth.complained("named")
    await booth.says(WARD, WORDS)
    await booth.presses(WARD, "#1 · He shouted at me.")
    before = len(booth.seen_by(AMINA))

    await booth.presses(WARD, "#1 · He shouted at me.")

    assert len(booth.seen_by(AMINA)) == before
    assert (await booth.row())["reply"] == WORDS


async def test_own_question_reaches_the_info_desk_and_so_does_the_next(booth: Booth) -> None:
    await booth.complained("named")
    await booth.says(WARD, "Where is a school?")

    await booth.presses(WARD, OWN)
    await booth.says(WARD, "In Gent")
    await booth.takes(booth.photo(WARD))

    assert await _heard(booth) == ["Where is a school?", "In Gent"]
    assert len(booth.overheard) == 3
    assert (await booth.row())["reply"] is None


async def test_reply_is_a_reply_also_after_an_own_question(booth: Booth) -> None:
    await booth.complained("named")
    await booth.says(WARD, "Where is a school?")
    await booth.presses(WARD, OWN)

    await booth.says(WARD, WORDS, reply_to=await booth.place())

    assert await _heard(booth) == ["Where is a school?"]
    assert (await booth.row())["reply"] == WORDS


async def test_after_a_while_they_are_asked_again(booth: Booth) -> None:
    await booth.complained("named")
    await booth.says(WARD, "Where is a school?")
    await booth.presses(WARD, OWN)
    await booth.waits()

    await booth.says(WARD, WORDS)

    assert WORDS not in await _heard(booth)


async def test_photo_goes_nowhere_until_they_say_it_is_their_own(booth: Booth) -> None:
    await booth.complained("named")

    await booth.takes(booth.photo(WARD))

    assert booth.overheard == []
    assert "Only text can be passed on" in booth.last_text(WARD)
    await booth.presses(WARD, OWN)
    await booth.takes(booth.photo(WARD))
    assert len(booth.overheard) == 1


async def test_nobody_else_is_asked(booth: Booth) -> None:
    await booth.person(OLENA)
    await booth.says(WARD, "nothing came yet")
    await booth.wrote("anonymous")
    await booth.presses(AMINA, "📨 Send")
    await booth.says(WARD, "still nothing came")
    await booth.waits()

    for who in (AMINA, OLENA):
        await booth.says(who, "Where is a school?")
    await booth.replied()
    await booth.says(WARD, "all is answered")

    assert await _heard(booth) == [
        "nothing came yet",
        "still nothing came",
        "Where is a school?",
        "Where is a school?",
        "all is answered",
    ]


async def test_removed_contact_person_chooses_in_vain(booth: Booth) -> None:
    await booth.complained("named")
    await booth.says(WARD, WORDS)
    person = await booth.person(WARD)
    await contacts.remove(booth.tx, person.id, now=booth.now)

    await booth.presses(WARD, "#1 · He shouted at me.")

    assert (await booth.row())["reply"] is None
    assert booth.toasts[-1] == "Only the contact person for complaints can do this."


async def test_nobody_else_sends_what_a_contact_person_wrote(booth: Booth) -> None:
    await booth.complained("named")
    await booth.contact(LIEN)
    await booth.says(WARD, WORDS)
    forged = booth.button(WARD, "#1 · He shouted at me.")

    await booth.taps(LIEN, forged)
    await booth.taps(OLENA, forged)

    assert (await booth.row())["reply"] is None


async def test_what_waits_is_gone_after_a_day(booth: Booth) -> None:
    await booth.complained("named")
    await booth.says(WARD, WORDS)

    await booth.nights(2)

    assert await booth.tx.all(complaint_drafts.select()) == []
    await booth.presses(WARD, "#1 · He shouted at me.")
    assert (await booth.row())["reply"] is None
