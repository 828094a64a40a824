"""A question that the bot cannot answer goes to a colleague, and the answer comes back."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, every_language, left_and_right, on_both_databases
from tests.support.phone import BEGUN
from tests.support.wegwijzer import Clock, library

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"


@every_language
async def test_unanswered_question_is_answered_by_staff(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.says(QUESTION)
    await amina.sees(amina.text("A colleague can answer you here. Shall I pass on your question?"))
    await amina.taps(amina.text("💬 Ask a colleague"))
    await amina.sees(amina.text("Got it. Add more, or press Send."))
    await amina.taps(amina.text("📨 Send"))
    await amina.sees(amina.text("✅ Sent. Your question has number <b>#{number}</b>.", number=1))

    case = await desk.sees_new_case(language=language, containing=QUESTION)
    await case.claimed_by("Joris")
    await case.answered("Ask for a receipt & never pay <cash>.")

    await amina.sees("Ask for a receipt & never pay <cash>.")
    await amina.sees_nothing_more()


@left_and_right
async def test_colleague_reads_what_did_not_help(phone: Phones, desk: Desk, language: str) -> None:
    amina = await phone("Amina", language=language)
    await amina.says("/start q_housing-find")
    await amina.sees(amina.title("housing/find"))
    await amina.taps("👎")
    await amina.taps(amina.text("💬 Ask a colleague"))
    await amina.says(QUESTION)
    await amina.taps(amina.text("📨 Send"))

    case = await desk.sees_new_case(language=language, containing=QUESTION)
    title = library().answer("housing/find", "nl")
    assert title is not None
    assert desk.text("👎 Did not help: {answers}", answers=title.title) in case.card.text
    await case.claimed_by("Joris")
    assert desk.text("👎 Did not help: {answers}", answers=title.title) in case.transcript()


@on_both_databases
async def test_answer_arrives_once_and_is_marked(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Karen")

    said = await case.says("Come on Monday.")
    await amina.sees_nothing_more()
    await case.hold_passes()

    got = await amina.sees("Come on Monday.")
    assert (
        amina.text("👤 From a colleague of {organisation}:", organisation="‹Your organisation›")
        in got.text
    )
    await amina.sees_nothing_more()
    assert len(amina.said("Come on Monday.")) == 1
    assert desk["Karen"].view.messages[said.id]["reactions"]


@on_both_databases
async def test_exactly_one_of_two_colleagues_gets_the_question(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()

    await case.tapped_by("Joris", "✋ Claim")
    await desk["Karen"].forges_tap(case.card, f"claim:{case.case_id}")

    await desk["Joris"].sees_toast(desk.text("#{number} is yours.", number=case.number))
    await desk["Karen"].sees_toast(desk.text("{name} already has this question.", name="Joris"))
    await amina.waits()
    assert len(desk.topics_of(case)) == 1


async def test_draft_of_several_messages_reaches_the_topic(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.says("/colleague")
    await amina.sees(amina.text(BEGUN))
    await amina.says("My landlord wants this:")
    await amina.shares("photo", caption="the letter")
    await amina.shares("voice")
    await amina.shares("document", b"%PDF-1.4", filename="contract.pdf")
    await amina.shares_album(3, "three rooms")
    await amina.says("What now?")
    await amina.waits()
    await amina.taps(amina.text("📨 Send"))
    await amina.sees("#1")

    case = await desk.sees_new_case(containing="What now?")
    await case.claimed_by("Joris")
    await amina.waits()

    inside = desk.group.messages(case.thread)
    assert sum("photo" in message for message in inside) == 4
    assert sum("voice" in message for message in inside) == 1
    assert sum("document" in message for message in inside) == 1
    albums = {message["media_group_id"] for message in inside if "media_group_id" in message}
    assert len(albums) == 1
    await amina.reads_on()


async def test_media_of_the_colleague_arrive_marked(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")

    await case.shares("photo", caption="your ticket")
    await case.shares("voice")
    await case.shares("document", filename="map.pdf", content=b"%PDF-1.4")
    await case.hold_passes()
    await amina.waits()

    got = [message for message in amina.said() if message.keys() & {"photo", "voice", "document"}]
    assert [sorted(one.keys() & {"photo", "voice", "document"}) for one in got] == [
        ["photo"],
        ["voice"],
        ["document"],
    ]
    assert "your ticket" in got[0].text
    assert all("👤" in message.text for message in got)


async def test_album_of_the_colleague_stays_an_album(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")

    for number in range(3):
        await case.shares("photo", media_group="9700000000000001", caption=f"page {number}")
    await case.hold_passes()
    await amina.waits()

    photos = [message for message in amina.said() if "photo" in message]
    assert len(photos) == 3
    assert len({message.get("media_group_id") for message in photos}) == 1


async def test_edit_within_the_hold_changes_what_goes_out(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")

    said = await case.says("Come at tenn")
    await case.phone.edits(said, "Come at eleven")
    await case.hold_passes()

    await amina.sees("Come at eleven")
    await amina.sees_nothing_more()
    assert not amina.said("tenn")


async def test_edit_after_the_hold_reaches_the_person(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    said = await case.answered("Come on Monday")
    await amina.sees("Come on Monday")

    await case.phone.edits(said, "Come at eleven")

    edited = await amina.sees("Come at eleven")
    assert amina.text("👍 Solved, thank you") in edited.labels
    await amina.sees_nothing_more()
    assert not amina.said("Come on Monday")


@pytest.mark.parametrize("way", ["/stop", "👎", "/undo"], ids=["stop", "thumb down", "undo"])
async def test_message_is_kept_in_during_the_hold(phone: Phones, desk: Desk, way: str) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    said = await case.says("Oh no, wrong person")

    if way == "👎":
        await case.phone.reacts(said, way)
    else:
        await case.says(way)
    await case.sees(desk.text("🛑 Stopped: it was not sent."))
    await case.hold_passes()

    await amina.sees_nothing_more()
    assert not amina.said("Oh no")


async def test_undo_deletes_what_has_arrived(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Oh no, wrong person")
    await amina.sees("Oh no")

    await case.says("/undo")

    await case.sees(desk.text("🗑 Deleted in the person's chat. They may have read it already."))
    assert not amina.said("Oh no")
    await amina.sees_nothing_more()


async def test_undo_takes_every_part_of_an_album_back(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    for number in range(3):
        await case.shares("photo", media_group="9700000000000001", caption=f"page {number}")
    await case.hold_passes()
    await amina.waits()
    assert sum("photo" in message for message in amina.said()) == 3

    await case.says("/undo")

    await case.sees(desk.text("🗑 Deleted in the person's chat. They may have read it already."))
    assert not any("photo" in message for message in amina.said())


async def test_edit_of_who_gave_the_question_back_stays_inside(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    said = await case.answered("Come on Monday")
    await amina.sees("Come on Monday")
    await case.released()

    await case.phone.edits(said, "Come on Tuesday")

    await case.sees(
        desk.text("⚠️ This edit was not passed on: the question is not with you any more.")
    )
    await amina.sees_nothing_more()
    assert not amina.said("Tuesday")


async def test_notes_and_other_people_stay_inside(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")

    await case.says("// a note about TOPSECRET")
    await case.sees(desk.text("📝 This stays between colleagues: it begins with //."))
    await case.says("I think TOPSECRET too", by="Karen")
    await case.sees("Joris")
    await case.says("and TOPSECRET again", by="Karen")
    await case.hold_passes()

    await amina.sees_nothing_more()
    await desk.says_nothing_more("Joris", thread=case.thread)
    assert not amina.said("TOPSECRET")


async def test_anonymous_admin_hears_that_it_stays_inside(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")

    await case.says("I am the TOPSECRET boss", anonymous=True)
    await case.sees("📝")
    await case.hold_passes()

    await amina.sees_nothing_more()


@left_and_right
async def test_person_writes_back_and_the_colleague_reads_it(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Joris")
    await case.answered("Which town?")
    answer = await amina.sees("Which town?")

    await amina.says("Gent, of course", reply_to=answer)
    await amina.sees(amina.text("↪️ Passed on to your colleague."))
    await case.sees("Gent, of course")
    await amina.shares("photo", caption="the house")
    await case.sees("the house")

    await amina.sees_nothing_more()


async def test_persons_edit_is_shown_to_the_colleague(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which town?")
    await amina.sees("Which town?")
    said = await amina.says("Gemt")
    await case.sees("Gemt")

    await amina.edits(said, "Gent")

    shown = await case.sees("Gent")
    assert desk.text("✏️ Edited by the person:") in shown.text


async def test_edit_of_a_waiting_question_changes_its_card(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.says("/colleague")
    said = await amina.says("my landlort")
    await amina.sees(amina.text("Got it. Add more, or press Send."))
    await amina.taps(amina.text("📨 Send"))
    case = await desk.sees_new_case(containing="my landlort")

    await amina.edits(said, "my landlord")

    await desk["Joris"].sees("my landlord")
    assert "my landlord" in case.newest_card().text


@left_and_right
async def test_closed_question_is_rated_and_reopened(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Joris")
    await case.answered("Yes.")
    await amina.sees("Yes.")

    await case.closed()
    await amina.sees(amina.text("✅ Your question #{number} is closed.", number=1))
    await amina.taps("😊")
    await amina.sees(amina.text("🙏 Thank you. This helps us do better."))
    await amina.says("They were kind")
    await amina.sees(amina.text("🙏 Thank you. Our team reads it."))
    await desk["Karen"].sees("They were kind")
    await amina.taps(amina.text("One more question on this"))
    await amina.sees(amina.text("✍️ Write it now. It goes with your question #{number}.", number=1))
    await amina.says("And on Sunday?")
    await case.sees("And on Sunday?")

    await case.answered("Also on Sunday.")
    await amina.sees("Also on Sunday.")
    await amina.sees_nothing_more()


async def test_person_says_that_it_is_solved(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Yes.")
    await amina.sees("Yes.")

    await amina.taps(amina.text("👍 Solved, thank you"))

    await amina.sees(amina.text("🙏 Good to hear."))
    await case.sees(desk.text("✅ The person says it is solved."))
    await amina.sees_nothing_more()
    assert desk.group.topics[case.thread or 0]["closed"]


async def test_reply_to_a_closed_answer_opens_it_again(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Yes.")
    answer = await amina.sees("Yes.")
    await case.closed()
    await amina.sees(amina.text("✅ Your question #{number} is closed.", number=1))

    await amina.says("Wait, and Sunday?", reply_to=answer)

    await amina.sees(amina.text("↪️ Added to your question #{number}.", number=1))
    await case.sees("Wait, and Sunday?")


async def test_released_question_goes_to_the_next_colleague(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.released()

    again = await desk.sees_new_case(containing=QUESTION)
    assert again.number == case.number
    await again.claimed_by("Karen")
    await again.says("I am not the claimant any more", by="Joris")
    await again.answered("Karen is here.")

    await amina.sees("Karen is here.")
    await amina.sees_nothing_more()
    assert not amina.said("not the claimant")


@left_and_right
async def test_trainees_answer_goes_out_after_a_mentors_check(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(language=language)
    await desk["Nadia"].says("Good morning")
    await amina.waits()
    await desk.becomes("Nadia", "trainee")
    await case.claimed_by("Nadia")

    await case.answered("Come on Monday.")
    await amina.sees_nothing_more()
    await desk["Karen"].taps(desk.text("✓ Send"), thread=case.thread)
    await case.sees(desk.text("✓ Checked by {name}: it goes out.", name="Karen"))
    await case.hold_passes()

    await amina.sees("Come on Monday.")
    await amina.sees_nothing_more()


@left_and_right
async def test_question_is_handed_over_with_a_note(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(language=language)
    await desk["Karen"].says("Good morning")
    await case.claimed_by("Joris")

    await case.phone.taps(desk.text("🤝 Hand over"), thread=case.thread)
    await case.phone.taps("👤 Karen", thread=case.thread)
    await case.phone.taps(desk.text("✍️ With a note"), thread=case.thread)
    asked = await case.sees(
        desk.text("✍️ Reply to this message with the note for #{number}.", number=case.number)
    )
    await case.says("She called twice", reply_to=asked)

    again = await desk.sees_new_case(containing="She called twice")
    assert desk.text("🤝 For {name}", name="Karen") in again.card.text
    await again.claimed_by("Karen")
    await again.answered("Karen is here.")
    await amina.sees("Karen is here.")
    await amina.sees_nothing_more()
    assert not amina.said("called twice")


async def test_spam_is_put_aside_and_taken_back(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.tapped_by("Joris", "Not a question")
    await desk["Karen"].sees("🚫")
    assert desk.topics_of(case) == []

    await case.tapped_by("Karen", "Put it back")

    again = await desk.sees_new_case(containing=QUESTION)
    await again.claimed_by("Karen")
    await amina.sees_nothing_more()


@every_language
async def test_person_sees_where_the_question_is_now(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.asks_a_colleague(QUESTION)
    await amina.taps(amina.text("📍 Where is my question now"))
    await amina.sees(amina.text("📨 <b>#{number}</b>: waits for a colleague.", number=1))

    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Joris")
    await amina.says("/questions")
    await amina.sees(
        amina.text("👀 <b>#{number}</b>: a colleague has it and will write to you.", number=1)
    )
    await case.answered("Hello")
    await amina.sees("Hello")
    await amina.presses(amina.text("🗂 My things"))
    await amina.sees(amina.text("💬 <b>#{number}</b>: answered. You can write back.", number=1))


async def test_new_question_is_taken_out_of_the_talk(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which town?")
    await amina.sees("Which town?")
    await amina.says(amina.question_about("asylum/apply"))
    await amina.sees(amina.text("↪️ Passed on to your colleague."))

    await amina.taps(amina.text("No, a new question"))

    await amina.sees(amina.title("asylum/apply"))
    await amina.waits()
    assert amina.question_about("asylum/apply") not in case.texts()


async def test_talk_goes_quiet_after_a_day(phone: Phones, desk: Desk, clock: Clock) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which town?")
    await amina.sees("Which town?")

    await amina.waits()
    clock.moves_on(hours=25)
    await amina.says(amina.question_about("asylum/apply"))

    await amina.sees(amina.title("asylum/apply"))
    await amina.sees_nothing_more()
    assert amina.question_about("asylum/apply") not in case.texts()


async def test_pinned_list_follows_the_queue(phone: Phones, desk: Desk, clock: Clock) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await desk["Karen"].sees(
        desk.counted("<b>{n} question waits</b>", "<b>{n} questions wait</b>", 1)
    )

    await case.claimed_by("Joris")
    clock.moves_on(seconds=20)
    await amina.waits()

    nobody = desk.text("<b>Nobody is waiting.</b>")
    assert any(nobody in message.text for message in desk.group.messages())
    await case.says("/queue", by="Karen")
    await case.sees(desk.counted("<b>{n} open question</b>", "<b>{n} open questions</b>", 1))
