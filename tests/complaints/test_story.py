"""A complaint travels to the contact person, and the reply comes back."""

import pytest

from bot.delivery.messages import Outgoing
from tests.support.complaints_makers import (
    ADDRESS,
    AMINA,
    JORIS,
    LIEN,
    OLENA,
    WARD,
    Booth,
)


async def test_screen_offers_the_two_ways_and_the_address(booth: Booth) -> None:
    await booth.says(AMINA, "/complaint")

    text = booth.last_text(AMINA)
    assert "independent contact person" in text
    assert "Example &amp; Co" in text
    assert ADDRESS in text
    assert booth.button(AMINA, "With my name") == "complain:named"
    assert booth.button(AMINA, "Without my name") == "complain:anonymous"


async def test_without_a_contact_person_the_screen_says_so(booth: Booth) -> None:
    await booth.tx.raw("DELETE FROM complaint_contacts")

    await booth.says(AMINA, "/complaint")

    assert "nobody outside the team can receive" in booth.last_text(AMINA)
    assert ADDRESS in booth.last_text(AMINA)
    assert not any(getattr(one, "buttons", ()) for one in booth.seen_by(AMINA))


async def test_complaint_by_name_reaches_the_contact_person_at_once(booth: Booth) -> None:
    await booth.complained("named", text="He <shouted> at me.")

    brought = booth.last_text(WARD)
    assert "Complaint #1 · English · Amina" in brought
    assert "He &lt;shouted&gt; at me." in brought
    assert "#1" in booth.last_text(AMINA)


async def test_nothing_goes_out_before_send_is_pressed(booth: Booth) -> None:
    before = len(booth.texts(WARD))

    await booth.wrote("named")
    await booth.waits()

    assert len(booth.texts(WARD)) == before
    assert "You can write more, or press Send." in booth.last_text(AMINA)


async def test_several_messages_become_one_complaint(booth: Booth) -> None:
    await booth.wrote("anonymous", text="He shouted at me.")
    await booth.says(AMINA, "It was yesterday.")
    await booth.presses(AMINA, "📨 Send")
    await booth.waits()

    brought = [one for one in booth.texts(WARD) if "Complaint #" in one]
    assert len(brought) == 1
    assert "He shouted at me.\n\nIt was yesterday." in brought[0]


@pytest.mark.parametrize("way", ["named", "anonymous"])
async def test_no_word_of_it_reaches_the_other_slices(booth: Booth, way: str) -> None:
    await booth.wrote(way)
    await booth.says(AMINA, "It was yesterday.")
    await booth.takes(booth.photo(AMINA))
    await booth.presses(AMINA, "📨 Send")
    await booth.waits()
    await booth.replied()

    assert booth.overheard == []


async def test_after_send_the_next_question_is_a_question(booth: Booth) -> None:
    await booth.complained("named")

    await booth.says(AMINA, "Where do I find a doctor?")

    assert [one.text for one in booth.overheard] == ["Where do I find a doctor?"]  # type: ignore[union-attr]


async def test_photo_gets_a_kind_sentence_and_the_text_may_follow(booth: Booth) -> None:
    await booth.says(AMINA, "/complaint")
    await booth.presses(AMINA, "Without my name")

    await booth.takes(booth.photo(AMINA))
    told = booth.last_text(AMINA)
    await booth.says(AMINA, "He shouted at me.")

    assert "only text can be sent here" in told
    assert "He shouted at me." in booth.last_text(AMINA)


async def test_cancelled_complaint_leaves_nothing(booth: Booth) -> None:
    await booth.wrote("anonymous", text="zebra crossing")

    await booth.presses(AMINA, "Cancel")
    await booth.waits()

    assert "Nothing was sent." in booth.last_text(AMINA)
    assert "zebra" not in f"{await booth.everywhere()}"
    assert not any("zebra" in text for text in booth.texts(WARD))


async def test_second_tap_on_send_sends_nothing_more(booth: Booth) -> None:
    await booth.wrote("named")
    button = booth.button(AMINA, "📨 Send")

    await booth.taps(AMINA, button)
    await booth.taps(AMINA, button)
    await booth.tells_due()

    assert booth.toasts == ["This has changed in the meantime. Please look again."]
    assert len([one for one in booth.texts(WARD) if "Complaint #" in one]) == 1


async def test_named_draft_cannot_be_sent_by_somebody_else(booth: Booth) -> None:
    await booth.person(OLENA)
    await booth.wrote("named")

    await booth.taps(OLENA, booth.button(AMINA, "📨 Send"))

    assert booth.toasts == ["This has changed in the meantime. Please look again."]


@pytest.mark.parametrize(
    "data",
    ["complain:", "complain:boss", "complaint_send:", "complaint_send:x", "complaint_cancel:x"],
)
async def test_forged_buttons_do_nothing(booth: Booth, data: str) -> None:
    await booth.taps(AMINA, data)

    assert booth.toasts == ["This has changed in the meantime. Please look again."]


async def test_too_long_a_complaint_is_told_and_keeps_what_was_written(booth: Booth) -> None:
    await booth.wrote("named", text="a" * 3000)

    await booth.says(AMINA, "b" * 600)
    told = booth.last_text(AMINA)
    await booth.says(AMINA, "c" * 100)

    assert "3500 characters at most" in told
    assert "a" * 100 in booth.last_text(AMINA)
    assert "b" * 100 not in booth.last_text(AMINA)


async def test_danger_in_a_complaint_still_brings_the_numbers(booth: Booth) -> None:
    await booth.wrote("anonymous", text="help! he hits me")

    assert booth.texts(AMINA)[-2] == "112"


async def test_reply_reaches_who_complained_by_name_at_once(booth: Booth) -> None:
    await booth.complained("named")

    await booth.replied("We look <into> it.")

    answer = booth.seen_by(AMINA)[-1]
    assert isinstance(answer, Outgoing)
    assert "We look &lt;into&gt; it." in answer.text
    assert booth.button(AMINA, "✍️ Write again") == "complain:named"
    assert booth.last_text(WARD) == "✅ Passed on."


async def test_reply_button_takes_the_next_message(booth: Booth) -> None:
    await booth.complained("named")

    await booth.presses(WARD, "✍️ Reply")
    await booth.takes(booth.photo(WARD))
    await booth.says(WARD, "We look into it.")
    await booth.says(WARD, "Where do I find a doctor?")

    assert "We look into it." in booth.last_text(AMINA)
    assert [one.text for one in booth.overheard] == ["Where do I find a doctor?"]  # type: ignore[union-attr]


@pytest.mark.parametrize("data", ["complaint_reply:1", "complaint_reply:", "complaint_reply:99"])
async def test_only_contact_persons_reply(booth: Booth, data: str) -> None:
    await booth.complained("named")
    await booth.person(OLENA)
    before = len(booth.texts(AMINA))

    await booth.taps(OLENA, data)
    await booth.says(OLENA, "I am the contact person")

    assert len(booth.texts(AMINA)) == before
    assert len(booth.toasts) == 1


async def test_reply_that_cannot_arrive_is_told_to_the_contact_person(booth: Booth) -> None:
    await booth.complained("named")
    booth.blocked.add(AMINA)

    await booth.replied()

    assert "did not arrive" in booth.last_text(WARD)


async def test_photo_as_a_reply_is_not_passed_on(booth: Booth) -> None:
    await booth.complained("named")
    before = len(booth.texts(AMINA))

    await booth.takes(booth.photo(WARD, reply_to=await booth.place()))

    assert "Only text can be passed on." in booth.last_text(WARD)
    assert len(booth.texts(AMINA)) == before


async def test_several_contact_persons_see_who_replied_first(booth: Booth) -> None:
    await booth.contact(LIEN)
    await booth.complained("named")

    await booth.replied(who=LIEN)

    assert "Another contact person has replied." in booth.last_text(WARD)
    assert "He shouted at me." in booth.last_text(WARD)
    assert booth.last_text(LIEN) == "✅ Passed on."


async def test_contact_person_may_ask_questions_like_anybody(booth: Booth) -> None:
    await booth.says(WARD, "Where do I find a doctor?")

    assert len(booth.overheard) == 1


async def test_colleague_may_complain_too(booth: Booth) -> None:
    await booth.colleague(JORIS)

    await booth.complained("named", who=JORIS)

    assert "Complaint #1 · English · Joris" in booth.last_text(WARD)


async def test_name_of_the_other_direction_does_not_turn_the_sentence(booth: Booth) -> None:
    """It stands first in the line, and would decide where the line begins."""
    await booth.complained("named")

    assert "\u2068Amina\u2069 reads your reply in the chat." in booth.last_text(WARD)
