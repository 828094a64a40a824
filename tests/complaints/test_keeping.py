"""How long complaints are kept, and that people can take theirs away."""

from typing import Any

from bot.complaints import domain, privacy
from tests.support.complaints_makers import AMINA, WARD, Booth

TEXT, REPLY = "zebra crossing", "giraffe"


async def test_answered_complaint_loses_its_words_after_ninety_days(booth: Booth) -> None:
    await booth.complained("named", text=TEXT)
    await booth.replied(REPLY)

    await booth.nights(domain.TEXT_KEPT.days)
    kept = f"{await booth.everywhere()}"
    await booth.nights(1)

    assert TEXT in kept
    everything = f"{await booth.everywhere()}"
    assert TEXT not in everything
    assert REPLY not in everything
    row = await booth.row()
    assert (row["person_id"], row["is_reduced"], row["code_hash"]) == (None, True, None)
    assert booth.last_text(WARD) == "📣 Complaint #1 is erased."


async def test_unread_reply_waits_a_year(booth: Booth) -> None:
    await booth.complained("anonymous")
    await booth.replied(REPLY)

    await booth.nights(domain.REPLY_KEPT.days)
    assert (await booth.row())["reply"] == REPLY
    await booth.nights(1)

    assert (await booth.row())["reply"] is None
    await booth.says(AMINA, f"/complaint {booth.kept_code}")
    assert "I do not know this code." in booth.last_text(AMINA)


async def test_read_complaint_loses_its_words_after_ninety_days(booth: Booth) -> None:
    await booth.complained("anonymous", text=TEXT)
    await booth.replied(REPLY)
    await booth.says(AMINA, f"/complaint {booth.kept_code}")

    await booth.nights(domain.TEXT_KEPT.days + 1)

    assert TEXT not in f"{await booth.everywhere()}"


async def test_unanswered_complaint_goes_after_two_years(booth: Booth) -> None:
    await booth.complained("named", text=TEXT)

    await booth.nights(domain.UNANSWERED_KEPT.days)
    kept = (await booth.row())["text"]
    await booth.nights(1)

    assert kept == TEXT
    assert (await booth.row())["text"] == ""


async def test_draft_that_nobody_sent_goes_after_a_day(booth: Booth) -> None:
    await booth.wrote("anonymous", text=TEXT)

    await booth.nights(2)

    assert "complaint_drafts" not in await booth.everywhere()


async def test_person_gets_own_complaints_by_name_only(booth: Booth) -> None:
    await booth.complained("named", text=TEXT)
    await booth.replied(REPLY)
    await booth.complained("anonymous", text="secret")
    person = await booth.person(AMINA)

    mine: Any = await privacy.export_person(booth.tx, person.id)

    assert [one["text"] for one in mine["complaints"]] == [TEXT]
    assert mine["complaints"][0]["reply"] == REPLY
    assert mine["contact_person_since"] is None


async def test_forgotten_person_leaves_no_word_of_a_complaint_by_name(booth: Booth) -> None:
    await booth.complained("named", text=TEXT)
    await booth.wrote("named", text="another")
    person = await booth.person(AMINA)

    await privacy.forget_person(booth.desk, booth.tx, person.id, now=booth.now)
    await booth.delivers()

    everything = await booth.everywhere()
    assert TEXT not in f"{everything}"
    assert "complaint_drafts" not in everything
    assert booth.last_text(WARD) == "📣 Complaint #1 is erased."


async def test_forgetting_before_it_was_brought_brings_nothing(booth: Booth) -> None:
    await booth.wrote("named", text=TEXT)
    await booth.presses(AMINA, "📨 Send")
    person = await booth.person(AMINA)

    await privacy.forget_person(booth.desk, booth.tx, person.id, now=booth.now)
    await booth.tells_due()

    assert not any(TEXT in text for text in booth.texts(WARD))


async def test_complaint_without_a_name_outlives_its_writer(booth: Booth) -> None:
    await booth.complained("anonymous", text=TEXT)
    person = await booth.person(AMINA)

    await privacy.forget_person(booth.desk, booth.tx, person.id, now=booth.now)

    assert (await booth.row())["text"] == TEXT


async def test_reply_to_a_forgotten_person_is_refused(booth: Booth) -> None:
    await booth.complained("named")
    place = await booth.place()
    person = await booth.person(AMINA)
    await privacy.forget_person(booth.desk, booth.tx, person.id, now=booth.now)
    await booth.delivers()

    await booth.says(WARD, "Hello?", reply_to=place)

    assert booth.overheard == []
    assert "This complaint is closed." in booth.last_text(WARD)
